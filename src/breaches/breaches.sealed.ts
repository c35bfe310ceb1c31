import { sealedIn } from '../platform/crypto/sealed-column.js';
import type { SealedColumn } from '../platform/crypto/sealed-column.js';

/** What a change of the key must find here. */
export const breachesSealed: readonly SealedColumn[] = [
  ...sealedIn('breach_flags', {
    reason_sealed: 'breach_flags/reason/{id}',
    statement_sealed: 'breach_flags/statement/{id}',
    end_sealed: 'breach_flags/end/{id}',
  }),
  ...sealedIn('breach_appeals', {
    words_sealed: 'breach_appeals/words/{id}',
    answer_sealed: 'breach_appeals/answer/{id}',
  }),
];
