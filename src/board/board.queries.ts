import { Injectable } from '@nestjs/common';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { instantOf, optionalInstantOf, Reads } from '../platform/database/reads.js';
import { countsOf } from './domain/board-vote.js';
import type { Choice, Counts, VoteRule } from './domain/board-vote.js';
import { RoundNotFound } from './domain/board.errors.js';
import type { Closing } from './domain/closing.js';
import type { RecusalReason } from './domain/electorate.js';
import type { RoundState } from './domain/round-state.js';
import { ballotsIn, recusalsIn, ruleOf } from './round-rows.js';
import type { Round } from './round.entity.js';

/** One director of the snapshot and what this director said: a choice, a reason to stand aside, or nothing yet. */
export type RoundDirectorView = {
  readonly personId: string;
  readonly name: string;
  readonly choice: Choice | null;
  readonly reason: RecusalReason | null;
};

export type RoundView = {
  readonly id: string;
  readonly societyId: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly threadId: string;
  readonly sequence: number;
  readonly revision: string;
  readonly motion: string;
  readonly amountFen: Fen;
  readonly charterArticle: string;
  readonly rule: VoteRule;
  readonly state: RoundState;
  readonly openedAt: Date;
  readonly deadlineAt: Date;
  readonly presiderId: string | null;
  readonly recorderName: string | null;
  readonly sheetFileId: string | null;
  readonly place: string | null;
  readonly handsAt: Date | null;
  readonly closing: Closing | null;
  readonly decisionNumber: string | null;
  readonly decidedAt: Date | null;
  readonly directors: readonly RoundDirectorView[];
  readonly recused: number;
  readonly electors: number;
  readonly counts: Counts;
};

/** A round in one line, for the page of its subject: numbers only. While it is open, the ballots so far. */
export type RoundSummary = Counts & {
  readonly id: string;
  readonly sequence: number;
  readonly state: RoundState;
  readonly revision: string;
  readonly amountFen: Fen;
  readonly directors: number;
  readonly recused: number;
  readonly electors: number;
  readonly present: number;
  readonly presiderId: string | null;
  readonly decisionNumber: string | null;
  readonly openedAt: Date;
  readonly deadlineAt: Date;
  readonly decidedAt: Date | null;
};

export type FrozenMinutes = {
  readonly minutesId: string;
  readonly contentSealed: string;
  readonly contentHash: string;
  readonly frozenAt: Date;
};

type Stamp = Date | string;
type Big = number | string;
type RawRound = Omit<Round, 'amountFen' | 'openedAt' | 'deadlineAt' | 'handsAt' | 'decidedAt'> & {
  amountFen: Big;
  openedAt: Stamp;
  deadlineAt: Stamp;
  handsAt: Stamp | null;
  decidedAt: Stamp | null;
};
type RawSummary = {
  id: string;
  sequence: number;
  state: RoundState;
  revision: string;
  amountFen: Big;
  directors: number;
  recused: Big;
  yes: Big;
  no: Big;
  abstain: Big;
  presiderId: string | null;
  decisionNumber: string | null;
  openedAt: Stamp;
  deadlineAt: Stamp;
  decidedAt: Stamp | null;
};

const MOST_AT_ONCE = 100;

@Injectable()
export class BoardQueries {
  constructor(private readonly reads: Reads) {}

  /** Another society's round is not there (D4-69). */
  async round(societyId: string, roundId: string): Promise<RoundView> {
    const row = await this.reads.one<RawRound>`
      SELECT id AS "id", society_id AS "societyId", subject_kind AS "subjectKind", subject_id AS "subjectId",
             thread_id AS "threadId", sequence AS "sequence", revision AS "revision", motion AS "motion",
             amount_fen AS "amountFen", charter_article AS "charterArticle",
             quorum_numerator AS "quorumNumerator", quorum_denominator AS "quorumDenominator",
             majority_numerator AS "majorityNumerator", majority_denominator AS "majorityDenominator",
             state AS "state", opened_at AS "openedAt", deadline_at AS "deadlineAt",
             presider_id AS "presiderId", recorder_name AS "recorderName", sheet_file_id AS "sheetFileId",
             place AS "place", hands_at AS "handsAt", closing AS "closing",
             decision_number AS "decisionNumber", decided_at AS "decidedAt"
      FROM rounds WHERE id = ${roundId} AND society_id = ${societyId}`;
    if (!row) throw new RoundNotFound();
    return viewOf(row, await this.directorsOf(roundId));
  }

