import { sealedIn } from '../platform/crypto/sealed-column.js';
import type { SealedColumn } from '../platform/crypto/sealed-column.js';

/** What a change of the key must find here. */
export const accessSealed: readonly SealedColumn[] = [
  ...sealedIn('account_phones', { phone_sealed: 'account_phones/phone/{account_id}' }),
  ...sealedIn('sign_in_codes', { phone_sealed: 'account_phones/phone/{account_id}' }),
  ...sealedIn('second_factors', { secret_sealed: 'second_factors/secret/{account_id}' }),
];
