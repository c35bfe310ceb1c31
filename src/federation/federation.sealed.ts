import { sealedIn } from '../platform/crypto/sealed-column.js';
import type { SealedColumn } from '../platform/crypto/sealed-column.js';

/** What a change of the key must find here. */
export const federationSealed: readonly SealedColumn[] = [
  ...sealedIn('grant_findings', { words_sealed: 'desk/words/{id}' }),
  ...sealedIn('grant_outcomes', { answer_sealed: 'desk/answer/{id}' }),
];
