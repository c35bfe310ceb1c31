import { Injectable } from '@nestjs/common';
import { workOut } from '../funds/domain/worksheet.js';
import type { Deduction, Worksheet } from '../funds/domain/worksheet.js';
import { FundsQueries } from '../funds/index.js';
import type { ReliefPaper } from '../funds/domain/rule.js';
import type { Rule } from '../funds/index.js';
import type { Cause } from '../kernel/causes.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { instantOf, listOf, optionalInstantOf, Reads } from '../platform/database/reads.js';
import { billOf } from './domain/policies.js';
import type { PlannedPart } from './domain/parts.js';
import { DESK_STATES } from './domain/relief-procedure.js';
import type { ReliefState } from './domain/relief-procedure.js';
import { reliefNumberText } from './domain/relief-words.js';
import type {
  PolicyOutcome,
  RefundReason,
  ReliefEnd,
  ReviewReason,
  VerifyResult,
} from './domain/relief-words.js';
import { ReliefNotFound } from './domain/relief.errors.js';
import { sumWords } from './domain/sum-words.js';
import type { SumWords } from './domain/sum-words.js';
import { ReliefSeals } from './relief.seals.js';

/** A case as the desk, the home and the steps before a unit of work read it: no name and nothing sealed. */
export type ReliefFacts = {
  readonly id: string;
  /** The federation. */
  readonly societyId: string;
  /** 慈救2026-0003 */
  readonly text: string;
  readonly state: ReliefState;
  readonly homeSocietyId: string;
  readonly homeName: string;
  readonly submittedBySocietyId: string;
  readonly originPersonId: string;
  readonly applicantId: string;
  readonly fundId: string;
  readonly nodeId: string;
  /** With the project whose money it is: 一米阳光慈善基金 · 惠民医保. */
  readonly fundName: string;
  readonly cause: Cause;
  readonly totalFen: Fen;
  readonly debtsFen: Fen;
  readonly accountId: string | null;
  readonly submittedAt: Date;
  readonly submittedBy: string | null;
  readonly lap: number;
  readonly returns: number;
  readonly returnedFrom: ReliefState | null;
  readonly clockLeft: number | null;
  readonly verifiedAt: Date | null;
  readonly verifyResult: VerifyResult | null;
  readonly handledBy: readonly string[];
  readonly reviewedAt: Date | null;
  readonly panels: number;
  readonly claim: string | null;
  readonly ruleId: string | null;
  readonly sheet: Worksheet | null;
  readonly grantFen: Fen | null;
  readonly plan: readonly PlannedPart[] | null;
  readonly noticeEndedAt: Date | null;
  readonly advancedFen: Fen;
  readonly approvedAt: Date | null;
  readonly approvedBy: string | null;
  readonly paidFen: Fen;
  readonly paidAt: Date | null;
  readonly followedUpAt: Date | null;
  readonly resultEndedAt: Date | null;
  readonly demandedFen: Fen;
  readonly refundedFen: Fen;
  readonly closedAt: Date | null;
  readonly endedAt: Date | null;
  readonly endReason: ReliefEnd | null;
};

type Instant = Date | string;
type Raw = Omit<
  ReliefFacts,
  | 'text'
  | 'fundName'
  | 'sheet'
  | 'plan'
  | 'handledBy'
  | 'submittedAt'
  | 'verifiedAt'
  | 'reviewedAt'
  | 'noticeEndedAt'
  | 'approvedAt'
  | 'paidAt'
  | 'followedUpAt'
  | 'resultEndedAt'
  | 'closedAt'
  | 'endedAt'
> & {
  readonly year: number;
  readonly number: number;
  readonly rootName: string;
  readonly nodeName: string;
  readonly sheet: string | null;
  readonly plan: string | null;
  readonly handledBy: string;
  readonly submittedAt: Instant;
  readonly verifiedAt: Instant | null;
  readonly reviewedAt: Instant | null;
  readonly noticeEndedAt: Instant | null;
  readonly approvedAt: Instant | null;
  readonly paidAt: Instant | null;
  readonly followedUpAt: Instant | null;
  readonly resultEndedAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly endedAt: Instant | null;
};

