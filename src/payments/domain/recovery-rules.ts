import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';

/** What a revoked grant owes (domain.md 2.1): until all of it is back, or the rest is written off. */
export const RECOVERY_WORDS = { OPEN: '正在追回', RECOVERED: '全部追回', WRITTEN_OFF: '已核销' } as const;
export type RecoveryState = keyof typeof RECOVERY_WORDS;

/** What was given up of it and has not come in since: so much may still be taken. */
export function givenUpOf({ writtenOffFen, recoveredLateFen }: GivenUp): Fen {
  return fen(writtenOffFen - recoveredLateFen);
}
type GivenUp = { readonly writtenOffFen: Fen; readonly recoveredLateFen: Fen };

type Owed = { readonly demandedFen: Fen; readonly recoveredFen: Fen; readonly writtenOffFen: Fen };

export function outstandingOf({ demandedFen, recoveredFen, writtenOffFen }: Owed): Fen {
  return fen(demandedFen - recoveredFen - writtenOffFen);
}

type Receiver = { readonly personId: string | null; readonly offices: readonly string[] };

/** Who may write down what came back, and else why not. */
export type ReceiverDecision = 'may-receive' | 'debtor' | 'accountant' | 'not-cashier';

/** As with a payment: the cashier takes money and keeps no books (会计法 35), and nobody receipts his own debt. */
export function receiverDecision({ personId, offices }: Receiver, payerId: string): ReceiverDecision {
  if (personId === payerId) return 'debtor';
  if (offices.includes('ACCOUNTANT')) return 'accountant';
  if (personId === null || !offices.includes('CASHIER')) return 'not-cashier';
  return 'may-receive';
}
