import { Injectable } from '@nestjs/common';
import { Reads } from '../platform/database/reads.js';
import { InstitutionNotFound } from './domain/institution.errors.js';
import { InstitutionSeals } from './institutions.seals.js';

/** Opens the account of an institution. Used by `InstitutionsService`, which writes every look into the trail. */
@Injectable()
export class InstitutionSecrets {
  constructor(
    private readonly reads: Reads,
    private readonly seals: InstitutionSeals,
  ) {}

  async account(societyId: string, institutionId: string): Promise<string> {
    const row = await this.reads.one<{ sealed: string }>`
      SELECT account_sealed AS "sealed" FROM payee_institutions
      WHERE society_id = ${societyId} AND id = ${institutionId}`;
    if (!row) throw new InstitutionNotFound();
    return this.seals.open(institutionId, row.sealed);
  }
}
