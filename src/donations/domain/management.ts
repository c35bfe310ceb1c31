import { fen, shareOf, sumOf } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import type { GiftForm, GiftState } from './gift.js';
import {
  ManagementOverPlan,
  ManagementOverShare,
  ManagementOverUnspent,
  NothingToManage,
} from './management.errors.js';
import { freePartsOf, partsOf } from './refund.js';
import type { FreePart, LeftLot } from './refund.js';

/**
 * The most that any agreement may allow, in hundredths. Which ratio binds an organisation hangs on its kind and size
 * (domain.md 1.4); a fifth is the widest of them, and no giver can agree to more [P].
 */
export const MOST_SHARE_PERCENT = 20;

/** What the running of the house may be: a closed list, since it stands in the books and in public. */
export const MANAGEMENT_PURPOSES = ['OFFICE', 'TRAVEL', 'BANK', 'AUDIT', 'STAFF', 'OTHER'] as const;
export type ManagementPurpose = (typeof MANAGEMENT_PURPOSES)[number];

export const MANAGEMENT_PURPOSE_WORDS: Readonly<Record<ManagementPurpose, string>> = {
  OFFICE: '办公用品、打印',
  TRAVEL: '差旅、交通',
  BANK: '银行手续费',
  AUDIT: '审计、评估',
  STAFF: '人员补助',
  OTHER: '其他办事开支',
};

/** ASKED: written down by the accountant. AGREED: chair or deputy saw the paper. It is never changed afterwards. */
export const TERMS_STATES = ['ASKED', 'AGREED', 'REFUSED'] as const;
export type TermsState = (typeof TERMS_STATES)[number];

export const TERMS_STATE_WORDS: Readonly<Record<TermsState, string>> = {
  ASKED: '等理事长同意',
  AGREED: '已同意',
  REFUSED: '没有同意',
};

/** What came by a campaign pays for no more than its plan said to all givers. */
export function refuseOverPlan(sharePercent: number, planPercent: number | null): void {
  if (planPercent !== null && sharePercent > planPercent) throw new ManagementOverPlan(planPercent);
}

type Given = {
  readonly nature: 'GIFT' | 'FEE';
  readonly form: GiftForm;
  readonly state: GiftState;
};

/** Only money that came in as a gift; a fee of a member is the house's own. */
export function refuseUnmanageable({ nature, form, state }: Given): void {
  if (nature !== 'GIFT' || form !== 'MONEY' || state !== 'RECEIVED') throw new NothingToManage();
}

/** What the house may cost of a gift (Charity Law, art. 61): the share that was agreed, of what was not given back. */
export function mostOf(
  gift: { readonly amountFen: Fen; readonly refundedFen: Fen },
  sharePercent: number,
): Fen {
  const kept = fen(gift.amountFen - gift.refundedFen);
  return shareOf(kept, { numerator: sharePercent, denominator: 100 });
}

/** From which lots so much is drawn: within what was agreed, and never what is used, held back or promised. */
export function drawOf(
  askedFen: Fen,
  agreed: {
    readonly amountFen: Fen;
    readonly refundedFen: Fen;
    readonly sharePercent: number;
    readonly drawnFen: Fen;
  },
  lots: readonly LeftLot[],
): { readonly parts: FreePart[]; readonly mostFen: Fen } {
  const { sharePercent, drawnFen } = agreed;
  const mostFen = mostOf(agreed, sharePercent);
  const leftFen = fen(Math.max(0, mostFen - drawnFen));
  if (askedFen > leftFen) throw new ManagementOverShare({ sharePercent, mostFen, leftFen });
  const free = freePartsOf(lots);
  const parts = partsOf(askedFen, free);
  if (parts === null) throw new ManagementOverUnspent(sumOf(free.map(({ amountFen }) => amountFen)));
  return { parts, mostFen };
}
