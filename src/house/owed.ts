import { NO_MORE_PAPERS, STOPPABLE } from '../cases/index.js';
import type { DutyKind } from '../duties/index.js';
import { DESK_DUTIES, STOPPABLE_RELIEF } from '../relief/index.js';
import type { ReliefState } from '../relief/index.js';

/** Rows of a table that owe something: `must` do while this is so of them, and nobody else owes it than who `may`. */
export type OwedBy = {
  readonly table: string;
  /** The column that the duty calls its subject. */
  readonly subject: string;
  /** Conditions on `t`, in SQL. Null where the rows alone do not say that it is owed. */
  readonly must: string | null;
  readonly may: string;
  /** The kind of subject, where others owe the same of subjects of their own: what these owe is not judged here. */
  readonly of?: string;
};

/** Where it is checked instead, with more than the state of one row. */
type Elsewhere = { readonly seenBy: string };

const among = (states: readonly string[]): string =>
  `t.state IN (${states.map((each) => `'${each}'`).join(', ')})`;

/** Owed exactly as long as this is so. */
function exactly(table: string, when: string, subject = 'id'): OwedBy {
  return { table, subject, must: when, may: when };
}

/** Owed at most while this is so: what else it needs is in no row of its own. */
function atMost(table: string, may: string): OwedBy {
  return { table, subject: 'id', must: null, may };
}

/** What the desk of a fund owes of a file, as its procedure says (domain.md 2.2). */
function ofTheDesk(duty: DutyKind): readonly OwedBy[] {
  const states = (Object.keys(DESK_DUTIES) as ReliefState[]).filter(
    (state) => DESK_DUTIES[state]?.duty === duty,
  );
  if (states.length === 0) throw new Error(`No state of the desk owes ${duty}`);
  return [exactly('relief_cases', among(states))];
}

const DRAFTED = (column: string): OwedBy => ({
  ...{ table: 'notices', subject: column, must: null },
  may: "t.state IN ('DRAFT', 'SIGNED')",
});

/** The period of the pre-notice is over; while one that took its place hangs or is to be photographed, nobody is asked. */
const NOTICE_OVER = "t.state = 'PRE_NOTICE' AND t.notice_ended_at IS NOT NULL";
const HANGS_ANEW = `EXISTS (SELECT 1 FROM notices n WHERE n.subject_kind = 'relief' AND n.subject_id = t.id
  AND n.kind = 'RELIEF_PRE' AND n.state IN ('POSTED', 'RUNNING'))`;

/** An advance is a duty of its own payment; where the whole case is to be paid, it is one of the case (D4-44). */
const ADVANCE: OwedBy = {
  ...{ table: 'relief_payments', subject: 'id' },
  must: `t.kind = 'ADVANCE' AND t.state = 'ORDERED'
    AND NOT EXISTS (SELECT 1 FROM relief_cases r WHERE r.id = t.relief_id AND r.state = 'APPROVED')`,
  may: "t.kind = 'ADVANCE' AND t.state = 'ORDERED'",
};

/** What became of the matter may have ended the duty with all others of it, while the paper hangs on to its last day. */
const NOT_CALLED_OFF = `NOT EXISTS (SELECT 1 FROM duties c
  WHERE c.subject_id = t.id AND c.kind = 'END_NOTICE' AND c.cancelled_at IS NOT NULL)`;

const PAPER_HANGS = `EXISTS (SELECT 1 FROM notice_incidents i
  LEFT JOIN notice_papers_down d ON d.incident_id = i.id
  WHERE i.notice_id = t.id AND d.id IS NULL)
  AND EXISTS (SELECT 1 FROM notice_postings p WHERE p.notice_id = t.id)`;

/** What was found for a case, and not said what it is. Where the case has ended, one that is found later is asked about too. */
const UNEXPLAINED = "COALESCE(t.disposition, 'OPEN') = 'OPEN'";
const GOES_ON = `EXISTS (SELECT 1 FROM cases c
  WHERE c.id = t.case_id AND c.state NOT IN (${NO_MORE_PAPERS.map((each) => `'${each}'`).join(', ')}))`;

/** What is asked of a gift that was mistyped goes with it. */
const GIFT_STANDS = "EXISTS (SELECT 1 FROM gifts g WHERE g.id = t.gift_id AND g.state <> 'ENDED')";

const REFUSED = `t.state IN ('TO_APPROVE', 'TO_PAY')
  AND EXISTS (SELECT 1 FROM payment_attempts a WHERE a.order_id = t.id AND a.outcome IN ('FAILED', 'RETURNED'))`;

/**
 * Every kind of duty, and the state that owes it: the one place for it. A duty that is open without its state would be owed
 * for ever, and a state without its duty is forgotten (quality.md 3, R6); the reconciler asks both ways.
 */