/** A line of the list of the desk, or of what a society has submitted. */
export type ReliefLine = {
  readonly id: string;
  readonly text: string;
  readonly state: ReliefState;
  readonly homeName: string;
  readonly fundName: string;
  readonly cause: Cause;
  readonly totalFen: Fen;
  readonly grantFen: Fen | null;
  readonly submittedAt: Date;
  /** In the register of the federation. */
  readonly applicantId: string;
  /** The next thing that is owed; null where nothing is. */
  readonly dueAt: Date | null;
};

/** What the address of the list says; empty words filter nothing. */
export type ReliefFilter = {
  readonly state?: ReliefState | null;
  readonly fundId?: string | null;
  readonly homeId?: string | null;
  readonly cause?: Cause | null;
  /** Only what this person may still review: not handled, not reviewed before by the same person. */
  readonly reviewerId?: string | null;
  /** The id of the last line of the page before. */
  readonly after?: string | null;
  readonly limit?: number;
};
export type ReliefPage = {
  readonly items: readonly ReliefLine[];
  readonly count: number;
  readonly next: string | null;
};

export type InvoiceFact = { readonly number: string; readonly amountFen: Fen };
export type PolicyFact = {
  readonly deduction: Deduction;
  readonly outcome: PolicyOutcome;
  readonly amountFen: Fen;
  readonly proof: string | null;
};
export type PaperFact = {
  readonly kind: ReliefPaper;
  readonly fileId: string;
  readonly addedAt: Date;
};
export type PaymentFact = {
  readonly id: string;
  readonly seq: number;
  readonly kind: 'ADVANCE' | 'PART';
  readonly amountFen: Fen;
  readonly institutionId: string | null;
  readonly state: 'ORDERED' | 'PAID' | 'OFF';
  readonly paidAt: Date | null;
  readonly refundedFen: Fen;
};
export type ScoreFact = { readonly personId: string; readonly score: number };
export type ReviewFact = {
  readonly reviewerId: string;
  readonly reason: ReviewReason;
  readonly note: string | null;
  readonly reviewedAt: Date;
};
export type ReturnFact = {
  readonly number: number;
  readonly items: readonly ReliefPaper[];
  readonly note: string | null;
  readonly returnedAt: Date;
  readonly answeredAt: Date | null;
};
export type HoldFact = {
  readonly noticeId: string;
  readonly heldAt: Date;
  readonly outcome: 'DISMISSED' | 'UPHELD' | null;
  readonly decidedAt: Date | null;
};
export type AdvanceFact = {
  readonly id: string;
  readonly amountFen: Fen;
  readonly institutionId: string | null;
  readonly fileId: string;
  readonly askedAt: Date;
  readonly askedBy: string | null;
  readonly chairAt: Date | null;
  readonly chairId: string | null;
  readonly supervisorAt: Date | null;
  readonly supervisorId: string | null;
};
export type RefundFact = {
  readonly reason: RefundReason;
  readonly laterFen: Fen;
  readonly excessFen: Fen;
  readonly demandedAt: Date;
};

/** The worksheet as it stands: of the panel once there was one, before it by the rule of today. */
export type Sum = {
  readonly rule: Rule;
  readonly sheet: Worksheet;
  readonly words: SumWords;
  /** A panel has fixed it. */
  readonly isFixed: boolean;
};

const MOST_ON_A_PAGE = 100;

@Injectable()
export class ReliefQueries {
  constructor(
    private readonly reads: Reads,
    private readonly funds: FundsQueries,
    private readonly seals: ReliefSeals,
    private readonly clock: Clock,
  ) {}

