import { DomainError } from '../../kernel/domain-error.js';

/** Who takes the money, seen from the applicant (domain.md 2.1: applicant or guardian; another only with a reason). */
export const PAYEE_RELATIONS = ['SELF', 'GUARDIAN', 'HEIR', 'OTHER'] as const;
export type PayeeRelation = (typeof PAYEE_RELATIONS)[number];

export const PAYEE_WORDS: Readonly<Record<PayeeRelation, string>> = {
  SELF: '本人',
  GUARDIAN: '监护人',
  HEIR: '家属（申请人已去世）',
  OTHER: '其他人（要写原因）',
};

export type PayeeNamed = {
  readonly relation: PayeeRelation;
  readonly payeeId: string;
  readonly reason: string | null;
};

const FAULTS = {
  'self-only': '选“本人”，收款人就是申请人自己。',
  'not-self': '收款人是申请人自己时，请选“本人”。',
  'no-guardian': '名册里没有登记监护人，或监护人不是这一位。',
  'reason-needed': '收款人不是本人也不是监护人时，要写清原因。',
} as const;

export class PayeeWrong extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'PAYEE_WRONG';

  constructor(readonly fault: keyof typeof FAULTS) {
    super(FAULTS[fault], {}, '请改收款人，或先在名册里登记监护人。');
  }
}

/** Null says that this person may take the money for the applicant. A child's money goes to the guardian (D4-32). */
export function refusalOfPayee(
  applicant: { readonly id: string; readonly guardianId: string | null },
  { relation, payeeId, reason }: PayeeNamed,
): DomainError | null {
  if (relation === 'SELF') return payeeId === applicant.id ? null : new PayeeWrong('self-only');
  if (payeeId === applicant.id) return new PayeeWrong('not-self');
  if (relation === 'GUARDIAN' && applicant.guardianId !== payeeId) return new PayeeWrong('no-guardian');
  return relation === 'OTHER' && !reason?.trim() ? new PayeeWrong('reason-needed') : null;
}
