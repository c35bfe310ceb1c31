import { Injectable } from '@nestjs/common';
import { Sealing } from '../platform/crypto/sealing.js';

/** Seals the account of an institution in its own row, and makes the index that finds it within one society. */
@Injectable()
export class InstitutionSeals {
  constructor(private readonly sealing: Sealing) {}

  seal(institutionId: string, number: string): string {
    return this.sealing.seal(number, placeOf(institutionId));
  }

  open(institutionId: string, sealed: string): string {
    return this.sealing.open(sealed, placeOf(institutionId));
  }

  index(societyId: string, number: string): string {
    return this.sealing.blindIndex(`${societyId}/institution-account`, number);
  }
}

const placeOf = (institutionId: string): string => `payee_institutions/account/${institutionId}`;
