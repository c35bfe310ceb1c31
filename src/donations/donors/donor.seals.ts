import { Injectable } from '@nestjs/common';
import { Sealing } from '../../platform/crypto/sealing.js';

type Field = 'name' | 'phone';

/** Seals who a donor is in his own row, and makes the indexes that find him within one society. */
@Injectable()
export class DonorSeals {
  constructor(private readonly sealing: Sealing) {}

  seal(field: Field, donorId: string, plain: string): string {
    return this.sealing.seal(plain, placeOf(field, donorId));
  }

  open(field: Field, donorId: string, sealed: string): string {
    return this.sealing.open(sealed, placeOf(field, donorId));
  }

  index(field: Field, societyId: string, plain: string): string {
    return this.sealing.blindIndex(`${societyId}/donor-${field}`, plain);
  }
}

const placeOf = (field: Field, donorId: string): string => `donors/${field}/${donorId}`;