  /** Of the federation that has it, or the society that answers for the family; to all others it is not there (D4-69). */
  async relief(societyId: string, reliefId: string): Promise<ReliefFacts> {
    const row = await this.reads.one<Raw>`
      SELECT r.id AS "id", r.society_id AS "societyId", r.year AS "year", r.number AS "number", r.state AS "state",
             r.home_society_id AS "homeSocietyId", h.name AS "homeName",
             r.submitted_by_society_id AS "submittedBySocietyId", r.origin_person_id AS "originPersonId",
             r.applicant_id AS "applicantId", r.fund_id AS "fundId", r.node_id AS "nodeId", f.name AS "rootName",
             n.name AS "nodeName", r.cause AS "cause", r.total_fen AS "totalFen", r.debts_fen AS "debtsFen",
             r.account_id AS "accountId", r.submitted_at AS "submittedAt", r.submitted_by AS "submittedBy",
             r.lap AS "lap", r.returns AS "returns", r.returned_from AS "returnedFrom", r.clock_left AS "clockLeft",
             r.verified_at AS "verifiedAt", r.verify_result AS "verifyResult", r.handled_by AS "handledBy",
             r.reviewed_at AS "reviewedAt", r.panels AS "panels", r.claim AS "claim", r.rule_id AS "ruleId",
             r.sheet AS "sheet", r.grant_fen AS "grantFen", r.plan AS "plan", r.notice_ended_at AS "noticeEndedAt",
             r.advanced_fen AS "advancedFen", r.approved_at AS "approvedAt", r.approved_by AS "approvedBy",
             r.paid_fen AS "paidFen", r.paid_at AS "paidAt", r.followed_up_at AS "followedUpAt",
             r.result_ended_at AS "resultEndedAt", r.demanded_fen AS "demandedFen", r.refunded_fen AS "refundedFen",
             r.closed_at AS "closedAt", r.ended_at AS "endedAt", r.end_reason AS "endReason"
      FROM relief_cases r
      JOIN organisations h ON h.id = r.home_society_id
      JOIN funds f ON f.id = r.fund_id JOIN funds n ON n.id = r.node_id
      WHERE r.id = ${reliefId} AND (r.society_id = ${societyId} OR r.home_society_id = ${societyId})`;
    if (!row) throw new ReliefNotFound();
    return factsOf(row);
  }

