import { Injectable } from '@nestjs/common';
import type { Trail } from '../audit/index.js';
import { DutiesService } from '../duties/index.js';
import { dayOf, yearOf } from '../kernel/day.js';
import { Ids } from '../kernel/ids.js';
import { MessagesOutbox } from '../messages/index.js';
import { hashOf } from '../platform/crypto/hash.js';
import { Sealing } from '../platform/crypto/sealing.js';
import { Numbers } from '../platform/database/numbers.js';
import type { Tx } from '../platform/database/transactions.js';
import { BoardSubjects } from './board-subjects.js';
import type { Decision } from './board-subjects.js';
import { BoardStore } from './board.store.js';
import type { RoundRow, Verdict } from './board.store.js';
import { countsOf, tallyVote } from './domain/board-vote.js';
import type { Outcome } from './domain/board-vote.js';
import type { Closing } from './domain/closing.js';
import { decisionNumber } from './domain/decision-number.js';
import { minutesOf } from './domain/minutes.js';
import type { MinutesContent } from './domain/minutes.js';
import { endWords } from './domain/vote-words.js';
import { ballotsIn, recusalsIn, ruleOf } from './round-rows.js';
import type { RoundDirector } from './round-director.entity.js';
import type { RoundStance } from './round-stance.entity.js';

/** A round as one unit of work holds it: claimed, with all that was said in it so far. */
export type HeldRound = {
  readonly round: RoundRow;
  readonly directors: readonly RoundDirector[];
  /** In the order of saying; of each director the last counts. */
  readonly said: readonly RoundStance[];
};

export type Ending = {
  readonly closing: Exclude<Closing, 'VOIDED'>;
  readonly at: Date;
  /** Who ended it: null for the timer. */
  readonly byPersonId: string | null;
};

/** The subject is no more, and says why. */
export type Voiding = Omit<Ending, 'closing'> & { readonly why: string };

/** The series that approvals and rejections share. */
export const DECISION_SERIES = 'decision';

/**
 * The one step from ballots to a decision: the tally, the number, the minutes and what the subject does about it
 * commit together with the act that ended the round (architecture.md 1, answers from below).
 */
@Injectable()
export class Decisions {
  constructor(
    private readonly store: BoardStore,
    private readonly subjects: BoardSubjects,
    private readonly numbers: Numbers,
    private readonly duties: DutiesService,
    private readonly messages: MessagesOutbox,
    private readonly sealing: Sealing,
    private readonly ids: Ids,
  ) {}

  /** The board has decided, or cannot: the subject carries it out. */
  async decide(tx: Tx, trail: Trail, held: HeldRound, ending: Ending): Promise<Decision> {
    const { round } = held;
    const { closing, at, byPersonId } = ending;
    const outcome: Outcome = closing === 'TOO_FEW' ? 'escalated' : tallyOf(held).outcome;
    const isDecision = outcome === 'approved' || outcome === 'rejected';
    const number = isDecision ? await this.numberOf(tx, round, at) : null;
    const verdict: Verdict = { ...verdictOf(held, at), end: outcome, closing, number };
    await this.end(tx, held, verdict, byPersonId, null);
    const decision = decisionOf(held, verdict, outcome);
    await this.subjects.of(round.subjectKind).decided(tx, decision, trail);
    markEnd(trail, round, verdict, decision);
    return decision;
  }

  /** Nothing is left to decide: the ballots stay on record, and the subject, who asked for it, is not told. */
  async void(tx: Tx, trail: Trail, held: HeldRound, { why, at, byPersonId }: Voiding): Promise<void> {
    const end = { end: 'voided', closing: 'VOIDED', number: null } as const;
    const verdict: Verdict = { ...verdictOf(held, at), ...end };
    await this.end(tx, held, verdict, byPersonId, why);
    markEnd(trail, held.round, verdict, { ...verdict, why });
  }