export const OWED: Readonly<Record<DutyKind, readonly OwedBy[] | Elsewhere>> = {
  VISIT: [exactly('cases', "t.state = 'ACCEPTED'")],
  OPEN_ROUND: [exactly('cases', "t.state IN ('VERIFIED', 'LAPSED')")],
  CLOSE_ROUND: [exactly('rounds', "t.state = 'OPEN'")],
  PAY: [
    { ...exactly('cases', "t.state = 'APPROVED'"), of: 'case' },
    { ...exactly('relief_cases', "t.state = 'APPROVED'"), of: 'relief' },
    { ...ADVANCE, of: 'relief-payment' },
  ],
  PAPERS: { seenBy: 'CasesVerifier, with the papers of the file' },
  CONFIRM_WAIVER: [atMost('cases', 'EXISTS (SELECT 1 FROM case_papers p WHERE p.case_id = t.id)')],
  SIGN_NOTICE: [DRAFTED('id'), DRAFTED('subject_id')],
  POST_NOTICE: [DRAFTED('id'), DRAFTED('subject_id'), atMost('cases', "t.state = 'APPROVED'")],
  POSTING_PHOTO: [exactly('notices', "t.state = 'POSTED'")],
  END_NOTICE: [
    {
      table: 'notices',
      subject: 'id',
      must: `t.state = 'RUNNING' AND ${NOT_CALLED_OFF}`,
      may: "t.state = 'RUNNING'",
    },
  ],
  ID_NUMBER: [atMost('cases', "t.state IN ('APPROVED', 'PAID')")],
  SIGN_FAST: { seenBy: 'FastPathVerifier' },
  RATIFY: { seenBy: 'FastPathVerifier' },
  ANSWER_HANDOVER: { seenBy: 'HandoversVerifier' },
  APPROVE_PAYMENT: [exactly('payment_orders', "t.state = 'TO_APPROVE'")],
  FIX_PAYMENT: [atMost('payment_orders', REFUSED)],
  RECOVER: [exactly('recoveries', "t.state = 'OPEN'")],
  EXPLAIN_MATCH: [
    { table: 'case_matches', subject: 'id', must: `${UNEXPLAINED} AND ${GOES_ON}`, may: UNEXPLAINED },
  ],
  CHECK_POLICIES: ofTheDesk('CHECK_POLICIES'),
  VERIFY_RELIEF: ofTheDesk('VERIFY_RELIEF'),
  ASSESS_RELIEF: ofTheDesk('ASSESS_RELIEF'),
  REVIEW_RELIEF: ofTheDesk('REVIEW_RELIEF'),
  OPEN_PANEL: ofTheDesk('OPEN_PANEL'),
  COMPLETE_RELIEF: [exactly('relief_cases', "t.state = 'RETURNED'")],
  APPROVE_RELIEF: [
    { table: 'relief_cases', subject: 'id', must: `${NOTICE_OVER} AND NOT ${HANGS_ANEW}`, may: NOTICE_OVER },
  ],
  FOLLOW_UP: [exactly('relief_cases', 't.paid_at IS NOT NULL AND t.followed_up_at IS NULL')],
  LOOK_AT_MERGER: [atMost('relief_cases', 't.claim IS NOT NULL')],
  RECTIFY: { seenBy: 'FederationVerifier' },
  REVOKE_GRANT: { seenBy: 'FederationVerifier' },
  ISSUE_RECEIPT: [exactly('gifts', "t.state = 'RECEIVED' AND t.receipt_state = 'DUE'")],
  IDENTIFY_MONEY: [exactly('gifts', "t.state = 'UNKNOWN'")],
  APPROVE_REFUND: [exactly('gift_refunds', "t.state = 'ASKED'")],
  PAY_REFUND: [exactly('gift_refunds', "t.state = 'APPROVED'")],
  ASK_GIVERS: [exactly('use_changes', "t.state = 'ASKING'")],
  CHECK_GOODS: [exactly('goods_items', 't.checked_at IS NOT NULL AND t.in_stock > 0')],
  REPORT_CAMPAIGN: [exactly('campaigns', "t.state = 'OPEN'")],
  FILE_PLAN: [exactly('campaigns', "t.kind = 'PUBLIC' AND t.plan_number IS NULL AND t.state <> 'CANCELLED'")],
  TAKE_DOWN_PAPER: [exactly('notices', PAPER_HANGS)],
  REISSUE_NOTICE: [atMost('notices', "t.state = 'SUSPENDED'")],
  CORRECT_NOTICE: [atMost('notices', "t.state NOT IN ('DRAFT', 'DISCARDED')")],
  DECIDE_ANEW: { seenBy: 'the subjects: it is owed of what an objection was right about, whatever that is' },
  ASSIGN_OBJECTION: [exactly('notice_objections', "t.state = 'OPEN' AND t.inquiry_id IS NULL")],
  ANSWER_OBJECTION: [exactly('objection_inquiries', "t.state = 'OPEN'")],
  HAND_REPLY: { seenBy: 'ObjectionsVerifier, with the letters that were handed over' },
  PUBLISH_ACCOUNTS: [atMost('account_reports', 't.quarter > 0')],
  PUBLISH_ANNUAL: [atMost('account_reports', 't.quarter = 0')],
  AGREE_MANAGEMENT: [exactly('management_terms', `t.state = 'ASKED' AND ${GIFT_STANDS}`, 'gift_id')],
  CONFIRM_CORRECTION: [exactly('person_corrections', "t.state = 'WAITING'")],
  ANSWER_PERSON: [
    exactly('person_requests', "t.state = 'WAITING'"),
    exactly('donor_requests', "t.state = 'WAITING'"),
  ],
  END_STOPPED: [atMost('cases', among(STOPPABLE)), atMost('relief_cases', among(STOPPABLE_RELIEF))],
  SIGN_PLEDGE: { seenBy: 'nobody: it is derived from the terms of the day, and kept in no row' },
  HEAR_BREACH: { seenBy: 'BreachesVerifier' },
  CONFIRM_BREACH: { seenBy: 'BreachesVerifier' },
  ANSWER_APPEAL: { seenBy: 'BreachesVerifier' },
};