  /** The rounds of one subject, the last first. */
  async roundsOf(subjectKind: string, subjectId: string): Promise<RoundSummary[]> {
    const rows = await this.reads.all<RawSummary>`
      SELECT r.id AS "id", r.sequence AS "sequence", r.state AS "state", r.revision AS "revision",
             r.amount_fen AS "amountFen", r.directors AS "directors", r.presider_id AS "presiderId",
             r.decision_number AS "decisionNumber", r.opened_at AS "openedAt", r.deadline_at AS "deadlineAt",
             r.decided_at AS "decidedAt",
             (SELECT COUNT(*) FROM round_stances s WHERE s.round_id = r.id AND s.kind = 'RECUSAL') AS "recused",
             (SELECT COUNT(*) FROM round_stances s WHERE s.round_id = r.id AND s.choice = 'yes') AS "yes",
             (SELECT COUNT(*) FROM round_stances s WHERE s.round_id = r.id AND s.choice = 'no') AS "no",
             (SELECT COUNT(*) FROM round_stances s WHERE s.round_id = r.id AND s.choice = 'abstain') AS "abstain"
      FROM rounds r WHERE r.subject_kind = ${subjectKind} AND r.subject_id = ${subjectId}
      ORDER BY r.sequence DESC`;
    return rows.map(summaryOf);
  }

  /** Rounds whose deadline has come, the longest waiting first. */
  async dueRounds(now: Date): Promise<{ readonly roundId: string; readonly societyId: string }[]> {
    return this.reads.all<{ roundId: string; societyId: string }>`
      SELECT id AS "roundId", society_id AS "societyId" FROM rounds
      WHERE state = 'OPEN' AND deadline_at <= ${now} ORDER BY deadline_at LIMIT ${MOST_AT_ONCE}`;
  }

  /** Null until the round is decided. */
  async minutes(roundId: string): Promise<FrozenMinutes | null> {
    const row = await this.reads.one<Omit<FrozenMinutes, 'frozenAt'> & { frozenAt: Stamp }>`
      SELECT id AS "minutesId", content_sealed AS "contentSealed", content_hash AS "contentHash",
             frozen_at AS "frozenAt"
      FROM round_minutes WHERE round_id = ${roundId}`;
    return row && { ...row, frozenAt: instantOf(row.frozenAt) };
  }

  private async directorsOf(roundId: string): Promise<RoundDirectorView[]> {
    return this.reads.all<RoundDirectorView>`
      SELECT d.person_id AS "personId", d.name AS "name", s.choice AS "choice", s.reason AS "reason"
      FROM round_directors d
      LEFT JOIN round_stances s ON s.round_id = d.round_id AND s.person_id = d.person_id
      WHERE d.round_id = ${roundId} ORDER BY d.place`;
  }
}

function viewOf(row: RawRound, directors: readonly RoundDirectorView[]): RoundView {
  const recused = recusalsIn(directors).length;
  return {
    id: row.id,
    societyId: row.societyId,
    subjectKind: row.subjectKind,
    subjectId: row.subjectId,
    threadId: row.threadId,
    sequence: row.sequence,
    revision: row.revision,
    motion: row.motion,
    amountFen: fen(Number(row.amountFen)),
    charterArticle: row.charterArticle,
    rule: ruleOf(row),
    state: row.state,
    openedAt: instantOf(row.openedAt),
    deadlineAt: instantOf(row.deadlineAt),
    presiderId: row.presiderId,
    recorderName: row.recorderName,
    sheetFileId: row.sheetFileId,
    place: row.place,
    handsAt: optionalInstantOf(row.handsAt),
    closing: row.closing,
    decisionNumber: row.decisionNumber,
    decidedAt: optionalInstantOf(row.decidedAt),
    directors,
    recused,
    electors: directors.length - recused,
    counts: countsOf(ballotsIn(directors)),
  };
}

function summaryOf(row: RawSummary): RoundSummary {
  const [recused, yes, no, abstain] = [
    Number(row.recused),
    Number(row.yes),
    Number(row.no),
    Number(row.abstain),
  ];
  return {
    ...row,
    amountFen: fen(Number(row.amountFen)),
    recused,
    electors: row.directors - recused,
    present: yes + no + abstain,
    yes,
    no,
    abstain,
    openedAt: instantOf(row.openedAt),
    deadlineAt: instantOf(row.deadlineAt),
    decidedAt: optionalInstantOf(row.decidedAt),
  };
}