  private async end(
    tx: Tx,
    held: HeldRound,
    verdict: Verdict,
    byPersonId: string | null,
    voidWhy: string | null,
  ): Promise<void> {
    const { id: roundId } = held.round;
    const { at } = verdict;
    await this.store.end(tx, held.round, verdict);
    const minutesId = this.ids.next();
    const content = minutesFrom(held, verdict, voidWhy);
    await this.store.insertMinutes(tx, {
      id: minutesId,
      roundId,
      contentSealed: this.sealing.seal(JSON.stringify(content), minutesContext(minutesId)),
      contentHash: hashOf(content),
      frozenAt: at,
    });
    await this.duties.settle(tx, { kind: 'CLOSE_ROUND', subjectId: roundId, at, byPersonId });
    await this.messages.callOff(tx, { subjectId: roundId });
  }

  /** Gapless per society and year, taken in the unit that uses it; the year is that of the decision in China. */
  private async numberOf(tx: Tx, round: RoundRow, at: Date): Promise<NonNullable<Verdict['number']>> {
    const year = yearOf(dayOf(at));
    const serial = await this.numbers.next(tx, round.societyId, DECISION_SERIES, year);
    return { year, serial, words: decisionNumber(round.numberPrefix, year, serial) };
  }
}

/** What the sealed content of one row of minutes is bound to. */
export const minutesContext = (minutesId: string): string => `round_minutes/content/${minutesId}`;

function tallyOf({ round, directors, said }: HeldRound) {
  const electors = directors.length - recusalsIn(said).length;
  return tallyVote(ruleOf(round), electors, countsOf(ballotsIn(said)));
}

/** The numbers of a round as it stands. */
function verdictOf({ directors, said }: HeldRound, at: Date): Omit<Verdict, 'end' | 'closing' | 'number'> {
  const recused = recusalsIn(said).length;
  const ballots = ballotsIn(said);
  const electors = directors.length - recused;
  return { counts: countsOf(ballots), recused, electors, present: ballots.length, at };
}

function markEnd(trail: Trail, round: RoundRow, verdict: Verdict, after: object): void {
  const { end, electors, recused, counts } = verdict;
  const words = endWords(end, electors, recused, counts);
  trail.on('round', round.id, { threadId: round.threadId, after, words });
}

function decisionOf({ round, said }: HeldRound, verdict: Verdict, outcome: Outcome): Decision {
  const { recused, electors, present, counts, number, at } = verdict;
  return {
    roundId: round.id,
    societyId: round.societyId,
    subjectKind: round.subjectKind,
    subjectId: round.subjectId,
    threadId: round.threadId,
    outcome,
    directors: round.directors,
    recused,
    electors,
    present,
    ...counts,
    decisionNumber: number?.words ?? null,
    approverId: outcome === 'approved' ? approverOf(round, said) : null,
    decidedAt: at,
    amountFen: round.amountFen,
  };
}

/** Who presided and stood aside afterwards approves nothing. */
function approverOf({ presiderId }: RoundRow, said: HeldRound['said']): string | null {
  return recusalsIn(said).some(({ personId }) => personId === presiderId) ? null : presiderId;
}

function minutesFrom(
  { round, directors, said }: HeldRound,
  { end, counts, recused, closing, number, at }: Verdict,
  voidWhy: string | null,
): MinutesContent {
  return minutesOf({
    society: round.societyName,
    sequence: round.sequence,
    decisionNumber: number?.words ?? null,
    charterArticle: round.charterArticle,
    openedAt: round.openedAt,
    metAt: round.metAt,
    decidedAt: at,
    place: round.place,
    motion: round.motion,
    amountFen: round.amountFen,
    directors: directors.map(({ personId, name }) => ({
      name,
      said: said
        .filter((stance) => stance.personId === personId)
        .map(({ kind, choice, reason, how, linkId, recorderName }) => ({
          kind,
          choice,
          reason,
          how,
          byLink: linkId !== null,
          recorder: recorderName,
        })),
    })),
    sum: { rule: ruleOf(round), directors: directors.length, recused, counts },
    end,
    closing,
    voidWhy,
    presider: directors.find(({ personId }) => personId === round.presiderId)?.name ?? null,
    recorder: round.recorderName,
  });
}
