import { Injectable } from '@nestjs/common';
import { Ids } from '../kernel/ids.js';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import type { Ballot, Tally } from './domain/board-vote.js';
import {
  AlreadyRecused,
  RoundAlreadyClosed,
  RoundAlreadyOpen,
  RoundNotFound,
} from './domain/board.errors.js';
import type { Closing } from './domain/closing.js';
import type { Director, Recusal } from './domain/electorate.js';
import { STATE_OF } from './domain/round-state.js';
import { RoundDirector } from './round-director.entity.js';
import { RoundMinutes } from './round-minutes.entity.js';
import { RoundStance } from './round-stance.entity.js';
import { Round } from './round.entity.js';

const UNIQUE_OPEN = { name: 'uq_rounds_open', columns: 'rounds.open_key' };
const UNIQUE_SEQUENCE = {
  name: 'uq_rounds_sequence',
  columns: 'rounds.subject_kind, rounds.subject_id, rounds.sequence',
};
const UNIQUE_STANCE = {
  name: 'uq_round_stances_person',
  columns: 'round_stances.round_id, round_stances.person_id',
};

export type NewRound = Pick<
  Round,
  | 'id'
  | 'societyId'
  | 'subjectKind'
  | 'subjectId'
  | 'threadId'
  | 'revision'
  | 'motion'
  | 'amountFen'
  | 'charterId'
  | 'charterArticle'
  | 'numberPrefix'
  | 'quorumNumerator'
  | 'quorumDenominator'
  | 'majorityNumerator'
  | 'majorityDenominator'
  | 'openedBy'
  | 'openedAt'
  | 'deadlineAt'
>;

/** The row as plain data. */
export type RoundRow = Pick<Round, keyof Round>;

export type Sheet = {
  readonly presiderId: string;
  readonly recorderId: string | null;
  readonly recorderName: string | null;
  readonly fileId: string;
  readonly place: string | null;
  readonly at: Date;
};

export type Verdict = {
  readonly tally: Tally;
  readonly recused: number;
  readonly closing: Closing;
  readonly number: { readonly year: number; readonly serial: number; readonly words: string } | null;
  readonly at: Date;
};

/** Nothing of the sheet and the verdict is known at the opening. */
const UNDECIDED = {
  presiderId: null,
  recorderId: null,
  recorderName: null,
  sheetFileId: null,
  place: null,
  handsAt: null,
  recused: null,
  electors: null,
  present: null,
  yesCount: null,
  noCount: null,
  abstainCount: null,
  closing: null,
  decisionYear: null,
  decisionSerial: null,
  decisionNumber: null,
  decidedAt: null,
} satisfies Partial<Round>;

@Injectable()
export class BoardStore {
  constructor(private readonly ids: Ids) {}

  async insertRound(tx: Tx, round: NewRound, directors: readonly Director[]): Promise<void> {
    const { subjectKind, subjectId } = round;
    const sequence = (await tx.rows.countBy(Round, { subjectKind, subjectId })) + 1;
    const openKey = `${subjectKind}:${subjectId}`;
    const state = 'OPEN' as const;
    try {
      await tx.insert(Round, {
        ...UNDECIDED,
        ...round,
        sequence,
        state,
        version: 1,
        openKey,
        directors: directors.length,
      });
    } catch (error) {
      const taken = breaksUnique(error, UNIQUE_OPEN) || breaksUnique(error, UNIQUE_SEQUENCE);
      throw taken ? new RoundAlreadyOpen() : error;
    }
    await tx.insert(
      RoundDirector,
      directors.map(({ personId, name }, place) => ({
        id: this.ids.next(),
        roundId: round.id,
        personId,
        name,
        place,
      })),
    );
  }

  /** The round as this unit sees it. Another society's is not there. */
  async get(tx: Tx, societyId: string, roundId: string): Promise<RoundRow> {
    const round = await tx.rows.findOneBy(Round, { id: roundId, societyId });
    if (!round) throw new RoundNotFound();
    return round;
  }

