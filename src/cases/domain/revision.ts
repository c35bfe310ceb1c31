import type { Fen } from '../../kernel/fen.js';
import type { Cause } from '../../kernel/causes.js';

export type PayMethod = 'CARD' | 'CASH';

export type Voted = {
  readonly amountFen: Fen;
  readonly cause: Cause;
  readonly payeeId: string;
  readonly method: PayMethod;
  readonly payeeAccountId: string | null;
};

/**
 * What a ballot was cast on, as one text to be hashed: amount, cause, payee and account. A case that says something
 * else when the round ends was voted on as another case; the story may be reworded, these four may not.
 */
export function revisionText({ amountFen, cause, payeeId, method, payeeAccountId }: Voted): string {
  return JSON.stringify(['case-revision-1', amountFen, cause, payeeId, method, payeeAccountId]);
}
