import type { TieReason } from '../../people/domain/ties.js';
import { tiesWords } from './visitors.js';

/** Who did what on a case, by person. None of them looks into an objection to it. */
export type Hands = {
  readonly applicantId: string;
  readonly payeeId: string;
  readonly registeredBy: string | null;
  readonly visitors: readonly string[];
  /** Asked the board, presided over it, or said yes or no to it. */
  readonly board: ReadonlySet<string>;
  /** The three of a fast path. */
  readonly signers: readonly string[];
  /** Approved the payment, made it, or witnessed that cash was handed over. */
  readonly payers: readonly (string | null)[];
};

/** Null when nothing ties this person to whom the case is about, nor to the money of it; else what does. */
export function tieFault(
  personId: string,
  { applicantId, payeeId }: Pick<Hands, 'applicantId' | 'payeeId'>,
  ties: readonly TieReason[],
): string | null {
  if (personId === applicantId) return '申请人本人不能查自己的事。';
  if (personId === payeeId) return '收款人不能查这一件。';
  return ties.length > 0 ? `和申请人有关系（${tiesWords(ties)}），不能查这一件。` : null;
}

/**
 * Null when this person is outside the case and may look into what is objected to it (domain.md 2.3); else why not, in
 * one sentence.
 */
export function inquiryFault(personId: string, hands: Hands, ties: readonly TieReason[]): string | null {
  const tie = tieFault(personId, hands, ties);
  if (tie !== null) return tie;
  if (personId === hands.registeredBy) return '登记这一件的人，不能查对它的异议。';
  if (hands.visitors.includes(personId)) return '去核实过的人，不能查对它的异议。';
  if (hands.signers.includes(personId)) return '签过紧急快办的人，不能查对它的异议。';
  if (hands.board.has(personId)) return '发起或者参加过表决的人，不能查对它的异议。';
  if (hands.payers.includes(personId)) return '批准或者经手打款的人，不能查对它的异议。';
  return null;
}
