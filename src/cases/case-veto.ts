import { Injectable } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import { PeopleQueries } from '../people/index.js';
import type { CaseFacts } from './cases.queries.js';
import { vetoOf } from './domain/recusals.js';
import type { CaseVetoAct } from './domain/recusals.js';

/** Nobody moves a case of his own, nor of his kin (domain.md 2.1). Asked before the unit of work. */
@Injectable()
export class CaseVeto {
  constructor(private readonly people: PeopleQueries) {}

  async refuse(
    act: CaseVetoAct,
    { personId }: Actor,
    { societyId, applicantId }: Pick<CaseFacts, 'societyId' | 'applicantId'>,
  ): Promise<void> {
    if (personId === null) return;
    const reasons =
      personId === applicantId ? [] : await this.people.related(societyId, applicantId, personId);
    const refusal = vetoOf(act, personId, applicantId, reasons);
    if (refusal) throw refusal;
  }
}