  /** The newest first: of the federation all that it has, of a society what it answers for. */
  async list(societyId: string, filter: ReliefFilter = {}): Promise<ReliefPage> {
    const { state = null, fundId = null, homeId = null, cause = null, after = null } = filter;
    const { reviewerId = null } = filter;
    const handled = `%${reviewerId ?? ''}%`; // ids are as long as each other: none is a part of another
    const size = Math.min(Math.max(filter.limit ?? 50, 1), MOST_ON_A_PAGE);
    const rows = await this.reads.all<
      Omit<ReliefLine, 'text' | 'fundName' | 'submittedAt' | 'dueAt'> & {
        year: number;
        number: number;
        rootName: string;
        nodeName: string;
        submittedAt: Instant;
        dueAt: Instant | null;
      }
    >`
      SELECT r.id AS "id", r.year AS "year", r.number AS "number", r.state AS "state", h.name AS "homeName",
             f.name AS "rootName", n.name AS "nodeName", r.cause AS "cause", r.total_fen AS "totalFen",
             r.grant_fen AS "grantFen", r.submitted_at AS "submittedAt", r.applicant_id AS "applicantId",
             (SELECT MIN(d.due_at) FROM duties d WHERE d.thread_id = r.id AND d.open_key IS NOT NULL) AS "dueAt"
      FROM relief_cases r
      JOIN organisations h ON h.id = r.home_society_id
      JOIN funds f ON f.id = r.fund_id JOIN funds n ON n.id = r.node_id
      WHERE (r.society_id = ${societyId} OR r.home_society_id = ${societyId})
        AND (${state} IS NULL OR r.state = ${state}) AND (${fundId} IS NULL OR r.fund_id = ${fundId})
        AND (${homeId} IS NULL OR r.home_society_id = ${homeId}) AND (${cause} IS NULL OR r.cause = ${cause})
        AND (${reviewerId} IS NULL OR (r.state = 'ASSESSED' AND r.handled_by NOT LIKE ${handled}
          AND NOT EXISTS (SELECT 1 FROM relief_reviews v
                          WHERE v.relief_id = r.id AND v.lap = r.lap AND v.reviewer_id = ${reviewerId})))
        AND (${after} IS NULL OR r.id < ${after})
      ORDER BY r.id DESC LIMIT ${size + 1}`;
    const counted = await this.reads.one<{ count: number | string }>`
      SELECT COUNT(*) AS "count" FROM relief_cases r
      WHERE (r.society_id = ${societyId} OR r.home_society_id = ${societyId})
        AND (${state} IS NULL OR r.state = ${state}) AND (${fundId} IS NULL OR r.fund_id = ${fundId})
        AND (${homeId} IS NULL OR r.home_society_id = ${homeId}) AND (${cause} IS NULL OR r.cause = ${cause})
        AND (${reviewerId} IS NULL OR (r.state = 'ASSESSED' AND r.handled_by NOT LIKE ${handled}
          AND NOT EXISTS (SELECT 1 FROM relief_reviews v
                          WHERE v.relief_id = r.id AND v.lap = r.lap AND v.reviewer_id = ${reviewerId})))`;
    const items = rows.slice(0, size).map(({ year, number, rootName, nodeName, ...row }) => ({
      ...row,
      text: reliefNumberText({ year, number }),
      fundName: fundNameOf(rootName, nodeName),
      totalFen: fen(Number(row.totalFen)),
      grantFen: row.grantFen === null ? null : fen(Number(row.grantFen)),
      submittedAt: instantOf(row.submittedAt),
      dueAt: optionalInstantOf(row.dueAt),
    }));
    return {
      items,
      count: Number(counted?.count ?? 0),
      next: rows.length > size ? (items.at(-1)?.id ?? null) : null,
    };
  }

  /** How many stand where, for the tabs of the list. */
  async counts(societyId: string): Promise<ReadonlyMap<ReliefState, number>> {
    const rows = await this.reads.all<{ state: ReliefState; count: number | string }>`
      SELECT state AS "state", COUNT(*) AS "count" FROM relief_cases
      WHERE society_id = ${societyId} OR home_society_id = ${societyId} GROUP BY state`;
    return new Map(rows.map(({ state, count }) => [state, Number(count)]));
  }

  /**
   * The numbers of a person's cases in these states of which nothing was paid, by the register of the home or the
   * federation, the oldest first.
   */
  async unpaidOf(societyId: string, personId: string, states: readonly ReliefState[]): Promise<string[]> {
    const rows = await this.reads.among<{ year: number; number: number }>`
      SELECT year AS "year", number AS "number" FROM relief_cases
      WHERE ((society_id = ${societyId} AND applicant_id = ${personId})
          OR (home_society_id = ${societyId} AND origin_person_id = ${personId}))
        AND state IN ${listOf(states)} AND paid_fen = 0
      ORDER BY year, number`;
    return rows.map(reliefNumberText);
  }

  /** The societies that have asked the federation. */
  async homes(federationId: string): Promise<{ readonly id: string; readonly name: string }[]> {
    return this.reads.all<{ id: string; name: string }>`
      SELECT DISTINCT h.id AS "id", h.name AS "name" FROM relief_cases r
      JOIN organisations h ON h.id = r.home_society_id
      WHERE r.society_id = ${federationId} ORDER BY h.name, h.id`;
  }

