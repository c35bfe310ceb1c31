import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import type { Purse } from '../../ledger/index.js';
import type { Use } from '../../notices/index.js';
import { instantOf, optionalInstantOf, Reads } from '../../platform/database/reads.js';
import type { Value } from '../../platform/database/transactions.js';
import { ChangeNotFound } from '../domain/change-of-use.errors.js';
import type { Answer, AnsweredHow, Basis, ChangeReason, ChangeState } from '../domain/change-of-use.js';

export type ChangeFacts = {
  readonly id: string;
  readonly societyId: string;
  readonly from: Purse;
  readonly into: Purse;
  readonly reason: ChangeReason;
  readonly useBefore: Use;
  readonly useAfter: Use;
  readonly planNumber: string | null;
  readonly state: ChangeState;
  readonly openedAt: Date;
  readonly askedOn: Day | null;
  readonly answerBy: Day | null;
  readonly endedAt: Date | null;
  /** Of the motion, whatever became of it. */
  readonly roundId: string | null;
  readonly decisionNumber: string | null;
  /** Held back still, gone on, on its way back, and free again. */
  readonly frozenFen: Fen;
  readonly movedFen: Fen;
  readonly returnedFen: Fen;
  readonly thawedFen: Fen;
};

/** One giver, masked, and what lies in the purse of his. */
export type GiverFacts = {
  readonly id: string;
  readonly changeId: string;
  readonly shownName: string;
  readonly answer: Answer;
  readonly how: AnsweredHow | null;
  readonly paperFileId: string | null;
  readonly answeredAt: Date | null;
  readonly linkMadeAt: Date | null;
  readonly amountFen: Fen;
  /** What of it is not carried out yet. */
  readonly frozenFen: Fen;
};

/** What nobody is asked about: by the board's resolution, or by a plan filed anew. */
export type UnaskedFacts = { readonly basis: Basis; readonly lots: number; readonly amountFen: Fen };

/** What a giver's link opens. */
export type LinkFacts = {
  readonly giverId: string;
  readonly changeId: string;
  readonly societyId: string;
  readonly societyName: string;
};

type Big = number | string;
type Stamp = Date | string;
type Sums = 'frozenFen' | 'movedFen' | 'returnedFen' | 'thawedFen';
type RawChange = Omit<ChangeFacts, 'from' | 'into' | 'openedAt' | 'endedAt' | Sums> &
  Record<Sums, Big> & {
    fund: string;
    restriction: string;
    intoFund: string;
    intoRestriction: string;
    openedAt: Stamp;
    endedAt: Stamp | null;
  };
type RawGiver = Omit<GiverFacts, 'answeredAt' | 'linkMadeAt' | 'amountFen' | 'frozenFen'> & {
  answeredAt: Stamp | null;
  linkMadeAt: Stamp | null;
  amountFen: Big;
  frozenFen: Big;
};

const MOST_ON_A_PAGE = 100;

const sumIn = (state: string, name: string) =>
  `(SELECT COALESCE(SUM(p.amount_fen), 0) FROM use_change_lots p WHERE p.change_id = c.id AND p.state = '${state}') AS "${name}"`;

const CHANGE = `
  SELECT c.id AS "id", c.society_id AS "societyId", c.fund AS "fund", c.restriction AS "restriction",
         c.into_fund AS "intoFund", c.into_restriction AS "intoRestriction", c.reason AS "reason",
         c.use_before AS "useBefore", c.use_after AS "useAfter", c.plan_number AS "planNumber", c.state AS "state",
         c.opened_at AS "openedAt", c.asked_on AS "askedOn", c.answer_by AS "answerBy", c.ended_at AS "endedAt",
         r.id AS "roundId", r.decision_number AS "decisionNumber",
         ${sumIn('FROZEN', 'frozenFen')}, ${sumIn('MOVED', 'movedFen')},
         ${sumIn('RETURNED', 'returnedFen')}, ${sumIn('THAWED', 'thawedFen')}
  FROM use_changes c LEFT JOIN rounds r ON r.subject_kind = 'use-change' AND r.subject_id = c.id `;

const GIVER = `
  SELECT w.id AS "id", w.change_id AS "changeId", d.shown_name AS "shownName", w.answer AS "answer", w.how AS "how",
         w.paper_file_id AS "paperFileId", w.answered_at AS "answeredAt", w.link_made_at AS "linkMadeAt",
         (SELECT COALESCE(SUM(p.amount_fen), 0) FROM use_change_lots p WHERE p.giver_id = w.id) AS "amountFen",
         (SELECT COALESCE(SUM(p.amount_fen), 0) FROM use_change_lots p
          WHERE p.giver_id = w.id AND p.state = 'FROZEN') AS "frozenFen"
  FROM use_change_givers w JOIN donors d ON d.id = w.donor_id `;

