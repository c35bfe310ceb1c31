import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Ids } from '../kernel/ids.js';
import { Sealing } from '../platform/crypto/sealing.js';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { BallotLink } from './ballot-link.entity.js';
import type { Stance } from './domain/ballot-box.js';
import type { Counts } from './domain/board-vote.js';
import { RoundAlreadyClosed, RoundAlreadyOpen, RoundNotFound } from './domain/board.errors.js';
import type { Closing } from './domain/closing.js';
import type { Director } from './domain/electorate.js';
import { STATE_OF } from './domain/round-state.js';
import type { RoundEnd } from './domain/round-state.js';
import { RoundDirector } from './round-director.entity.js';
import { RoundMinutes } from './round-minutes.entity.js';
import { RoundStance } from './round-stance.entity.js';
import { Round } from './round.entity.js';

const UNIQUE_OPEN = { name: 'uq_rounds_open', columns: 'rounds.open_key' };
const UNIQUE_SEQUENCE = {
  name: 'uq_rounds_sequence',
  columns: 'rounds.subject_kind, rounds.subject_id, rounds.sequence',
};

export type NewRound = Pick<
  Round,
  | 'id'
  | 'societyId'
  | 'societyName'
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

/** What somebody says now; its place in the order is given when it is written. */
export type Saying = Omit<Stance, 'sequence'> & {
  readonly fileId: string | null;
  readonly linkId: string | null;
  /** Why no, in plain words: sealed to its row as it is written. */
  readonly why: string | null;
  readonly recordedBy: string | null;
  readonly recorderName: string | null;
  readonly recordedAt: Date;
};

export type Verdict = {
  readonly end: RoundEnd;
  readonly counts: Counts;
  readonly recused: number;
  readonly electors: number;
  readonly present: number;
  readonly closing: Closing;
  readonly number: { readonly year: number; readonly serial: number; readonly words: string } | null;
  readonly at: Date;
};

/** What the sealed reason of one ballot is bound to. */
export const whyContext = (stanceId: string): string => `round_stances/why/${stanceId}`;

/** Nothing of the sheet and the verdict is known at the opening. */
const UNDECIDED = {
  presiderId: null,
  recorderId: null,
  recorderName: null,
  sheetFileId: null,
  place: null,
  metAt: null,
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
  constructor(
    private readonly ids: Ids,
    private readonly sealing: Sealing,
  ) {}

  async insertRound(tx: Tx, round: NewRound, directors: readonly Director[]): Promise<void> {
    const { subjectKind, subjectId } = round;
    const sequence = (await tx.rows.countBy(Round, { subjectKind, subjectId })) + 1;
    const openKey = openKeyOf(subjectKind, subjectId);
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

  /** All that was said, in the order of saying. */
  async saidIn(tx: Tx, roundId: string): Promise<RoundStance[]> {
    return tx.rows.find(RoundStance, { where: { roundId }, order: { sequence: 'ASC', id: 'ASC' } });
  }

  /** The open round on a subject, if there is one. */
  async findOpen(tx: Tx, subjectKind: string, subjectId: string): Promise<RoundRow | null> {
    return tx.rows.findOneBy(Round, { openKey: openKeyOf(subjectKind, subjectId) });
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

  /** The last sheet, of hands or of a joint meeting, and the round as it then is: a later one puts an earlier one right. */
  async keepSheet(tx: Tx, round: RoundRow, sheet: Sheet): Promise<RoundRow> {
    await tx.changeOne(() => new StaleSnapshot('Somebody else has changed this round'))`
      UPDATE rounds
      SET presider_id = ${sheet.presiderId}, recorder_id = ${sheet.recorderId},
          recorder_name = ${sheet.recorderName}, sheet_file_id = ${sheet.fileId},
          place = ${sheet.place}, met_at = ${sheet.at}
      WHERE id = ${round.id} AND state = 'OPEN' AND version = ${round.version}`;
    const { presiderId, recorderId, recorderName, fileId: sheetFileId, place, at: metAt } = sheet;
    return { ...round, presiderId, recorderId, recorderName, sheetFileId, place, metAt };
  }

  /** Each after all that this director has said so far. Only for a unit that has claimed the round. */
  async append(
    tx: Tx,
    roundId: string,
    said: readonly RoundStance[],
    sayings: readonly Saying[],
  ): Promise<RoundStance[]> {
    const rows: RoundStance[] = [];
    for (const { why, ...saying } of sayings) {
      const id = this.ids.next();
      const before = [...said, ...rows].filter(({ personId }) => personId === saying.personId);
      const whySealed = why === null ? null : this.sealing.seal(why, whyContext(id));
      rows.push({ ...saying, id, roundId, sequence: before.length + 1, whySealed });
    }
    await tx.insert(RoundStance, rows);
    return rows;
  }

  /** A new link for a director; whoever holds an older one cannot vote by it any more. */
  async insertLink(tx: Tx, link: Omit<BallotLink, 'id' | 'revokedAt'>): Promise<string> {
    const { roundId, personId, madeAt } = link;
    const id = this.ids.next();
    await tx.change`
      UPDATE ballot_links SET revoked_at = ${madeAt}
      WHERE round_id = ${roundId} AND person_id = ${personId} AND revoked_at IS NULL`;
    await tx.insert(BallotLink, { ...link, id, revokedAt: null });
    return id;
  }

  /** Whether this link still opens the ballot: read in the unit that votes by it. */
  async isLive(tx: Tx, linkId: string): Promise<boolean> {
    return (await tx.rows.countBy(BallotLink, { id: linkId, revokedAt: IsNull() })) === 1;
  }

  /** The end, once: the guard is the WHERE. */
  async end(tx: Tx, round: RoundRow, verdict: Verdict): Promise<void> {
    const { end, counts, recused, electors, present, closing, number, at } = verdict;
    await tx.changeOne(() => new RoundAlreadyClosed())`
      UPDATE rounds
      SET state = ${STATE_OF[end]}, version = version + 1, open_key = ${null},
          recused = ${recused}, electors = ${electors}, present = ${present},
          yes_count = ${counts.yes}, no_count = ${counts.no}, abstain_count = ${counts.abstain},
          closing = ${closing}, decision_year = ${number?.year ?? null},
          decision_serial = ${number?.serial ?? null}, decision_number = ${number?.words ?? null},
          decided_at = ${at}
      WHERE id = ${round.id} AND state = 'OPEN' AND version = ${round.version}`;
  }

  async insertMinutes(tx: Tx, minutes: RoundMinutes): Promise<void> {
    await tx.insert(RoundMinutes, minutes);
  }
}

const openKeyOf = (subjectKind: string, subjectId: string): string => `${subjectKind}:${subjectId}`;
