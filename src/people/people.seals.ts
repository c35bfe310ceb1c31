import { Injectable } from '@nestjs/common';
import { Sealing } from '../platform/crypto/sealing.js';

type SealedField = 'id-number' | 'phone' | 'card' | 'correction' | 'correction-answer' | 'request-answer';

/** Where each sealed field lives: a value copied to another row does not open. */
const PLACES: Record<SealedField, string> = {
  'id-number': 'persons/id_number',
  phone: 'persons/phone',
  card: 'payee_accounts/card',
  correction: 'person_corrections/content',
  'correction-answer': 'person_corrections/answer',
  'request-answer': 'person_requests/answer',
};

/**
 * Seals the fields of people, and makes the indexes that find them: one per field and society, so that nothing of one
 * society's register can be matched with another's (quality.md T16).
 */
@Injectable()
export class PeopleSeals {
  constructor(private readonly sealing: Sealing) {}

  seal(field: SealedField, rowId: string, plain: string): string {
    return this.sealing.seal(plain, `${PLACES[field]}/${rowId}`);
  }

  open(field: SealedField, rowId: string, sealed: string): string {
    return this.sealing.open(sealed, `${PLACES[field]}/${rowId}`);
  }

  index(field: SealedField | 'address', societyId: string, plain: string): string {
    return this.sealing.blindIndex(`${societyId}/${field}`, plain);
  }

  sealRows(importId: string, position: number, json: string): string {
    return this.sealing.seal(json, `people_import_parts/rows/${importId}/${position}`);
  }

  openRows(importId: string, position: number, sealed: string): string {
    return this.sealing.open(sealed, `people_import_parts/rows/${importId}/${position}`);
  }
}
