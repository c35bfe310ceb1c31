/** Why somebody looks at the name and the phone of a donor in full: a closed list, as for persons (quality.md 6, row 5). */
export const DONOR_LOOK_REASONS = ['CONTACT', 'VERIFY_TRANSFER', 'RECEIPT', 'CORRECTION'] as const;
export type DonorLookReason = (typeof DONOR_LOOK_REASONS)[number];

export const DONOR_LOOK_REASON_WORDS: Readonly<Record<DonorLookReason, string>> = {
  CONTACT: '联系本人',
  VERIFY_TRANSFER: '核对汇款',
  RECEIPT: '开票据',
  CORRECTION: '改资料',
};

/** 会计因“联系本人”查看了捐赠人的姓名和手机: for the trail and for the copy of the donor, without a name. */
export const donorLookWords = (reason: DonorLookReason): string =>
  `会计因“${DONOR_LOOK_REASON_WORDS[reason]}”查看了捐赠人的姓名和手机`;