  async invoices(reliefId: string): Promise<InvoiceFact[]> {
    const rows = await this.reads.all<{ number: string; amountFen: number | string }>`
      SELECT number AS "number", amount_fen AS "amountFen" FROM relief_invoices
      WHERE relief_id = ${reliefId} AND removed_at IS NULL ORDER BY id`;
    return rows.map(({ number, amountFen }) => ({ number, amountFen: fen(Number(amountFen)) }));
  }

  async policies({ id, lap }: Pick<ReliefFacts, 'id' | 'lap'>): Promise<PolicyFact[]> {
    const rows = await this.reads.all<Omit<PolicyFact, 'amountFen'> & { amountFen: number | string }>`
      SELECT deduction AS "deduction", outcome AS "outcome", amount_fen AS "amountFen", proof AS "proof"
      FROM relief_policies WHERE relief_id = ${id} AND lap = ${lap} ORDER BY id`;
    return rows.map((row) => ({ ...row, amountFen: fen(Number(row.amountFen)) }));
  }

  async papers(reliefId: string): Promise<PaperFact[]> {
    const rows = await this.reads.all<Omit<PaperFact, 'addedAt'> & { addedAt: Instant }>`
      SELECT kind AS "kind", file_id AS "fileId", added_at AS "addedAt"
      FROM relief_papers WHERE relief_id = ${reliefId} ORDER BY id`;
    return rows.map((row) => ({ ...row, addedAt: instantOf(row.addedAt) }));
  }

  async payments(reliefId: string): Promise<PaymentFact[]> {
    const rows = await this.reads.all<Omit<PaymentFact, 'paidAt'> & { paidAt: Instant | null }>`
      SELECT id AS "id", seq AS "seq", kind AS "kind", amount_fen AS "amountFen", institution_id AS "institutionId",
             state AS "state", paid_at AS "paidAt", refunded_fen AS "refundedFen"
      FROM relief_payments WHERE relief_id = ${reliefId} ORDER BY seq`;
    return rows.map((row) => ({
      ...row,
      amountFen: fen(Number(row.amountFen)),
      refundedFen: fen(Number(row.refundedFen)),
      paidAt: optionalInstantOf(row.paidAt),
    }));
  }

  /** Whose payment it is: the id of the case. */
  async reliefOfPayment(paymentId: string): Promise<string> {
    const row = await this.reads.one<{ reliefId: string }>`
      SELECT relief_id AS "reliefId" FROM relief_payments WHERE id = ${paymentId}`;
    if (!row) throw new ReliefNotFound();
    return row.reliefId;
  }

  async scores({ id, lap }: Pick<ReliefFacts, 'id' | 'lap'>): Promise<ScoreFact[]> {
    return this.reads.all<ScoreFact>`
      SELECT person_id AS "personId", score AS "score" FROM relief_scores
      WHERE relief_id = ${id} AND lap = ${lap} ORDER BY id`;
  }

  async opinion({ id, lap }: Pick<ReliefFacts, 'id' | 'lap'>): Promise<string | null> {
    const row = await this.reads.one<{ id: string; sealed: string }>`
      SELECT id AS "id", opinion_sealed AS "sealed" FROM relief_assessments
      WHERE relief_id = ${id} AND lap = ${lap}`;
    return row && this.seals.open('opinion', row.id, row.sealed);
  }

  /** The sheet that the assessors signed. */
  async assessmentSheet({ id, lap }: Pick<ReliefFacts, 'id' | 'lap'>): Promise<string | null> {
    const row = await this.reads.one<{ fileId: string }>`
      SELECT file_id AS "fileId" FROM relief_assessments WHERE relief_id = ${id} AND lap = ${lap}`;
    return row?.fileId ?? null;
  }

