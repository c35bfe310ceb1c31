import { Injectable } from '@nestjs/common';
import type { Trail } from '../audit/index.js';
import type { Actor } from '../kernel/actor.js';
import { MessagesOutbox } from '../messages/index.js';
import { PeopleQueries } from '../people/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { societyOf } from '../platform/web/caller.js';
import { BoardStore } from './board.store.js';
import type { Saying } from './board.store.js';
import { BoardSubjects } from './board-subjects.js';
import type { Decision } from './board-subjects.js';
import { Decisions } from './decisions.js';
import type { Ending, HeldRound } from './decisions.js';
import { countsOf } from './domain/board-vote.js';
import type { Outcome } from './domain/board-vote.js';
import { DeadlinePassed, RecorderRecused } from './domain/board.errors.js';
import { closesByItself, closingOf } from './domain/closing.js';
import type { ClosingDecision } from './domain/closing.js';
import { ballotsIn, recusalsIn, ruleOf } from './round-rows.js';

/** Null while the round stays open. */
export type RoundAnswer = {
  readonly roundId: string;
  readonly outcome: Outcome | null;
  readonly decisionNumber: string | null;
};

/** A round in the hand of one unit of work: taken, spoken into, and ended where what was said ends it. */
@Injectable()
export class HeldRounds {
  constructor(
    private readonly store: BoardStore,
    private readonly subjects: BoardSubjects,
    private readonly decisions: Decisions,
    private readonly messages: MessagesOutbox,
    private readonly people: PeopleQueries,
  ) {}

  /** Whoever records, as the minutes write the name. Asked before the unit of work. */
  async nameOf(actor: Actor): Promise<string | null> {
    if (actor.personId === null) return null;
    const [person] = await this.people.persons(societyOf(actor), [actor.personId]);
    return person?.name ?? null;
  }

  /** The round on the version that this unit has read, taken for it alone: of two units one comes first. */
  async hold(tx: Tx, societyId: string, roundId: string): Promise<HeldRound> {
    const round = await this.store.claim(tx, await this.store.get(tx, societyId, roundId));
    const directors = await this.store.directorsOf(tx, roundId);
    return { round, directors, said: await this.store.saidIn(tx, roundId) };
  }

  /** The same before the deadline: after it nothing more is said. */
  async holdInTime(tx: Tx, societyId: string, roundId: string, now: Date): Promise<HeldRound> {
    const held = await this.hold(tx, societyId, roundId);
    if (now.getTime() >= held.round.deadlineAt.getTime()) throw new DeadlinePassed();
    return held;
  }

  /** domain.md 2: no role moves a case in which it is recused, nor does whoever is tied to it write down its ballots. */
  async refuseTied(tx: Tx, { personId }: Actor, { round, said }: HeldRound): Promise<void> {
    if (personId === null) return;
    if (recusalsIn(said).some((recusal) => recusal.personId === personId)) throw new RecorderRecused();
    const tied = await this.subjects.of(round.subjectKind).tiedOf?.(tx, round.subjectId);
    if (tied?.includes(personId)) throw new RecorderRecused();
  }

  /** The round as it is once this has been said. */
  async say(tx: Tx, held: HeldRound, sayings: readonly Saying[]): Promise<HeldRound> {
    const rows = await this.store.append(tx, held.round.id, held.said, sayings);
    // Whoever has spoken is asked no more.
    for (const { personId: recipientId } of sayings)
      await this.messages.callOff(tx, { subjectId: held.round.id, recipientId });
    return { ...held, said: [...held.said, ...rows] };
  }

  /** Ends the round where it ends by itself: every elector has voted (D4-73), or too few are left to vote (D4-16). */
  async settle(tx: Tx, trail: Trail, held: HeldRound, by: Omit<Ending, 'closing'>): Promise<RoundAnswer> {
    const closing = closingNow(held, by.at);
    if (!closing.closes || !closesByItself(closing.closing)) return openAnswer(held.round.id);
    return answerOf(await this.decisions.decide(tx, trail, held, { ...by, closing: closing.closing }));
  }
}

/** Whether the round may be closed as it stands. */
export function closingNow({ round, directors, said }: HeldRound, now: Date): ClosingDecision {
  const electors = directors.length - recusalsIn(said).length;
  const { deadlineAt } = round;
  return closingOf({ rule: ruleOf(round), electors, deadlineAt }, countsOf(ballotsIn(said)), now);
}

export function answerOf({ roundId, outcome, decisionNumber }: Decision): RoundAnswer {
  return { roundId, outcome, decisionNumber };
}

const openAnswer = (roundId: string): RoundAnswer => ({ roundId, outcome: null, decisionNumber: null });
