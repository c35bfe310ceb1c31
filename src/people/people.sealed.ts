import { sealedIn } from '../platform/crypto/sealed-column.js';
import type { SealedColumn } from '../platform/crypto/sealed-column.js';
import { notePlace } from './looks/note-place.js';

/** What a change of the key must find here. */
export const peopleSealed: readonly SealedColumn[] = [
  ...sealedIn('persons', { id_number_sealed: 'persons/id_number/{id}', phone_sealed: 'persons/phone/{id}' }),
  ...sealedIn('payee_accounts', { card_sealed: 'payee_accounts/card/{id}' }),
  ...sealedIn('person_corrections', {
    content_sealed: 'person_corrections/content/{id}',
    answer_sealed: 'person_corrections/answer/{id}',
  }),
  ...sealedIn('person_requests', { answer_sealed: 'person_requests/answer/{id}' }),
  ...sealedIn('looks', { note_sealed: notePlace('{id}') }),
  ...sealedIn('people_import_parts', { rows_sealed: 'people_import_parts/rows/{import_id}/{position}' }, [
    'import_id',
    'position',
  ]),
];
