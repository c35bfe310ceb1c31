import { Injectable } from '@nestjs/common';
import type { Trail } from '../audit/index.js';
import { DutiesService } from '../duties/index.js';
import { dayOf, yearOf } from '../kernel/day.js';
import { Ids } from '../kernel/ids.js';
import { hashOf } from '../platform/crypto/hash.js';
import { Sealing } from '../platform/crypto/sealing.js';
import { Numbers } from '../platform/database/numbers.js';
import type { Tx } from '../platform/database/transactions.js';
import { BoardSubjects } from './board-subjects.js';
import type { Decision } from './board-subjects.js';
import { BoardStore } from './board.store.js';
import type { RoundRow, Verdict } from './board.store.js';
import { countsOf, tallyVote } from './domain/board-vote.js';
import type { Closing } from './domain/closing.js';
import { decisionNumber } from './domain/decision-number.js';
import { minutesOf } from './domain/minutes.js';
import type { MinutesContent } from './domain/minutes.js';
import { decisionWords } from './domain/vote-words.js';
import { ballotsIn, recusalsIn, ruleOf } from './round-rows.js';
import type { RoundDirector } from './round-director.entity.js';
import type { RoundStance } from './round-stance.entity.js';

/** What counts of a stance. */
export type Stance = Pick<RoundStance, 'personId' | 'choice' | 'reason'>;

/** A round as one unit of work holds it: claimed, with all that was said in it so far. */
export type HeldRound = {
  readonly round: RoundRow;
  readonly directors: readonly RoundDirector[];
  readonly stances: readonly Stance[];
};

export type Ending = {
  readonly closing: Closing;
  readonly at: Date;
  /** The society's name as the minutes print it. */
  readonly society: string;
  /** Who ended it: null for the timer. */
  readonly byPersonId: string | null;
};

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
    private readonly sealing: Sealing,
    private readonly ids: Ids,
  ) {}

  async decide(tx: Tx, trail: Trail, held: HeldRound, ending: Ending): Promise<Decision> {
    const { round, directors, stances } = held;
    const { at, closing } = ending;
    const recused = recusalsIn(stances).length;
    const tally = tallyVote(ruleOf(round), directors.length - recused, countsOf(ballotsIn(stances)));
    const number = tally.outcome === 'lapsed' ? null : await this.numberOf(tx, round, at);
    const verdict: Verdict = { tally, recused, closing, number, at };

    await this.store.decide(tx, round, verdict);
    await this.freezeMinutes(tx, held, ending, verdict);
    await this.duties.settle(tx, {
      kind: 'CLOSE_ROUND',
      subjectId: round.id,
      at,
      byPersonId: ending.byPersonId,
    });
    const decision = decisionOf(round, verdict);
    await this.subjects.of(round.subjectKind).decided(tx, decision, trail);
    trail.on('round', round.id, {
      threadId: round.threadId,
      after: decision,
      words: decisionWords(tally.outcome, tally, recused),
    });
    return decision;
  }

  /** Gapless per society and year, taken in the unit that uses it; the year is that of the decision in China. */
  private async numberOf(tx: Tx, round: RoundRow, at: Date): Promise<NonNullable<Verdict['number']>> {
    const year = yearOf(dayOf(at));
    const serial = await this.numbers.next(tx, round.societyId, DECISION_SERIES, year);
    return { year, serial, words: decisionNumber(round.numberPrefix, year, serial) };
  }

  private async freezeMinutes(tx: Tx, held: HeldRound, ending: Ending, verdict: Verdict): Promise<void> {
    const id = this.ids.next();
    const content = minutesFrom(held, ending, verdict);
    await this.store.insertMinutes(tx, {
      id,
      roundId: held.round.id,
      contentSealed: this.sealing.seal(JSON.stringify(content), minutesContext(id)),
      contentHash: hashOf(content),
      frozenAt: ending.at,
    });
  }
}

/** What the sealed content of one row of minutes is bound to. */
export const minutesContext = (minutesId: string): string => `round_minutes/content/${minutesId}`;

function decisionOf(round: RoundRow, { tally, recused, number, at }: Verdict): Decision {
  const { outcome, electors, present, yes, no, abstain } = tally;
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
    yes,
    no,
    abstain,
    decisionNumber: number?.words ?? null,
    approverId: round.presiderId,
    decidedAt: at,
    amountFen: round.amountFen,
  };
}

function minutesFrom(
  { round, directors, stances }: HeldRound,
  { society }: Ending,
  { tally, recused, closing, number, at }: Verdict,
): MinutesContent {
  const said = new Map(stances.map((stance) => [stance.personId, stance]));
  return minutesOf({
    society,
    sequence: round.sequence,
    decisionNumber: number?.words ?? null,
    charterArticle: round.charterArticle,
    openedAt: round.openedAt,
    handsAt: round.handsAt,
    decidedAt: at,
    place: round.place,
    motion: round.motion,
    amountFen: round.amountFen,
    directors: directors.map(({ personId, name }) => ({
      name,
      choice: said.get(personId)?.choice ?? null,
      recusal: said.get(personId)?.reason ?? null,
    })),
    sum: { rule: ruleOf(round), directors: directors.length, recused, counts: tally },
    outcome: tally.outcome,
    closing,
    presider: directors.find(({ personId }) => personId === round.presiderId)?.name ?? null,
    recorder: round.recorderName,
  });
}
