import { Injectable } from '@nestjs/common';
import { BoardQueries } from '../board/index.js';
import { DutiesQueries } from '../duties/index.js';
import type { Duty } from '../duties/index.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { NoticesQueries } from '../notices/index.js';
import { PeopleQueries } from '../people/index.js';
import type { PersonSummary } from '../people/index.js';
import { societyOf } from '../platform/web/caller.js';
import { SocietiesQueries } from '../societies/index.js';
import { isRipe, isShownTo } from './case-acts.js';
import type { Targets } from './case-acts.js';
import { NoDeskHere } from './domain/handover.js';
import { FastPathReviewsQueries } from './fast-path-reviews.queries.js';
import type { NotRatifiedBelow } from './fast-path-reviews.queries.js';
import { HandoversQueries } from './handovers.queries.js';
import type { HandoverFact } from './handovers.queries.js';
import type { HandoverPageFacts } from './handovers.views.js';
import { OverridesQueries } from './overrides.queries.js';
import type { OverrideFact } from './overrides.queries.js';
import { TownDeskQueries } from './town-desk.queries.js';
import type { OverdueBelow, Standing } from './town-desk.queries.js';
import { WriteOffsQueries } from './write-offs.queries.js';
import type { OwedBelow, WriteOffAsked } from './write-offs.queries.js';
import { WRITE_OFF } from './write-offs.service.js';

export type HandedUp = {
  readonly handover: HandoverFact;
  readonly applicant: PersonSummary;
  /** Until when an answer is owed; null once it was taken on. */
  readonly duty: Duty | null;
};
export type AskedFor = { readonly override: OverrideFact; readonly person: PersonSummary };

/** What the union's own people have still to do about money that a village can't get back. */
export type WriteOffDuty = {
  readonly duty: Duty;
  readonly asked: WriteOffAsked;
  readonly targets: Targets;
};

export type DeskFacts = {
  readonly now: Date;
  readonly handovers: readonly HandedUp[];
  readonly overrides: readonly AskedFor[];
  readonly reviews: readonly NotRatifiedBelow[];
  readonly owed: readonly OwedBelow[];
  readonly overdue: readonly OverdueBelow[];
  readonly societies: readonly Standing[];
};

/** What the home page says of the society itself, and, where societies stand below, of what they handed up. */
export type HomeDesk = {
  readonly standing: Standing | null;
  readonly handovers: readonly HandedUp[];
  readonly overridesAsked: number;
  readonly writeOffs: readonly WriteOffDuty[];
  readonly hasDesk: boolean;
  /** A federation compares the cases of its societies. */
  readonly compares: boolean;
};

/** A write-off is no case: its duties lead to its round and its notice alone. */
const NO_TARGETS = {
  ...({ number: '', state: 'WRITTEN_OFF', applicantId: '' } as const),
  ...{ orderId: null, recoveryId: null, toApprove: false, papersHandedIn: true },
};

/** Gathers what a town union sees of the villages below: masked names, and no story. */
@Injectable()
export class TownDesk {
  constructor(
    private readonly queries: TownDeskQueries,
    private readonly handovers: HandoversQueries,
    private readonly overrides: OverridesQueries,
    private readonly writeOffs: WriteOffsQueries,
    private readonly reviews: FastPathReviewsQueries,
    private readonly duties: DutiesQueries,
    private readonly board: BoardQueries,
    private readonly notices: NoticesQueries,
    private readonly people: PeopleQueries,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
  ) {}

  async desk(actor: Actor): Promise<DeskFacts> {
    const unionId = await this.unionOf(actor);
    const now = this.clock.now();
    return {
      now,
      handovers: await this.handedUp(unionId),
      overrides: await this.askedFor(unionId),
      reviews: await this.reviews.waitingBelow(unionId),
      owed: await this.writeOffs.openBelow(unionId),
      overdue: await this.queries.overdueBelow(unionId, now),
      societies: await this.queries.standings({ below: unionId }, dayOf(now)),
    };
  }

  async home(actor: Actor): Promise<HomeDesk> {
    const societyId = societyOf(actor);
    const { kind } = await this.societies.society(societyId);
    const [standing = null] = await this.queries.standings({ societyId }, dayOf(this.clock.now()));
    if (kind === 'SOCIETY')
      return { standing, handovers: [], overridesAsked: 0, writeOffs: [], hasDesk: false, compares: false };
    const handovers = await this.handedUp(societyId);
    return {
      standing,
      handovers: handovers.filter(({ duty }) => duty !== null),
      overridesAsked: (await this.overrides.waitingFor(societyId)).length,
      writeOffs: await this.writeOffDuties(actor, societyId),
      hasDesk: true,
      compares: kind === 'FEDERATION',
    };
  }

  async handover(actor: Actor, handoverId: string): Promise<HandoverPageFacts> {
    const handover = await this.handovers.handedTo(societyOf(actor), handoverId);
    const { societyId, applicantId, caseId } = handover;
    const open = await this.duties.open(societyOf(actor));
    return {
      handover,
      applicant: await this.people.person(societyId, applicantId),
      rounds: await this.board.roundsOf('case', caseId),
      duty: open.find(({ subjectId }) => subjectId === handoverId) ?? null,
      roles: actor.roles,
      now: this.clock.now(),
      story: null,
    };
  }

  private async writeOffDuties({ roles }: Actor, unionId: string): Promise<WriteOffDuty[]> {
    const open = (await this.duties.open(unionId)).filter((duty) => isShownTo(duty, roles));
    const asked = await this.writeOffs.owingOf(unionId);
    const found: WriteOffDuty[] = [];
    for (const duty of open) {
      const about = asked.find(({ writeOffId }) => writeOffId === duty.threadId);
      if (!about) continue;
      const notices = await this.notices.allOfSubject(WRITE_OFF, about.writeOffId);
      const targets = { ...NO_TARGETS, notices };
      if (isRipe(duty, true, targets)) found.push({ duty, asked: about, targets });
    }
    return found;
  }

  private async handedUp(unionId: string): Promise<HandedUp[]> {
    const open = await this.duties.open(unionId);
    const waiting = await this.handovers.waitingFor(unionId);
    return Promise.all(
      waiting.map(async (handover) => ({
        handover,
        applicant: await this.people.person(handover.societyId, handover.applicantId),
        duty: open.find(({ subjectId }) => subjectId === handover.id) ?? null,
      })),
    );
  }

  private async askedFor(unionId: string): Promise<AskedFor[]> {
    const waiting = await this.overrides.waitingFor(unionId);
    return Promise.all(
      waiting.map(async (override) => ({
        override,
        person: await this.people.person(override.societyId, override.personId),
      })),
    );
  }

  /** To a village the desk is not there. */
  private async unionOf(actor: Actor): Promise<string> {
    const { id, kind } = await this.societies.society(societyOf(actor));
    if (kind === 'SOCIETY') throw new NoDeskHere();
    return id;
  }
}
