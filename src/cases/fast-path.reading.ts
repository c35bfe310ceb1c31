import { Injectable } from '@nestjs/common';
import { BoardQueries } from '../board/index.js';
import type { RoundSummary } from '../board/index.js';
import { DutiesQueries } from '../duties/index.js';
import type { Duty } from '../duties/index.js';
import type { Actor, Role } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import type { DomainError } from '../kernel/domain-error.js';
import type { Fen } from '../kernel/fen.js';
import { LedgerQueries } from '../ledger/index.js';
import { PeopleQueries } from '../people/index.js';
import type { PersonSummary } from '../people/index.js';
import type { LinkView } from '../platform/web/views.js';
import { SocietiesQueries } from '../societies/index.js';
import type { CaseFacts } from './cases.queries.js';
import { FAST_PATH_WORDS, refusalOfFastPath } from './domain/fast-path.js';
import type { Seat } from './domain/fast-path.js';
import { FastPathGround } from './fast-path.ground.js';
import { FastPathQueries } from './fast-path.queries.js';
import type { FastPathRow } from './fast-path.store.js';

export type FastPathFacts = {
  readonly row: CaseFacts;
  readonly applicant: PersonSummary;
  readonly personId: string | null;
  readonly roles: readonly Role[];
  readonly now: Date;
  readonly limitFen: Fen;
  readonly freeFen: Fen;
  /** Why whoever looks may not open one; null where nothing speaks against it. */
  readonly refusal: DomainError | null;
  /** The last attempt, and who has to sign it as what. */
  readonly path: FastPathRow | null;
  readonly names: Readonly<Record<Seat, string>> | null;
  readonly ratify: Duty | null;
  readonly round: RoundSummary | null;
};

/** Who may look at the page of a fast path. */
export const FAST_PATH_READERS: readonly Role[] = [
  'secretary',
  'clerk',
  'chair',
  'deputy',
  'director',
  'supervisor',
  'auditor',
];

/** Gathers what the page of a fast path shows, at every stage of it. */
@Injectable()
export class FastPathReading {
  constructor(
    private readonly queries: FastPathQueries,
    private readonly ground: FastPathGround,
    private readonly people: PeopleQueries,
    private readonly societies: SocietiesQueries,
    private readonly duties: DutiesQueries,
    private readonly board: BoardQueries,
    private readonly ledger: LedgerQueries,
    private readonly clock: Clock,
  ) {}

  async page(actor: Actor, row: CaseFacts, applicant: PersonSummary): Promise<FastPathFacts> {
    const { societyId, id } = row;
    const now = this.clock.now();
    const { grounds } = await this.ground.of(row, actor.personId);
    const path = await this.queries.latest(id);
    const duties = await this.duties.ofThread(id);
    const [round] = path ? await this.board.roundsOf('ratification', path.id) : [];
    const { fastPathLimitFen: limitFen } = await this.societies.charterOn(societyId, dayOf(now));
    return {
      row,
      applicant,
      now,
      path,
      limitFen,
      personId: actor.personId,
      roles: actor.roles,
      freeFen: (await this.ledger.fund(societyId)).freeFen,
      refusal: refusalOfFastPath(grounds),
      names: path && (await this.namesOf(path)),
      ratify: duties.findLast(({ kind }) => kind === 'RATIFY') ?? null,
      round: round ?? null,
    };
  }

  /** For the page of the case: to a fast path that there is, or to one that the secretary-general may open. */
  async linkFor({ roles, personId }: Actor, row: CaseFacts): Promise<LinkView | null> {
    if (!roles.some((role) => FAST_PATH_READERS.includes(role))) return null;
    const href = `/s/cases/${row.text}/fast-path`;
    const path = await this.queries.latest(row.id);
    if (path && (row.state !== 'VERIFIED' || path.state === 'STOPPED'))
      return { words: `紧急快办（${FAST_PATH_WORDS[path.state]}）`, href };
    if (row.state !== 'VERIFIED' || !roles.includes('secretary')) return null;
    const { grounds } = await this.ground.of(row, personId);
    if (row.amountFen > grounds.limitFen) return null;
    return { words: refusalOfFastPath(grounds) ? '紧急快办（现在不能办，看原因）' : '紧急快办', href };
  }

  private async namesOf({ societyId, chairId, secretaryId, supervisorId }: FastPathRow) {
    const ids = [chairId, secretaryId, supervisorId];
    const persons = await this.people.persons(societyId, ids);
    const nameOf = (id: string) => persons.find((person) => person.id === id)?.name ?? '';
    return { chair: nameOf(chairId), secretary: nameOf(secretaryId), supervisor: nameOf(supervisorId) };
  }
}
