import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Trail } from '../audit/index.js';
import { DutiesService } from '../duties/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { addHours, dayOf } from '../kernel/day.js';
import type { Fen } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import { MessagesOutbox, roundOpened } from '../messages/index.js';
import { OfficesQueries } from '../offices/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { Files } from '../platform/files/files.js';
import { societyOf } from '../platform/web/caller.js';
import type { Charter } from '../societies/index.js';
import { BoardQueries } from './board.queries.js';
import { BoardStore } from './board.store.js';
import type { Saying, Sheet } from './board.store.js';
import { Decisions } from './decisions.js';
import type { HeldRound } from './decisions.js';
import { checkRecusal, latestOf, retractedBy } from './domain/ballot-box.js';
import type { Way } from './domain/ballot-box.js';
import { countsOf } from './domain/board-vote.js';
import type { Ballot } from './domain/board-vote.js';
import {
  LinkRevoked,
  NotYourRecusal,
  RecorderRecused,
  RoundAlreadyClosed,
  SubjectStandsStill,
  TooEarlyToClose,
} from './domain/board.errors.js';
import { electorateOf, LEAST_ELECTORS } from './domain/electorate.js';
import type { Director, Recusal, RecusalReason } from './domain/electorate.js';
import { checkHands, checkPresider } from './domain/show-of-hands.js';
import type { Presidency } from './domain/show-of-hands.js';
import { countsWords } from './domain/vote-words.js';
import { answerOf, closingNow, HeldRounds } from './held-rounds.js';
import type { RoundAnswer } from './held-rounds.js';
import { ballotsIn, recusalsIn } from './round-rows.js';