  async reviews({ id, lap }: Pick<ReliefFacts, 'id' | 'lap'>): Promise<ReviewFact[]> {
    const rows = await this.reads.all<{
      id: string;
      reviewerId: string;
      reason: ReviewReason;
      sealed: string | null;
      reviewedAt: Instant;
    }>`
      SELECT id AS "id", reviewer_id AS "reviewerId", reason AS "reason", note_sealed AS "sealed",
             reviewed_at AS "reviewedAt"
      FROM relief_reviews WHERE relief_id = ${id} AND lap = ${lap} ORDER BY id`;
    return rows.map(({ id: rowId, sealed, reviewedAt, ...row }) => ({
      ...row,
      note: this.seals.open('review_note', rowId, sealed),
      reviewedAt: instantOf(reviewedAt),
    }));
  }

  async returns(reliefId: string): Promise<ReturnFact[]> {
    const rows = await this.reads.all<{
      id: string;
      number: number;
      items: string;
      sealed: string | null;
      returnedAt: Instant;
      answeredAt: Instant | null;
    }>`
      SELECT id AS "id", number AS "number", items AS "items", note_sealed AS "sealed",
             returned_at AS "returnedAt", answered_at AS "answeredAt"
      FROM relief_returns WHERE relief_id = ${reliefId} ORDER BY number`;
    return rows.map(({ id, items, sealed, number, returnedAt, answeredAt }) => ({
      number,
      items: JSON.parse(items) as ReliefPaper[],
      note: this.seals.open('return_note', id, sealed),
      returnedAt: instantOf(returnedAt),
      answeredAt: optionalInstantOf(answeredAt),
    }));
  }

  async holds(reliefId: string): Promise<HoldFact[]> {
    type Raw = Omit<HoldFact, 'heldAt' | 'decidedAt'> & { heldAt: Instant; decidedAt: Instant | null };
    const rows = await this.reads.all<Raw>`
      SELECT notice_id AS "noticeId", held_at AS "heldAt", outcome AS "outcome", decided_at AS "decidedAt"
      FROM relief_holds WHERE relief_id = ${reliefId} ORDER BY id`;
    return rows.map(({ heldAt, decidedAt, ...hold }) => ({
      ...hold,
      heldAt: instantOf(heldAt),
      decidedAt: optionalInstantOf(decidedAt),
    }));
  }

  async advance(reliefId: string): Promise<AdvanceFact | null> {
    const row = await this.reads.one<
      Omit<AdvanceFact, 'askedAt' | 'chairAt' | 'supervisorAt'> & {
        askedAt: Instant;
        chairAt: Instant | null;
        supervisorAt: Instant | null;
      }
    >`
      SELECT id AS "id", amount_fen AS "amountFen", institution_id AS "institutionId", file_id AS "fileId",
             asked_at AS "askedAt", asked_by AS "askedBy", chair_at AS "chairAt", chair_id AS "chairId",
             supervisor_at AS "supervisorAt", supervisor_id AS "supervisorId"
      FROM relief_advances WHERE relief_id = ${reliefId}`;
    return (
      row && {
        ...row,
        amountFen: fen(Number(row.amountFen)),
        askedAt: instantOf(row.askedAt),
        chairAt: optionalInstantOf(row.chairAt),
        supervisorAt: optionalInstantOf(row.supervisorAt),
      }
    );
  }

  async refunds(reliefId: string): Promise<RefundFact[]> {
    const rows = await this.reads.all<
      Record<'laterFen' | 'excessFen', number | string> & { reason: RefundReason; demandedAt: Instant }
    >`
      SELECT reason AS "reason", later_fen AS "laterFen", excess_fen AS "excessFen", demanded_at AS "demandedAt"
      FROM relief_refunds WHERE relief_id = ${reliefId} ORDER BY id`;
    return rows.map(({ reason, laterFen, excessFen, demandedAt }) => ({
      reason,
      laterFen: fen(Number(laterFen)),
      excessFen: fen(Number(excessFen)),
      demandedAt: instantOf(demandedAt),
    }));
  }

