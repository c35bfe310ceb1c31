import { sealedIn } from '../platform/crypto/sealed-column.js';
import type { SealedColumn } from '../platform/crypto/sealed-column.js';

/** What a change of the key must find here. */
export const donationsSealed: readonly SealedColumn[] = [
  ...sealedIn('donors', { name_sealed: 'donors/name/{id}', phone_sealed: 'donors/phone/{id}' }),
  ...sealedIn('donor_requests', {
    wish_sealed: 'donor_requests/wish/{id}',
    answer_sealed: 'donor_requests/answer/{id}',
  }),
  ...sealedIn('receipts', { content_sealed: 'receipts/content/{id}' }),
  ...sealedIn('webhook_endpoints', { secret_sealed: 'webhook_endpoints/secret/{id}' }),
  ...sealedIn('gift_import_parts', { rows_sealed: 'gift_import_parts/rows/{import_id}/{position}' }, [
    'import_id',
    'position',
  ]),
];
