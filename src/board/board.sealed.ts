import { sealedIn } from '../platform/crypto/sealed-column.js';
import type { SealedColumn } from '../platform/crypto/sealed-column.js';

/** What a change of the key must find here. */
export const boardSealed: readonly SealedColumn[] = [
  ...sealedIn('round_stances', { why_sealed: 'round_stances/why/{id}' }),
  ...sealedIn('round_minutes', { content_sealed: 'round_minutes/content/{id}' }),
];
