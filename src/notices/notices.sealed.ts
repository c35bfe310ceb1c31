import { sealedIn } from '../platform/crypto/sealed-column.js';
import type { SealedColumn } from '../platform/crypto/sealed-column.js';

/** What a change of the key must find here. */
export const noticesSealed: readonly SealedColumn[] = [
  ...sealedIn('notices', { forbidden_sealed: 'notices/forbidden_sealed/{id}' }),
  ...sealedIn('notice_objections', {
    words_sealed: 'notice_objections/words/{id}',
    name_sealed: 'notice_objections/name/{id}',
    phone_sealed: 'notice_objections/phone/{id}',
  }),
  ...sealedIn('objection_findings', {
    note_sealed: 'objection_findings/note/{id}',
    refusal_sealed: 'objection_findings/refusal/{id}',
  }),
  ...sealedIn('objection_letters', { content_sealed: 'objection_letters/content/{id}' }),
];
