import { Injectable } from '@nestjs/common';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { instantOf, optionalInstantOf, Reads } from '../platform/database/reads.js';
import { isUnconfirmed } from './domain/ballot-box.js';
import type { Stance } from './domain/ballot-box.js';
import { countsOf } from './domain/board-vote.js';
import type { Choice, Counts, VoteRule } from './domain/board-vote.js';
import { RoundNotFound } from './domain/board.errors.js';
import type { Closing } from './domain/closing.js';
import type { RecusalReason } from './domain/electorate.js';
import type { RoundState } from './domain/round-state.js';
import { ballotsIn, recusalsIn, ruleOf } from './round-rows.js';
import type { RoundStance } from './round-stance.entity.js';
import type { Round } from './round.entity.js';

/** What a director said once: a ballot with its way, a recusal, or a ballot that the office took back. */
export type SaidView = Pick<Stance, 'kind' | 'choice' | 'reason' | 'how'> & {
  readonly byLink: boolean;
  /** Told by phone, and not yet confirmed by the director: it counts, and is shown as such everywhere. */
  readonly unconfirmed: boolean;
  /** Who wrote it down; null where the director gave it himself. */
  readonly recorderName: string | null;
  readonly at: Date;
};

/** One director of the snapshot and what this director said: a choice, a reason to stand aside, or nothing yet. */
export type RoundDirectorView = {
  readonly personId: string;
  readonly name: string;
  readonly choice: Choice | null;
  readonly reason: RecusalReason | null;
  /** How the ballot was given that counts. */
  readonly how: Stance['how'] | null;
  readonly unconfirmed: boolean;
  /** All that was said, in the order of saying: the last one counts. */
  readonly said: readonly SaidView[];
};