  async story(reliefId: string): Promise<string | null> {
    const row = await this.reads.one<{ sealed: string | null }>`
      SELECT story_sealed AS "sealed" FROM relief_cases WHERE id = ${reliefId}`;
    return this.seals.open('story', reliefId, row?.sealed ?? null);
  }

  async verifyNote(reliefId: string): Promise<string | null> {
    const row = await this.reads.one<{ sealed: string | null }>`
      SELECT verify_note_sealed AS "sealed" FROM relief_cases WHERE id = ${reliefId}`;
    return this.seals.open('verify_note', reliefId, row?.sealed ?? null);
  }

  /**
   * The sum that the case, its notice, its letters and the API show, from one place. Before a panel the cap is not held:
   * what the household had until now is asked for with `usedFen`.
   */
  async sum(known: ReliefFacts, usedFen: Fen): Promise<Sum> {
    const rules = await this.funds.rules(known.fundId);
    const fixed = rules.find(({ id }) => id === known.ruleId);
    if (fixed && known.sheet && !isAtTheDesk(known.state))
      return { rule: fixed, sheet: known.sheet, words: sumWords(fixed, known.sheet), isFixed: true };
    const rule = await this.funds.ruleOn(known.fundId, this.today());
    const sheet = workOut(billOf(known.totalFen, await this.policies(known)), rule, usedFen);
    return { rule, sheet, words: sumWords(rule, sheet), isFixed: false };
  }

  /** Files sent back whose time to complete them is over. */
  async overdueReturns(now: Date): Promise<{ id: string; societyId: string }[]> {
    return this.reads.all<{ id: string; societyId: string }>`
      SELECT r.id AS "id", r.society_id AS "societyId" FROM relief_cases r
      JOIN duties d ON d.subject_id = r.id AND d.kind = 'COMPLETE_RELIEF'
      WHERE r.state = 'RETURNED' AND d.settled_at IS NULL AND d.cancelled_at IS NULL AND d.provisional = 0
        AND d.due_at <= ${now}
      ORDER BY r.id`;
  }

  private today(): Day {
    return dayOf(this.clock.now());
  }
}

/** A panel that lapsed or was undone has left its sheet in the row: the next one reckons anew. */
const isAtTheDesk = (state: ReliefState): boolean => state === 'RETURNED' || DESK_STATES.includes(state);

export const fundNameOf = (root: string, node: string): string =>
  root === node ? root : `${root} · ${node}`;

const MONEY = ['totalFen', 'debtsFen', 'advancedFen', 'paidFen', 'demandedFen', 'refundedFen'] as const;

function factsOf({ year, number, rootName, nodeName, ...row }: Raw): ReliefFacts {
  const money = Object.fromEntries(MONEY.map((name) => [name, fen(Number(row[name]))])) as Record<
    (typeof MONEY)[number],
    Fen
  >;
  return {
    ...row,
    ...money,
    text: reliefNumberText({ year, number }),
    fundName: fundNameOf(rootName, nodeName),
    grantFen: row.grantFen === null ? null : fen(Number(row.grantFen)),
    sheet: row.sheet === null ? null : (JSON.parse(row.sheet) as Worksheet),
    plan: row.plan === null ? null : (JSON.parse(row.plan) as PlannedPart[]),
    handledBy: JSON.parse(row.handledBy) as string[],
    submittedAt: instantOf(row.submittedAt),
    verifiedAt: optionalInstantOf(row.verifiedAt),
    reviewedAt: optionalInstantOf(row.reviewedAt),
    noticeEndedAt: optionalInstantOf(row.noticeEndedAt),
    approvedAt: optionalInstantOf(row.approvedAt),
    paidAt: optionalInstantOf(row.paidAt),
    followedUpAt: optionalInstantOf(row.followedUpAt),
    resultEndedAt: optionalInstantOf(row.resultEndedAt),
    closedAt: optionalInstantOf(row.closedAt),
    endedAt: optionalInstantOf(row.endedAt),
  };
}
