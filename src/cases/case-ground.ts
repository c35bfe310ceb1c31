import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { PeopleQueries, PersonCorrectionsService } from '../people/index.js';
import type { PersonSummary } from '../people/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { SocietiesQueries } from '../societies/index.js';
import type { Frozen } from './case.seals.js';
import type { CaseFacts } from './cases.queries.js';
import { RegisterJustCorrected } from './domain/case.errors.js';
import { TOWN_UNION } from './domain/letters.js';
import type { Ties } from './domain/visitors.js';
import type { GroundFacts } from './step-papers.js';

type Said = {
  readonly societyId: string;
  readonly id: string;
  readonly name: string;
  readonly group: string;
};

/** What a decision on a case stands on, read before the unit of work that freezes it. */
@Injectable()
export class CaseGround {
  constructor(
    private readonly people: PeopleQueries,
    private readonly register: PersonCorrectionsService,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
  ) {}

  /** Who of these is tied to the applicant, and how. */
  async tiesOf({ societyId, applicantId }: CaseFacts, others: readonly string[]): Promise<Ties> {
    const found = await this.people.relatedAmong(societyId, applicantId, others);
    const tied = found.filter(({ reasons }) => reasons.length > 0);
    return new Map(tied.map(({ personId, reasons }) => [personId, reasons]));
  }

  /** What a letter says of the case and its reader, where no round has frozen it. */
  async letterFactsOf(row: CaseFacts): Promise<GroundFacts> {
    const { societyId, applicantId } = row;
    const today = dayOf(this.clock.now());
    const applicant = await this.people.person(societyId, applicantId);
    const { name: societyName, regionId } = await this.societies.society(societyId);
    const village = await this.societies.place(regionId, today);
    const charter = await this.societies.charterOn(societyId, today);
    return {
      caseNumber: row.text,
      applicantName: applicant.name,
      guardianName: await this.guardianOf(applicant),
      group: `${village.name}${applicant.group}`,
      acceptedOn: dayOf(row.acceptedAt),
      cause: row.cause,
      amountFen: row.amountFen,
      on: today,
      frozen: { societyName, charter },
    };
  }

  /** What the register says of everybody whom the papers name: read before what is frozen, and compared in the unit. */
  async saidOf({ societyId, applicantId, payeeId }: CaseFacts): Promise<readonly Said[]> {
    const applicant = await this.people.person(societyId, applicantId);
    const others = new Set([payeeId, applicant.guardianId]);
    const said = [applicant];
    for (const id of others)
      if (id !== null && id !== applicantId) said.push(await this.people.person(societyId, id));
    return said.map(({ id, name, group }) => ({ societyId, id, name, group }));
  }

  /** A step of the unit that freezes: refused where the register was put right since it was read. */
  async refuseCorrected(tx: Tx, said: readonly Said[]): Promise<void> {
    for (const { societyId, id, name, group } of said) {
      const now = await this.register.saidOf(tx, societyId, id);
      if (now.name !== name || now.group !== group) throw new RegisterJustCorrected();
    }
  }

  private async guardianOf({ societyId, isMinor, guardianId }: PersonSummary): Promise<string | null> {
    if (!isMinor || guardianId === null) return null;
    return (await this.people.person(societyId, guardianId)).name;
  }

  async frozenOf({ societyId, applicantId, payeeId }: CaseFacts, ties: Ties): Promise<Frozen> {
    const today = dayOf(this.clock.now());
    const society = await this.societies.society(societyId);
    const village = await this.societies.place(society.regionId, today);
    const applicant = await this.people.person(societyId, applicantId);
    const payee = await this.people.person(societyId, payeeId);
    const { members } = await this.people.household(societyId, applicant.householdId);
    const { publish } = await this.people.consentsOf(societyId, applicantId);
    return {
      societyName: society.name,
      charter: await this.societies.charterOn(societyId, today),
      maskedName: applicant.maskedName,
      group: `${village.name}${applicant.group}`,
      mayPrintName: publish === true && !applicant.isMinor,
      idPending: applicant.idState === 'PENDING',
      payeeName: payee.name,
      applicantName: applicant.name,
      guardianName: await this.guardianOf(applicant),
      reviewer: (await this.societies.townUnionOf(societyId))?.name ?? TOWN_UNION,
      names: namesOf([applicant, payee, ...members]),
      tied: [...ties].map(([personId, reasons]) => ({ personId, reasons })),
    };
  }
}

function namesOf(persons: readonly PersonSummary[]): string[] {
  return [...new Set(persons.map((person) => person.name))];
}