export type RoundView = {
  readonly id: string;
  readonly societyId: string;
  readonly societyName: string;
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
  readonly metAt: Date | null;
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
type RawRound = Omit<Round, 'amountFen' | 'openedAt' | 'deadlineAt' | 'metAt' | 'decidedAt'> & {
  amountFen: Big;
  openedAt: Stamp;
  deadlineAt: Stamp;
  metAt: Stamp | null;
  decidedAt: Stamp | null;
};
type RawSummary = {
  id: string;
  sequence: number;
  state: RoundState;
  revision: string;
  amountFen: Big;
  directors: number;
  presiderId: string | null;
  decisionNumber: string | null;
  openedAt: Stamp;
  deadlineAt: Stamp;
  decidedAt: Stamp | null;
};

type RawStance = Pick<
  RoundStance,
  'roundId' | 'personId' | 'sequence' | 'kind' | 'choice' | 'reason' | 'how' | 'linkId' | 'recorderName'
> & { recordedAt: Stamp };

/** A link as it was found by its secret. */
export type FoundLink = {
  readonly id: string;
  readonly roundId: string;
  readonly societyId: string;
  readonly directorId: string;
  readonly isRevoked: boolean;
};

/** Why a director said no, still sealed. */
export type SealedReason = {
  readonly stanceId: string;
  readonly name: string;
  readonly sealed: string;
  readonly at: Date;
};

const MOST_AT_ONCE = 100;

@Injectable()
export class BoardQueries {
  constructor(private readonly reads: Reads) {}

  /** Another society's round is not there (D4-69). */
  async round(societyId: string, roundId: string): Promise<RoundView> {
    const row = await this.reads.one<RawRound>`
      SELECT id AS "id", society_id AS "societyId", society_name AS "societyName",
             subject_kind AS "subjectKind", subject_id AS "subjectId", thread_id AS "threadId", sequence AS "sequence", revision AS "revision", motion AS "motion",
             amount_fen AS "amountFen", charter_article AS "charterArticle",
             quorum_numerator AS "quorumNumerator", quorum_denominator AS "quorumDenominator",
             majority_numerator AS "majorityNumerator", majority_denominator AS "majorityDenominator",
             state AS "state", opened_at AS "openedAt", deadline_at AS "deadlineAt",
             presider_id AS "presiderId", recorder_name AS "recorderName", sheet_file_id AS "sheetFileId",
             place AS "place", met_at AS "metAt", closing AS "closing",
             decision_number AS "decisionNumber", decided_at AS "decidedAt"
      FROM rounds WHERE id = ${roundId} AND society_id = ${societyId}`;
    if (!row) throw new RoundNotFound();
    return viewOf(row, await this.directorsOf(roundId), await this.saidIn(roundId));
  }

  /** The rounds of one subject, the last first. */
  async roundsOf(subjectKind: string, subjectId: string): Promise<RoundSummary[]> {
    const rows = await this.reads.all<RawSummary>`
      SELECT id AS "id", sequence AS "sequence", state AS "state", revision AS "revision",
             amount_fen AS "amountFen", directors AS "directors", presider_id AS "presiderId",
             decision_number AS "decisionNumber", opened_at AS "openedAt", deadline_at AS "deadlineAt",
             decided_at AS "decidedAt"
      FROM rounds WHERE subject_kind = ${subjectKind} AND subject_id = ${subjectId}
      ORDER BY sequence DESC`;
    const said = await this.reads.all<RawStance>`
      SELECT s.round_id AS "roundId", s.person_id AS "personId", s.sequence AS "sequence",
             s.choice AS "choice", s.reason AS "reason"
      FROM round_stances s JOIN rounds r ON r.id = s.round_id
      WHERE r.subject_kind = ${subjectKind} AND r.subject_id = ${subjectId}`;
    return rows.map((row) =>
      summaryOf(
        row,
        said.filter(({ roundId }) => roundId === row.id),
      ),
    );
  }

  /** Whoever had a hand in the rounds of a thread: asked the board, presided over it, or said yes or no to it. */
  async handsIn(threadId: string): Promise<ReadonlySet<string>> {
    const rows = await this.reads.all<{ personId: string }>`
      SELECT opened_by AS "personId" FROM rounds WHERE thread_id = ${threadId} AND opened_by IS NOT NULL
      UNION SELECT presider_id FROM rounds WHERE thread_id = ${threadId} AND presider_id IS NOT NULL
      UNION SELECT s.person_id FROM round_stances s JOIN rounds r ON r.id = s.round_id
            WHERE r.thread_id = ${threadId} AND s.choice IS NOT NULL`;
    return new Set(rows.map(({ personId }) => personId));
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

  async findLink(hash: string): Promise<FoundLink | null> {
    const row = await this.reads.one<Omit<FoundLink, 'isRevoked'> & { revokedAt: Stamp | null }>`
      SELECT l.id AS "id", l.round_id AS "roundId", r.society_id AS "societyId", l.person_id AS "directorId",
             l.revoked_at AS "revokedAt"
      FROM ballot_links l JOIN rounds r ON r.id = l.round_id WHERE l.token_hash = ${hash}`;
    if (!row) return null;
    const { revokedAt, ...link } = row;
    return { ...link, isRevoked: revokedAt !== null };
  }

  /** Of every no that was given with a reason, changed later or not. */
  async reasonsIn(roundId: string): Promise<SealedReason[]> {
    const rows = await this.reads.all<Omit<SealedReason, 'at'> & { at: Stamp }>`
      SELECT s.id AS "stanceId", d.name AS "name", s.why_sealed AS "sealed", s.recorded_at AS "at"
      FROM round_stances s
      JOIN round_directors d ON d.round_id = s.round_id AND d.person_id = s.person_id
      WHERE s.round_id = ${roundId} AND s.why_sealed IS NOT NULL ORDER BY s.recorded_at, s.id`;
    return rows.map((row) => ({ ...row, at: instantOf(row.at) }));
  }

  private async directorsOf(roundId: string): Promise<{ personId: string; name: string }[]> {
    return this.reads.all<{ personId: string; name: string }>`
      SELECT person_id AS "personId", name AS "name" FROM round_directors
      WHERE round_id = ${roundId} ORDER BY place`;
  }

  private async saidIn(roundId: string): Promise<RawStance[]> {
    return this.reads.all<RawStance>`
      SELECT round_id AS "roundId", person_id AS "personId", sequence AS "sequence", kind AS "kind",
             choice AS "choice", reason AS "reason", how AS "how", link_id AS "linkId",
             recorder_name AS "recorderName", recorded_at AS "recordedAt"
      FROM round_stances WHERE round_id = ${roundId} ORDER BY sequence`;
  }
}

function viewOf(
  row: RawRound,
  directors: readonly { personId: string; name: string }[],
  said: readonly RawStance[],
): RoundView {
  const recused = recusalsIn(said).length;
  return {
    id: row.id,
    societyId: row.societyId,
    societyName: row.societyName,
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
    metAt: optionalInstantOf(row.metAt),
    closing: row.closing,
    decisionNumber: row.decisionNumber,
    decidedAt: optionalInstantOf(row.decidedAt),
    directors: directors.map((director) => directorView(director, said)),
    recused,
    electors: directors.length - recused,
    counts: countsOf(ballotsIn(said)),
  };
}

function directorView(
  director: { readonly personId: string; readonly name: string },
  all: readonly RawStance[],
): RoundDirectorView {
  const said = all.filter(({ personId }) => personId === director.personId).map(saidView);
  const last = said.at(-1);
  return {
    ...director,
    choice: last?.choice ?? null,
    reason: last?.reason ?? null,
    how: last?.how ?? null,
    unconfirmed: last?.unconfirmed ?? false,
    said,
  };
}

function saidView(stance: RawStance): SaidView {
  const { kind, choice, reason, how, linkId, recorderName, recordedAt } = stance;
  const unconfirmed = isUnconfirmed(stance);
  const at = instantOf(recordedAt);
  return { kind, choice, reason, how, byLink: linkId !== null, unconfirmed, recorderName, at };
}

function summaryOf(row: RawSummary, said: readonly RawStance[]): RoundSummary {
  const counts = countsOf(ballotsIn(said));
  const recused = recusalsIn(said).length;
  return {
    ...row,
    ...counts,
    amountFen: fen(Number(row.amountFen)),
    recused,
    electors: row.directors - recused,
    present: counts.yes + counts.no + counts.abstain,
    openedAt: instantOf(row.openedAt),
    deadlineAt: instantOf(row.deadlineAt),
    decidedAt: optionalInstantOf(row.decidedAt),
  };
}
