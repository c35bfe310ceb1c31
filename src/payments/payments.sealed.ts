import { sealedIn } from '../platform/crypto/sealed-column.js';
import type { SealedColumn } from '../platform/crypto/sealed-column.js';

/** What a change of the key must find here. */
export const paymentsSealed: readonly SealedColumn[] = [
  ...sealedIn('payee_institutions', { account_sealed: 'payee_institutions/account/{id}' }),
];