export type Opening = {
  /** Where something must know the round before it opens, such as the money that is set aside for it. */
  readonly roundId?: string;
  readonly societyId: string;
  /** As the minutes print it. */
  readonly societyName: string;
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

export type OpenedRound = {
  readonly roundId: string;
  readonly deadlineAt: Date;
  /** Too few were left to vote, and the round ended as it opened (D4-16): its subject has been told. */
  readonly outcome: 'escalated' | null;
};

export type RecusalAsked = {
  readonly roundId: string;
  readonly directorId: string;
  readonly reason: RecusalReason;
  /** The one-time link by which the director says so. */
  readonly linkId?: string;
};

export type ShowOfHands = {
  readonly roundId: string;
  readonly presiderId: string;
  /** Only of those who came: a director without a hand was not there. */
  readonly hands: readonly Ballot[];
  readonly place: string | null;
  /** The photo of the sign-in sheet, as it came over the line. */
  readonly sheet: Buffer;
};

/** 一事一议: all present sign one outcome. */
export type JointMeeting = {
  readonly roundId: string;
  readonly presiderId: string;
  /** Who was there and signed, without those who have voted for themselves. */
  readonly presentIds: readonly string[];
  readonly outcome: 'approved' | 'rejected';
  readonly place: string | null;
  /** The photo of the minutes that all present signed. */
  readonly minutes: Buffer;
};

/** What was written down after people met in one room, and signed. */
type Sitting = {
  readonly roundId: string;
  readonly how: Extract<Way, 'HAND' | 'MEETING'>;
  readonly presiderId: string;
  readonly hands: readonly Ballot[];
  readonly place: string | null;
  readonly photo: Buffer;
};

export type VoidAsked = {
  readonly subjectKind: string;
  readonly subjectId: string;
  /** For the minutes: they are sealed, so names may stand in it. */
  readonly why: string;
  readonly at: Date;
  readonly byPersonId: string | null;
};

/** Rounds of the board, from the opening to the decision (domain.md 2.1, VOTING). */
@Injectable()
export class RoundsService {
  constructor(
    private readonly commands: Commands,
    private readonly store: BoardStore,
    private readonly queries: BoardQueries,
    private readonly held: HeldRounds,
    private readonly decisions: Decisions,
    private readonly duties: DutiesService,
    private readonly messages: MessagesOutbox,
    private readonly offices: OfficesQueries,
    private readonly files: Files,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * A step of the unit of work of whoever asks the board. Where too few would be left to vote, the round ends at once
   * and its subject is told in the same unit (D4-16).
   */
  async open(tx: Tx, trail: Trail, opening: Opening): Promise<OpenedRound> {
    const {
      charter,
      electors: directors,
      recusals,
      at,
      openedBy,
      roundId = this.ids.next(),
      ...asked
    } = opening;
    if (recusals.some(({ personId }) => personId === openedBy)) throw new RecorderRecused();
    const electors = electorateOf(directors, recusals);
    const deadlineAt = addHours(at, charter.voteHours);
    await this.store.insertRound(
      tx,
      {
        ...asked,
        id: roundId,
        openedBy,
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
    const sayings = recusals.map((recusal) => sayingOf(recusal, 'OPENING', { by: openedBy, at }));
    await this.store.append(tx, roundId, [], sayings);
    await this.duties.open(tx, {
      societyId: opening.societyId,
      kind: 'CLOSE_ROUND',
      subjectKind: 'round',
      subjectId: roundId,
      threadId: opening.threadId,
      ownerRole: 'secretary',
      rule: { unit: 'hours', count: charter.voteHours, from: at },
    });
    if (electors.length >= LEAST_ELECTORS) {
      const draft = roundOpened({ roundId, openedAt: at, deadlineAt });
      for (const { personId } of electors)
        if (personId !== openedBy) await this.messages.tellPerson(tx, opening.societyId, personId, draft);
      return { roundId, deadlineAt, outcome: null };
    }
    const held = await this.held.hold(tx, opening.societyId, roundId);
    await this.decisions.decide(tx, trail, held, { closing: 'TOO_FEW', at, byPersonId: openedBy });
    return { roundId, deadlineAt, outcome: 'escalated' };
  }

  /**
   * A director stands aside, with a ballot or without: one fewer to vote, and the quorum and the majority are counted
   * on the rest. With that the round may have all its ballots, or too few electors.
   */
  async recuse(caller: Caller, asked: RecusalAsked): Promise<RoundAnswer> {
    const { actor } = caller;
    const { roundId, directorId, reason, linkId = null } = asked;
    if (!mayDeclareFor(actor, directorId)) throw new NotYourRecusal();
    const societyId = societyOf(actor);
    const recorderName = directorId === actor.personId ? null : await this.held.nameOf(actor);
    return this.commands.run(caller, { act: 'declareRecusal', body: asked }, async (tx, trail) => {
      const at = this.clock.now();
      const before = await this.held.holdInTime(tx, societyId, roundId, at);
      if (linkId !== null && !(await this.store.isLive(tx, linkId))) throw new LinkRevoked();
      checkRecusal(before, directorId);

      const recusal = { personId: directorId, reason };
      const by = { by: actor.personId, recorderName, linkId, at };
      const held = await this.held.say(tx, before, [sayingOf(recusal, 'DECLARED', by)]);
      trail.on('round', roundId, {
        threadId: held.round.threadId,
        after: recusal,
        words: recusalWords(held, hasBallot(before.said, directorId)),
      });
      return this.held.settle(tx, trail, held, { at, byPersonId: actor.personId });
    });
  }

  /** The secretary writes down who raised a hand for what, with the photo of the sheet that the presider signed. */
  async recordShowOfHands(caller: Caller, asked: ShowOfHands): Promise<RoundAnswer> {
    const { sheet: photo, ...rest } = asked;
    return this.recordSitting(caller, 'recordShowOfHands', asked, { ...rest, photo, how: 'HAND' });
  }

  /** 一事一议: everybody who was there counts with the one outcome that all of them signed. */
  async recordJointMeeting(caller: Caller, asked: JointMeeting): Promise<RoundAnswer> {
    const { presentIds, outcome, minutes: photo, ...rest } = asked;
    const choice = outcome === 'approved' ? 'yes' : 'no';
    const hands = presentIds.map((directorId): Ballot => ({ directorId, choice }));
    return this.recordSitting(caller, 'recordJointMeeting', asked, { ...rest, hands, photo, how: 'MEETING' });
  }

  /** Ends a round before its deadline only where no missing ballot could change it, and after it always (D4-73). */
  async close(caller: Caller, asked: { readonly roundId: string }): Promise<RoundAnswer> {
    const { actor } = caller;
    const societyId = societyOf(actor);
    return this.commands.run(caller, { act: 'closeRound', body: asked }, async (tx, trail) => {
      const at = this.clock.now();
      const held = await this.held.hold(tx, societyId, asked.roundId);
      await this.held.refuseTied(tx, actor, held);
      const closing = closingNow(held, at);
      if (!closing.closes) throw new TooEarlyToClose(closing.missing);
      const ending = { closing: closing.closing, at, byPersonId: actor.personId };
      return answerOf(await this.decisions.decide(tx, trail, held, ending));
    });
  }

  /**
   * Closes what is past its deadline, each round in a unit of its own, and says how many. One that somebody closed in
   * the meantime is no fault, nor one whose subject stands still: that is owed already, and said on its page. One that
   * cannot be closed does not keep the others waiting.
   */
  async closeDue(now: Date): Promise<{ readonly closed: number }> {
    const faults: unknown[] = [];
    let closed = 0;
    for (const { roundId, societyId } of await this.queries.dueRounds(now)) {
      try {
        await this.commands.timer('closeRound', async (tx, trail) => {
          const held = await this.held.hold(tx, societyId, roundId);
          const ending = { closing: 'DEADLINE' as const, at: now, byPersonId: null };
          await this.decisions.decide(tx, trail, held, ending);
          return { roundId };
        });
        closed += 1;
      } catch (error) {
        if (!(error instanceof RoundAlreadyClosed || error instanceof SubjectStandsStill)) faults.push(error);
      }
    }
    if (faults.length > 0) throw new AggregateError(faults, `${faults.length} rounds could not be closed`);
    return { closed };
  }

  /**
   * A step of the unit of work of the subject, which is no more: ends its open round, if there is one, and says which.
   * The subject asks for it, and so is not told.
   */
  async void(tx: Tx, trail: Trail, asked: VoidAsked): Promise<string | null> {
    const { subjectKind, subjectId, ...voiding } = asked;
    const open = await this.store.findOpen(tx, subjectKind, subjectId);
    if (!open) return null;
    await this.decisions.void(tx, trail, await this.held.hold(tx, open.societyId, open.id), voiding);
    return open.id;
  }

  /** A second sheet puts the first right, until the close. */
  private async recordSitting(
    caller: Caller,
    act: string,
    body: unknown,
    sitting: Sitting,
  ): Promise<RoundAnswer> {
    const { actor } = caller;
    const { roundId, how, presiderId, hands, place } = sitting;
    const societyId = societyOf(actor);
    const presidency = await this.presidencyOf(societyId);
    const recorderName = await this.held.nameOf(actor);
    const photo = await this.files.prepareImage(sitting.photo);
    return this.commands.run(caller, { act, body }, async (tx, trail) => {
      const at = this.clock.now();
      const before = await this.held.holdInTime(tx, societyId, roundId, at);
      await this.held.refuseTied(tx, actor, before);
      const electorate = electorateIn(before);
      checkHands(electorate, hands);
      checkPresider(presiderId, presidency, electorate, hands);

      const fileId = await this.files.attach(tx, photo, { societyId, purpose: 'sign-in-sheet', by: actor });
      const sheet = { presiderId, recorderId: actor.personId, recorderName, fileId, place, at };
      const round = await this.store.keepSheet(tx, before.round, sheet);
      const held = await this.held.say(tx, { ...before, round }, sayingsOf(before.said, how, hands, sheet));
      const head = how === 'HAND' ? '记举手表决' : '记一事一议';
      trail.on('round', roundId, {
        threadId: round.threadId,
        after: { presiderId, hands, fileId },
        words: `${head}：${countsWords(countsOf(ballotsIn(held.said)))}`,
      });
      return this.held.settle(tx, trail, held, { at, byPersonId: actor.personId });
    });
  }

  private async presidencyOf(societyId: string): Promise<Presidency> {
    const holders = await this.offices.holdersOn(societyId, dayOf(this.clock.now()));
    const holding = (office: 'CHAIR' | 'DEPUTY') =>
      holders.filter(({ offices }) => offices.includes(office)).map(({ personId }) => personId);
    return { chairs: holding('CHAIR'), deputies: holding('DEPUTY') };
  }
}

/** Directors speak for themselves; the office writes down what was said in the room. */
function mayDeclareFor({ roles, personId }: Actor, directorId: string): boolean {
  return roles.includes('secretary') || roles.includes('clerk') || personId === directorId;
}

const hasBallot = (said: HeldRound['said'], directorId: string): boolean =>
  ballotsIn(said).some((ballot) => ballot.directorId === directorId);

function recusalWords({ directors, said }: HeldRound, hadBallot: boolean): string {
  const electors = directors.length - recusalsIn(said).length;
  return `理事回避一人，应到${electors}人${hadBallot ? '，先前的票不再计' : ''}`;
}

function electorateIn({ directors, said }: HeldRound) {
  const latest = latestOf(said);
  return {
    directorIds: directors.map(({ personId }) => personId),
    recusedIds: recusalsIn(said).map(({ personId }) => personId),
    ownIds: latest
      .filter(({ kind, how }) => kind === 'BALLOT' && how === 'OWN')
      .map(({ personId }) => personId),
  };
}

function sayingOf(
  { personId, reason }: Recusal,
  how: 'OPENING' | 'DECLARED',
  noted: {
    readonly by: string | null;
    readonly recorderName?: string | null;
    readonly linkId?: string | null;
    readonly at: Date;
  },
): Saying {
  const { by: recordedBy, recorderName = null, linkId = null, at: recordedAt } = noted;
  const rest = { choice: null, fileId: null, why: null, recordedBy, recorderName, linkId, recordedAt };
  return { personId, kind: 'RECUSAL', reason, how, ...rest };
}

/** The hands of this sheet, and what it takes back of an earlier one. */
function sayingsOf(
  said: HeldRound['said'],
  how: Sitting['how'],
  hands: readonly Ballot[],
  sheet: Sheet,
): Saying[] {
  const { fileId, recorderId: recordedBy, recorderName, at: recordedAt } = sheet;
  const noted = { reason: null, how, fileId, linkId: null, why: null, recordedBy, recorderName, recordedAt };
  const present = hands.map(({ directorId }) => directorId);
  return [
    ...hands.map(({ directorId: personId, choice }) => ({
      ...noted,
      personId,
      kind: 'BALLOT' as const,
      choice,
    })),
    ...retractedBy(said, present).map(({ personId }) => ({
      ...noted,
      personId,
      kind: 'RETRACTED' as const,
      choice: null,
    })),
  ];
}