  async directorsOf(tx: Tx, roundId: string): Promise<RoundDirector[]> {
    return tx.rows.find(RoundDirector, { where: { roundId }, order: { place: 'ASC' } });
  }

  async stancesOf(tx: Tx, roundId: string): Promise<RoundStance[]> {
    return tx.rows.findBy(RoundStance, { roundId });
  }

  /**
   * Takes the round for this unit, on the version that it has read. Who comes second on the same version reads again:
   * what both have read is then never the ground of two decisions.
   */
  async claim(tx: Tx, round: RoundRow): Promise<RoundRow> {
    if (round.state !== 'OPEN') throw new RoundAlreadyClosed();
    await tx.changeOne(() => new StaleSnapshot('Somebody else has changed this round'))`
      UPDATE rounds SET version = version + 1
      WHERE id = ${round.id} AND state = 'OPEN' AND version = ${round.version}`;
    return { ...round, version: round.version + 1 };
  }

  /** The sheet of the one show of hands, and the round as it then is. */
  async keepSheet(tx: Tx, round: RoundRow, sheet: Sheet): Promise<RoundRow> {
    await tx.changeOne(() => new Error('A round was given two sheets'))`
      UPDATE rounds
      SET presider_id = ${sheet.presiderId}, recorder_id = ${sheet.recorderId},
          recorder_name = ${sheet.recorderName}, sheet_file_id = ${sheet.fileId},
          place = ${sheet.place}, hands_at = ${sheet.at}
      WHERE id = ${round.id} AND version = ${round.version} AND presider_id IS NULL`;
    const { presiderId, recorderId, recorderName, fileId: sheetFileId, place, at: handsAt } = sheet;
    return { ...round, presiderId, recorderId, recorderName, sheetFileId, place, handsAt };
  }

  async insertBallots(tx: Tx, roundId: string, ballots: readonly Ballot[], sheet: Sheet): Promise<void> {
    const { fileId, recorderId: recordedBy, at: recordedAt } = sheet;
    await tx.insert(
      RoundStance,
      ballots.map(({ directorId: personId, choice }) => ({
        id: this.ids.next(),
        roundId,
        personId,
        kind: 'BALLOT' as const,
        choice,
        reason: null,
        how: 'HAND' as const,
        fileId,
        recordedBy,
        recordedAt,
      })),
    );
  }

  async insertRecusals(
    tx: Tx,
    roundId: string,
    recusals: readonly Recusal[],
    noted: { readonly how: 'OPENING' | 'DECLARED'; readonly by: string | null; readonly at: Date },
  ): Promise<void> {
    try {
      await tx.insert(
        RoundStance,
        recusals.map(({ personId, reason }) => ({
          id: this.ids.next(),
          roundId,
          personId,
          kind: 'RECUSAL' as const,
          choice: null,
          reason,
          how: noted.how,
          fileId: null,
          recordedBy: noted.by,
          recordedAt: noted.at,
        })),
      );
    } catch (error) {
      throw breaksUnique(error, UNIQUE_STANCE) ? new AlreadyRecused() : error;
    }
  }

  /** The decision, once: the guard is the WHERE. */
  async decide(tx: Tx, round: RoundRow, { tally, recused, closing, number, at }: Verdict): Promise<void> {
    await tx.changeOne(() => new RoundAlreadyClosed())`
      UPDATE rounds
      SET state = ${STATE_OF[tally.outcome]}, version = version + 1, open_key = ${null},
          recused = ${recused}, electors = ${tally.electors}, present = ${tally.present},
          yes_count = ${tally.yes}, no_count = ${tally.no}, abstain_count = ${tally.abstain},
          closing = ${closing}, decision_year = ${number?.year ?? null},
          decision_serial = ${number?.serial ?? null}, decision_number = ${number?.words ?? null},
          decided_at = ${at}
      WHERE id = ${round.id} AND state = 'OPEN' AND version = ${round.version}`;
  }

  async insertMinutes(tx: Tx, minutes: RoundMinutes): Promise<void> {
    await tx.insert(RoundMinutes, minutes);
  }
}
