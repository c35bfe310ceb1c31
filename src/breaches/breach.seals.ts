import { Injectable } from '@nestjs/common';
import { Sealing } from '../platform/crypto/sealing.js';

type SealedField = 'reason' | 'statement' | 'end' | 'appeal' | 'answer';

/** Where each sealed field lives: a value copied to another row does not open. */
const PLACES: Record<SealedField, string> = {
  reason: 'breach_flags/reason',
  statement: 'breach_flags/statement',
  end: 'breach_flags/end',
  appeal: 'breach_appeals/words',
  answer: 'breach_appeals/answer',
};

/** Seals all free words about a breach: names stand in them. */
@Injectable()
export class BreachSeals {
  constructor(private readonly sealing: Sealing) {}

  seal(field: SealedField, rowId: string, plain: string): string {
    return this.sealing.seal(plain, `${PLACES[field]}/${rowId}`);
  }

  open(field: SealedField, rowId: string, sealed: string): string {
    return this.sealing.open(sealed, `${PLACES[field]}/${rowId}`);
  }

  /** Null where nothing was said. */
  opened(field: SealedField, rowId: string, sealed: string | null): string | null {
    return sealed === null ? null : this.open(field, rowId, sealed);
  }
}
