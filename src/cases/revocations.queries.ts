import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CaseNotFound } from './domain/case.errors.js';
import { CaseRevocation } from './revocation.entity.js';

export type RevocationFact = Omit<CaseRevocation, 'findingsSealed'>;

@Injectable()
export class RevocationsQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Another society's is not there. */
  async revocation(societyId: string, id: string): Promise<RevocationFact> {
    const row = await this.dataSource.manager.findOneBy(CaseRevocation, { id, societyId });
    if (!row) throw new CaseNotFound();
    return row;
  }

  /** Every time the board was asked to take this case back, the last first. */
  ofCase(societyId: string, caseId: string): Promise<RevocationFact[]> {
    return this.dataSource.manager.find(CaseRevocation, {
      where: { societyId, caseId },
      order: { openedAt: 'DESC' },
    });
  }
}
