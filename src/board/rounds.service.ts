import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Trail } from '../audit/index.js';
import { DutiesService } from '../duties/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { addHours, dayOf } from '../kernel/day.js';
import type { Fen } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import { OfficesQueries } from '../offices/index.js';
import { PeopleQueries } from '../people/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { Files } from '../platform/files/files.js';
import { societyOf } from '../platform/web/caller.js';
import type { Charter } from '../societies/index.js';
import { SocietiesQueries } from '../societies/index.js';
import { BoardQueries } from './board.queries.js';
import { BoardStore } from './board.store.js';
import type { RoundRow, Sheet } from './board.store.js';
import type { Decision } from './board-subjects.js';
import { Decisions } from './decisions.js';
import type { Ending, HeldRound } from './decisions.js';
import { countsOf } from './domain/board-vote.js';
import type { Ballot, Outcome } from './domain/board-vote.js';
import {
  AlreadyRecused,
  BallotAlreadyCast,
  BallotsAlreadyRecorded,
  DeadlinePassed,
  NotYourRecusal,
  RecorderRecused,
  RecusalAfterHands,
  RoundAlreadyClosed,
  TooEarlyToClose,
} from './domain/board.errors.js';
import { closingOf } from './domain/closing.js';
import type { ClosingDecision } from './domain/closing.js';
import { electorateOf } from './domain/electorate.js';
import type { Director, Recusal, RecusalReason } from './domain/electorate.js';
import { checkHands, checkPresider } from './domain/show-of-hands.js';
import type { Presidency } from './domain/show-of-hands.js';
import { countsWords } from './domain/vote-words.js';
import { ballotsIn, recusalsIn, ruleOf } from './round-rows.js';

export type Opening = {
  readonly societyId: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  /** The case on whose road the round lies. */
  readonly threadId: string;
  /** Hash of the subject as it stands: the ballots are for this and nothing else. */
  readonly revision: string;
  /** What is put to the vote, as the minutes print it. */
  readonly motion: string;
  readonly amountFen: Fen;
  /** The version in force today: its terms are copied into the round. */
  readonly charter: Charter;
  /** Every director in office, the recused among them: the snapshot (D4-18). */
  readonly electors: readonly Director[];
  /** Those of them who stand aside from the first. */
  readonly recusals: readonly Recusal[];
  /** The person who opens it. */
  readonly openedBy: string | null;
  readonly at: Date;
};

export type OpenedRound = { readonly roundId: string; readonly deadlineAt: Date };

export type ShowOfHands = {
  readonly roundId: string;
  readonly presiderId: string;
  /** Only of those who came: a director without a hand was not there. */
  readonly hands: readonly Ballot[];
  readonly place: string | null;
  /** The photo of the sign-in sheet, as it came over the line. */
  readonly sheet: Buffer;
};

/** Null while the round stays open. */
export type RoundAnswer = {
  readonly roundId: string;
  readonly outcome: Outcome | null;
  readonly decisionNumber: string | null;
};