@Injectable()
export class ChangesOfUseQueries {
  constructor(private readonly reads: Reads) {}

  /** Another society's change is not found, like one that never was (D4-69). */
  async change(societyId: string, changeId: string): Promise<ChangeFacts> {
    const [row] = await this.changes`WHERE c.society_id = ${societyId} AND c.id = ${changeId}`;
    if (!row) throw new ChangeNotFound();
    return row;
  }

  async find(societyId: string, changeId: string): Promise<ChangeFacts | null> {
    const [row] = await this.changes`WHERE c.society_id = ${societyId} AND c.id = ${changeId}`;
    return row ?? null;
  }

  /** What is open first, then the newest. */
  async latest(societyId: string): Promise<ChangeFacts[]> {
    return this.changes`
      WHERE c.society_id = ${societyId}
      ORDER BY CASE WHEN c.open_key IS NULL THEN 1 ELSE 0 END, c.opened_at DESC, c.id DESC LIMIT ${MOST_ON_A_PAGE}`;
  }

  /** What its notice quotes: who issued it, and how the board voted. */
  async decided(changeId: string): Promise<{ readonly issuer: string; readonly decision: string | null }> {
    const row = await this.reads.one<{ issuer: string; decision: string | null }>`
      SELECT issuer AS "issuer", decision AS "decision" FROM use_changes WHERE id = ${changeId}`;
    if (!row) throw new ChangeNotFound();
    return row;
  }

  /** Who wrote down what givers said. */
  async recordersOf(changeId: string): Promise<readonly string[]> {
    const rows = await this.reads.all<{ personId: string }>`
      SELECT DISTINCT recorded_by AS "personId" FROM use_change_givers
      WHERE change_id = ${changeId} AND recorded_by IS NOT NULL`;
    return rows.map(({ personId }) => personId);
  }

  async giversOf(changeId: string): Promise<GiverFacts[]> {
    return this.givers`WHERE w.change_id = ${changeId} ORDER BY w.id`;
  }

  async giver(giverId: string): Promise<GiverFacts | null> {
    const [row] = await this.givers`WHERE w.id = ${giverId}`;
    return row ?? null;
  }

  async unaskedOf(changeId: string): Promise<UnaskedFacts[]> {
    const rows = await this.reads.all<{ basis: Basis; lots: Big; amountFen: Big }>`
      SELECT basis AS "basis", COUNT(*) AS "lots", SUM(amount_fen) AS "amountFen" FROM use_change_lots
      WHERE change_id = ${changeId} AND basis <> 'GIVER' GROUP BY basis ORDER BY basis`;
    return rows.map(({ basis, lots, amountFen }) => ({
      ...{ basis, lots: Number(lots) },
      amountFen: fen(Number(amountFen)),
    }));
  }

  /** By the hash of a link's secret: null for one that is unknown, or that a newer one replaced. */
  async byToken(tokenHash: string): Promise<LinkFacts | null> {
    return this.reads.one<LinkFacts>`
      SELECT w.id AS "giverId", c.id AS "changeId", c.society_id AS "societyId", o.name AS "societyName"
      FROM use_change_givers w JOIN use_changes c ON c.id = w.change_id JOIN organisations o ON o.id = c.society_id
      WHERE w.token_hash = ${tokenHash}`;
  }

  private async givers(text: TemplateStringsArray, ...values: Value[]): Promise<GiverFacts[]> {
    const [head = '', ...rest] = text;
    const whole = Object.assign([GIVER + head, ...rest], { raw: [] });
    const rows = await this.reads.all<RawGiver>(whole, ...values);
    return rows.map((row) => ({
      ...row,
      answeredAt: optionalInstantOf(row.answeredAt),
      linkMadeAt: optionalInstantOf(row.linkMadeAt),
      amountFen: fen(Number(row.amountFen)),
      frozenFen: fen(Number(row.frozenFen)),
    }));
  }

  private async changes(text: TemplateStringsArray, ...values: Value[]): Promise<ChangeFacts[]> {
    const [head = '', ...rest] = text;
    const whole = Object.assign([CHANGE + head, ...rest], { raw: [] });
    const rows = await this.reads.all<RawChange>(whole, ...values);
    return rows.map(({ fund, restriction, intoFund, intoRestriction, ...row }) => ({
      ...row,
      from: { fund, restriction },
      into: { fund: intoFund, restriction: intoRestriction },
      openedAt: instantOf(row.openedAt),
      endedAt: optionalInstantOf(row.endedAt),
      frozenFen: fen(Number(row.frozenFen)),
      movedFen: fen(Number(row.movedFen)),
      returnedFen: fen(Number(row.returnedFen)),
      thawedFen: fen(Number(row.thawedFen)),
    }));
  }
}
