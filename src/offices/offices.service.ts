import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/index.js';
import { Commands } from '../audit/index.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { PeopleQueries, PeopleService } from '../people/index.js';
import { refusalOf } from './domain/incompatible.js';
import {
  IncompatibleOffices,
  MinorInOffice,
  OfficeAlreadyHeld,
  TermTooLong,
  TermUpsideDown,
} from './domain/offices.errors.js';
import { latestUntilOf, OFFICE_WORDS } from './domain/office.js';
import type { Office } from './domain/office.js';
import { owesPledge } from './domain/officer-pledge.js';
import { OfficesStore } from './offices.store.js';

export type Appointment = {
  readonly societyId: string;
  readonly personId: string;
  readonly office: Office;
  readonly fromOn: Day;
  /** The last day of the term. */
  readonly untilOn: Day;
  /** The sheet of the pledge was signed already, and is recorded with the office. */
  readonly pledged?: boolean;
};

@Injectable()
export class OfficesService {
  constructor(
    private readonly commands: Commands,
    private readonly offices: OfficesStore,
    private readonly people: PeopleQueries,
    private readonly register: PeopleService,
    private readonly access: AccessService,
    private readonly clock: Clock,
  ) {}

  /** Gives a person of the register an office. Offices that do not go together are refused by name. */
  async appoint(caller: Caller, appointment: Appointment): Promise<{ termId: string }> {
    const { societyId, personId, office, fromOn, untilOn } = appointment;
    const pledged = appointment.pledged === true && owesPledge(office);
    if (untilOn < fromOn) throw new TermUpsideDown(fromOn, untilOn);
    const latestUntil = latestUntilOf(office, fromOn);
    if (latestUntil !== null && untilOn > latestUntil) throw new TermTooLong(office, latestUntil);
    const { isMinor } = await this.people.person(societyId, personId);
    if (isMinor) throw new MinorInOffice();
    return this.commands.run(caller, { act: 'appointOfficer', body: appointment }, async (tx, trail) => {
      const now = this.clock.now();
      const today = dayOf(now);
      await this.offices.release(tx, societyId, personId, today);
      const refusal = refusalOf(office, await this.offices.termsOf(tx, societyId, personId), today);
      if (refusal?.because === 'incompatible') throw new IncompatibleOffices(refusal.held, office);
      if (refusal?.because === 'held') throw new OfficeAlreadyHeld(office);
      const term = { societyId, personId, office, fromOn, untilOn, createdAt: now };
      const termId = await this.offices.insertTerm(tx, term);
      const signing = { how: 'PAPER', fileId: null, at: now, byPersonId: caller.actor.personId } as const;
      if (pledged) await this.register.pledge(tx, { societyId, personId, termId, ...signing });
      await this.access.signOutPerson(tx, societyId, personId);
      trail.on('office', termId, {
        after: appointment,
        words: `任${OFFICE_WORDS[office]}${pledged ? '，签了诚信自律承诺书' : ''}`,
      });
      return { termId };
    });
  }

  /** From `endedOn` on the office is no longer held, and whoever held it is signed out wherever they were. */
  async endTerm(
    caller: Caller,
    { societyId, termId, endedOn }: { societyId: string; termId: string; endedOn: Day },
  ): Promise<{ termId: string }> {
    const body = { societyId, termId, endedOn };
    return this.commands.run(caller, { act: 'endOffice', body }, async (tx, trail) => {
      const term = await this.offices.getTerm(tx, societyId, termId);
      await this.offices.end(tx, termId, endedOn);
      await this.offices.release(tx, societyId, term.personId, dayOf(this.clock.now()));
      await this.access.signOutPerson(tx, societyId, term.personId);
      trail.on('office', termId, {
        before: term,
        after: { endedOn },
        words: `不再任${OFFICE_WORDS[term.office]}`,
      });
      return { termId };
    });
  }
}
