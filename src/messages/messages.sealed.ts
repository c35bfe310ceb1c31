import { sealedIn } from '../platform/crypto/sealed-column.js';
import type { SealedColumn } from '../platform/crypto/sealed-column.js';

/** What a change of the key must find here. */
export const messagesSealed: readonly SealedColumn[] = [
  ...sealedIn('messages', { body_sealed: 'messages/body/{id}' }),
];