/** Rounds of the board, from the opening to the decision (domain.md 2.1, VOTING). */
@Injectable()
export class RoundsService {
  constructor(
    private readonly commands: Commands,
    private readonly store: BoardStore,
    private readonly queries: BoardQueries,
    private readonly decisions: Decisions,
    private readonly duties: DutiesService,
    private readonly offices: OfficesQueries,
    private readonly people: PeopleQueries,
    private readonly societies: SocietiesQueries,
    private readonly files: Files,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** A step of the unit of work of whoever asks the board. Refused where too few would be left to vote (D4-16). */
  async open(tx: Tx, opening: Opening): Promise<OpenedRound> {
    const { charter, electors: directors, recusals, at, ...asked } = opening;
    if (recusals.some(({ personId }) => personId === opening.openedBy)) throw new RecorderRecused();
    electorateOf(directors, recusals);
    const roundId = this.ids.next();
    const deadlineAt = addHours(at, charter.voteHours);
    await this.store.insertRound(
      tx,
      {
        ...asked,
        id: roundId,
        charterId: charter.id,
        charterArticle: charter.article,
        numberPrefix: charter.numberPrefix,
        quorumNumerator: charter.quorum.numerator,
        quorumDenominator: charter.quorum.denominator,
        majorityNumerator: charter.majority.numerator,
        majorityDenominator: charter.majority.denominator,
        openedAt: at,
        deadlineAt,
      },
      directors,
    );
    await this.store.insertRecusals(tx, roundId, recusals, { how: 'OPENING', by: opening.openedBy, at });
    await this.duties.open(tx, {
      societyId: opening.societyId,
      kind: 'CLOSE_ROUND',
      subjectKind: 'round',
      subjectId: roundId,
      threadId: opening.threadId,
      ownerRole: 'secretary',
      rule: { unit: 'hours', count: charter.voteHours, from: at },
    });
    return { roundId, deadlineAt };
  }

  /** A director stands aside: one fewer to vote, and the quorum and the majority are counted on the rest. */
  async recuse(
    caller: Caller,
    asked: { readonly roundId: string; readonly directorId: string; readonly reason: RecusalReason },
  ): Promise<RoundAnswer> {
    const { actor } = caller;
    const { roundId, directorId, reason } = asked;
    if (!mayDeclareFor(actor, directorId)) throw new NotYourRecusal();
    const societyId = societyOf(actor);
    return this.commands.run(caller, { act: 'declareRecusal', body: asked }, async (tx, trail) => {
      const at = this.clock.now();
      const { round, directors, stances } = await this.hold(tx, societyId, roundId);
      refuseAfterDeadline(round, at);
      const recusals = recusalsIn(stances);
      if (ballotsIn(stances).some((ballot) => ballot.directorId === directorId))
        throw new BallotAlreadyCast();
      if (recusals.some(({ personId }) => personId === directorId)) throw new AlreadyRecused();
      if (round.presiderId !== null) throw new RecusalAfterHands();
      electorateOf(directors, [...recusals, { personId: directorId }]);

      const recusal = { personId: directorId, reason };
      await this.store.insertRecusals(tx, roundId, [recusal], { how: 'DECLARED', by: actor.personId, at });
      const words = `理事回避一人，应到${directors.length - recusals.length - 1}人`;
      trail.on('round', roundId, { threadId: round.threadId, after: recusal, words });
      return { roundId, outcome: null, decisionNumber: null };
    });
  }

  /** The secretary writes down who raised a hand for what, with the photo of the sheet that the presider signed. */
  async recordShowOfHands(caller: Caller, asked: ShowOfHands): Promise<RoundAnswer> {
    const { actor } = caller;
    const { roundId, presiderId, hands, place } = asked;
    const society = await this.societies.society(societyOf(actor));
    const presidency = await this.presidencyOf(society.id);
    const recorderName = await this.nameOf(society.id, actor.personId);
    const prepared = await this.files.prepareImage(asked.sheet);
    return this.commands.run(caller, { act: 'recordShowOfHands', body: asked }, async (tx, trail) => {
      const at = this.clock.now();
      const held = await this.hold(tx, society.id, roundId, ({ presiderId: recorded }) => {
        if (recorded !== null) throw new BallotsAlreadyRecorded();
      });
      const { directors, stances } = held;
      refuseAfterDeadline(held.round, at);
      refuseRecused(actor, stances);
      const electorate = {
        directorIds: directors.map(({ personId }) => personId),
        recusedIds: recusalsIn(stances).map(({ personId }) => personId),
      };
      checkHands(electorate, hands);
      checkPresider(presiderId, presidency, electorate, hands);

      const to = { societyId: society.id, purpose: 'sign-in-sheet', by: actor };
      const fileId = await this.files.attach(tx, prepared, to);
      const sheet: Sheet = { presiderId, recorderId: actor.personId, recorderName, fileId, place, at };
      const round = await this.store.keepSheet(tx, held.round, sheet);
      await this.store.insertBallots(tx, roundId, hands, sheet);
      trail.on('round', roundId, {
        threadId: round.threadId,
        after: { presiderId, hands, fileId },
        words: `记举手表决：${countsWords(countsOf(hands))}`,
      });
      const ballots = hands.map(({ directorId: personId, choice }) => ({ personId, choice, reason: null }));
      const now = { round, directors, stances: [...stances, ...ballots] };
      return this.closeIfAllVoted(tx, trail, now, { at, society: society.name, byPersonId: actor.personId });
    });
  }

  /** Ends a round before its deadline only where no missing ballot could change it, and after it always (D4-73). */
  async close(caller: Caller, asked: { readonly roundId: string }): Promise<RoundAnswer> {
    const { actor } = caller;
    const society = await this.societies.society(societyOf(actor));
    return this.commands.run(caller, { act: 'closeRound', body: asked }, async (tx, trail) => {
      const at = this.clock.now();
      const held = await this.hold(tx, society.id, asked.roundId);
      refuseRecused(actor, held.stances);
      const closing = closingNow(held, at);
      if (!closing.closes) throw new TooEarlyToClose(closing.missing);
      const ending = {
        closing: closing.closing,
        at,
        society: society.name,
        byPersonId: actor.personId,
      };
      return answerOf(await this.decisions.decide(tx, trail, held, ending));
    });
  }

  /**
   * Closes what is past its deadline, each round in a unit of its own, and says how many. One that somebody closed in
   * the meantime is no fault; one that cannot be closed does not keep the others waiting.
   */
  async closeDue(now: Date): Promise<{ readonly closed: number }> {
    const faults: unknown[] = [];
    let closed = 0;
    for (const { roundId, societyId } of await this.queries.dueRounds(now)) {
      const society = await this.societies.society(societyId);
      try {
        await this.commands.timer('closeRound', async (tx, trail) => {
          const held = await this.hold(tx, societyId, roundId);
          const ending = { closing: 'DEADLINE' as const, at: now, society: society.name, byPersonId: null };
          await this.decisions.decide(tx, trail, held, ending);
          return { roundId };
        });
        closed += 1;
      } catch (error) {
        if (!(error instanceof RoundAlreadyClosed)) faults.push(error);
      }
    }
    if (faults.length > 0) throw new AggregateError(faults, `${faults.length} rounds could not be closed`);
    return { closed };
  }

  /** The round on the version that this unit has read, taken for it alone; `check` may refuse before that. */
  private async hold(
    tx: Tx,
    societyId: string,
    roundId: string,
    check: (round: RoundRow) => void = () => undefined,
  ): Promise<HeldRound> {
    const found = await this.store.get(tx, societyId, roundId);
    check(found);
    const round = await this.store.claim(tx, found);
    const directors = await this.store.directorsOf(tx, roundId);
    return { round, directors, stances: await this.store.stancesOf(tx, roundId) };
  }

  private async closeIfAllVoted(
    tx: Tx,
    trail: Trail,
    held: HeldRound,
    by: Omit<Ending, 'closing'>,
  ): Promise<RoundAnswer> {
    const closing = closingNow(held, by.at);
    if (!closing.closes || closing.closing !== 'ALL_VOTED')
      return { roundId: held.round.id, outcome: null, decisionNumber: null };
    return answerOf(await this.decisions.decide(tx, trail, held, { ...by, closing: closing.closing }));
  }

  private async presidencyOf(societyId: string): Promise<Presidency> {
    const holders = await this.offices.holdersOn(societyId, dayOf(this.clock.now()));
    const holding = (office: 'CHAIR' | 'DEPUTY') =>
      holders.filter(({ offices }) => offices.includes(office)).map(({ personId }) => personId);
    return { chairs: holding('CHAIR'), deputies: holding('DEPUTY') };
  }

  private async nameOf(societyId: string, personId: string | null): Promise<string | null> {
    if (personId === null) return null;
    const [person] = await this.people.persons(societyId, [personId]);
    return person?.name ?? null;
  }
}

function closingNow({ round, directors, stances }: HeldRound, now: Date): ClosingDecision {
  const electors = directors.length - recusalsIn(stances).length;
  const { deadlineAt } = round;
  return closingOf({ rule: ruleOf(round), electors, deadlineAt }, countsOf(ballotsIn(stances)), now);
}

/** Directors speak for themselves; the office writes down what was said in the room. */
function mayDeclareFor({ roles, personId }: Actor, directorId: string): boolean {
  return roles.includes('secretary') || roles.includes('clerk') || personId === directorId;
}

function refuseAfterDeadline({ deadlineAt }: RoundRow, now: Date): void {
  if (now.getTime() >= deadlineAt.getTime()) throw new DeadlinePassed();
}

/** domain.md 2: no role moves a case in which it is recused. */
function refuseRecused({ personId }: Actor, stances: HeldRound['stances']): void {
  if (recusalsIn(stances).some((recusal) => recusal.personId === personId)) throw new RecorderRecused();
}

function answerOf({ roundId, outcome, decisionNumber }: Decision): RoundAnswer {
  return { roundId, outcome, decisionNumber };
}
