import { endOfDay } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { GRANT_STATES, numberSought } from './domain/desk-filter.js';
import type { DeskFilter, GrantState, Place, QueueState, SubjectKind } from './domain/desk-filter.js';
import { finderRoleOf } from './domain/findings.js';
import { HEAVY, LIGHT } from './domain/risks.js';
import { RECHECK_DAYS, REVIEW_DAYS } from './domain/terms.js';
import { sql } from './sql.js';
import type { Sql } from './sql.js';

/** Who asks, of which federation, and when. */
export type Asking = {
  readonly scopeId: string;
  readonly personId: string | null;
  readonly roles: readonly string[];
  readonly now: Date;
  readonly today: Day;
};

const DAY_MS = 24 * 3_600_000;
/** A grant that was paid then is due now; of what was put right, since it was. */
export const LASTS_MS = { first: REVIEW_DAYS * DAY_MS, again: RECHECK_DAYS * DAY_MS } as const;
export type Stream = keyof typeof LASTS_MS;

const NOTICE_DUTIES = sql`'SIGN_NOTICE', 'POST_NOTICE', 'POSTING_PHOTO', 'END_NOTICE'`;

/**
 * Every society below, town unions and their villages: the federation's own cases are not its own to review. LEFT JOIN, and
 * UNION for the one row of nobody that comes of it: MariaDB would look through all organisations of the nation else.
 */
export function belowOf(scopeId: string): Sql {
  return sql`
    below (id, name) AS (
      SELECT o.id, o.name FROM organisations o WHERE o.parent_id = ${scopeId}
      UNION SELECT o.id, o.name FROM below b LEFT JOIN organisations o ON o.parent_id = b.id)`;
}

/**
 * Paid grants that wait: none was found in order, and the society owes no answer. `since` is where the clock of the desk
 * began, the payment or the last answer; databases reckon with dates in tongues of their own, so the days are added outside.
 * CROSS JOIN … ON is an inner join whose order SQLite keeps: without statistics it would begin at the wrong end.
 */
export function waitingGrants({ scopeId }: Asking): Sql {
  return sql`${belowOf(scopeId)},
    waiting AS (
      SELECT c.id, c.society_id, b.name AS society_name, c.year, c.number, c.cause, c.amount_fen, c.applicant_id,
             c.household_id, c.payee_relation, c.approved_via, c.paid_at, c.papers_done_at, c.notice_ended_at,
             COALESCE(l.answered_at, c.paid_at) AS since, CASE WHEN l.id IS NULL THEN 0 ELSE 1 END AS again,
             COALESCE(l.lap, 0) + 1 AS lap
      FROM below b
      CROSS JOIN cases c ON c.society_id = b.id AND c.state IN ('PAID', 'CLOSED')
      LEFT JOIN grant_outcomes l
        ON l.case_id = c.id AND l.lap = (SELECT MAX(x.lap) FROM grant_outcomes x WHERE x.case_id = c.id)
      WHERE l.id IS NULL OR l.answered_at IS NOT NULL)`;
}

const FOUND = sql`(SELECT COUNT(*) FROM grant_findings f WHERE f.case_id = w.id AND f.lap = w.lap)`;

const matchOf = (disposition: Sql) => sql`EXISTS (
  SELECT 1 FROM case_matches m WHERE m.case_id = w.id AND ${disposition})`;

/** The household's how-manieth paid grant of the year this is. */
const NTH = sql`(
  SELECT COUNT(*) FROM cases x
  WHERE x.society_id = w.society_id AND x.household_id = w.household_id AND x.year = w.year
    AND x.state IN ('PAID', 'CLOSED') AND (x.paid_at < w.paid_at OR (x.paid_at = w.paid_at AND x.id <= w.id)))`;

/** Each sign as a condition on a waiting grant, in the order of `SIGNS`. */
export function grantSigns({ scopeId, now }: Asking) {
  return {
    /** The card went to another applicant, in whichever society of the federation. */
    CARD_ELSEWHERE: sql`EXISTS (
      SELECT 1 FROM case_marks a
      CROSS JOIN case_marks z
        ON z.scope_id = ${scopeId} AND z.mark = a.mark AND z.kind = 'CARD' AND z.case_id <> a.case_id
      CROSS JOIN cases x ON x.id = z.case_id
      WHERE a.case_id = w.id AND a.kind = 'CARD' AND x.applicant_id <> w.applicant_id)`,
    MATCH_OPEN: matchOf(sql`COALESCE(m.disposition, 'OPEN') = 'OPEN'`),
    REPEAT_CLAIM: matchOf(sql`m.disposition = 'REPEAT_CLAIM'`),
    /** It shows too much of somebody, and hangs still: two hours are all there is. */
    PAPER_HANGS: sql`EXISTS (
      SELECT 1 FROM duties d
      WHERE d.thread_id = w.id AND d.open_key IS NOT NULL AND d.kind = 'TAKE_DOWN_PAPER' AND d.due_at < ${now})`,
    PAYEE_NOT_SELF: sql`w.payee_relation <> 'SELF'`,
    FAST_PATH: sql`w.approved_via = 'FAST'`,
    PAPERS_LATE: sql`(w.papers_done_at IS NULL AND EXISTS (
      SELECT 1 FROM duties d WHERE d.open_key = 'PAPERS:' || w.id AND d.due_at < ${now}))`,
    NOTICE_LATE: sql`(w.notice_ended_at IS NULL AND EXISTS (
      SELECT 1 FROM duties d
      WHERE d.thread_id = w.id AND d.open_key IS NOT NULL AND d.due_at < ${now} AND d.kind IN (${NOTICE_DUTIES})))`,
    AGAIN_THIS_YEAR: sql`${NTH} > 1`,
  };
}

const HEAVY_SIGNS = ['CARD_ELSEWHERE', 'MATCH_OPEN', 'REPEAT_CLAIM', 'PAPER_HANGS'] as const;
const LIGHT_SIGNS = ['PAYEE_NOT_SELF', 'FAST_PATH', 'PAPERS_LATE', 'NOTICE_LATE', 'AGAIN_THIS_YEAR'] as const;

const flag = (condition: Sql): Sql => sql`CASE WHEN ${condition} THEN 1 ELSE 0 END`;

/** The points of `risks.ts`: once a heavy sign is found nobody looks for the light ones. */
function grantPoints(asking: Asking): Sql {
  const signs = grantSigns(asking);
  const heavy = HEAVY_SIGNS.map((sign) => signs[sign]).reduce((one, other) => sql`${one} OR ${other}`);
  const light = LIGHT_SIGNS.map((sign) => flag(signs[sign])).reduce((one, other) => sql`${one} + ${other}`);
  return sql`CASE WHEN ${heavy} THEN ${HEAVY} ELSE (${light}) * ${LIGHT} END`;
}

/** What a row of the page is made of, asked of fifty rows and not of all. */
export function grantColumns(asking: Asking): Sql {
  const signs = Object.entries(grantSigns(asking)).map(([sign, condition]) => ({ sign, condition }));
  const flags = signs
    .map(({ condition }) => flag(condition))
    .reduce((one, other) => sql`${one} || ',' || ${other}`);
  return sql`
    w.id AS "id", w.society_id AS "societyId", w.society_name AS "societyName", w.year AS "year", w.number AS "number",
    w.cause AS "cause", w.amount_fen AS "amountFen", w.since AS "since", w.again AS "again", w.lap AS "lap",
    ${FOUND} AS "found", ${NTH} AS "nth", ${flags} AS "flags"`;
}

export function grantConditions(asking: Asking, filter: DeskFilter): Sql[] {
  const { view, society, cause, state, risk, due, text } = filter;
  const signs = grantSigns(asking);
  return [
    ...(view === 'mine' ? [mineGrant(asking)] : []),
    ...(view === 'today' ? [grantDueBy(endOfDay(asking.today))] : []),
    ...(view === 'high' ? [sql`${grantPoints(asking)} >= ${HEAVY}`] : []),
    ...(view === 'duplicates' ? [sql`(${signs.MATCH_OPEN} OR ${signs.REPEAT_CLAIM})`] : []),
    ...(society === '' ? [] : [sql`w.society_name LIKE ${likeOf(society)} ESCAPE '!'`]),
    ...(cause === null ? [] : [sql`w.cause = ${cause}`]),
    ...(state === null ? [] : [grantState(state)]),
    ...(risk === null ? [] : [riskIs(grantPoints(asking), risk)]),
    ...(due === null ? [] : [grantDueBy(limitOf(asking, due))]),
    ...numberIs('grant', text, sql`w.year`, sql`w.number`),
  ];
}

/** What this person may say something of and has not yet. */
export function mineGrant({ personId, roles }: Asking): Sql {
  const asRole = finderRoleOf(roles);
  if (asRole === null || personId === null) return sql`1 = 0`;
  const unsaid = sql`NOT EXISTS (
    SELECT 1 FROM grant_findings f WHERE f.case_id = w.id AND f.lap = w.lap AND f.reviewer_id = ${personId})`;
  return asRole === 'reviewer' ? unsaid : sql`${unsaid} AND ${FOUND} > 1`;
}

const GRANT_STATE: Readonly<Record<GrantState, Sql>> = {
  WAITING: sql`w.again = 0 AND ${FOUND} = 0`,
  RECHECK: sql`w.again = 1 AND ${FOUND} = 0`,
  SECOND: sql`${FOUND} = 1`,
  SPLIT: sql`${FOUND} > 1`,
};

/** In a state of relief there is no grant. */
function grantState(state: QueueState): Sql {
  const known = GRANT_STATES.find((each) => each === state);
  return known ? GRANT_STATE[known] : sql`1 = 0`;
}

export function grantDueBy(limit: Date): Sql {
  const since = (stream: Stream) => new Date(limit.getTime() - LASTS_MS[stream]);
  return sql`w.since <= CASE WHEN w.again = 1 THEN ${since('again')} ELSE ${since('first')} END`;
}

export const countedGrants = (asking: Asking): Sql => sql`
  COUNT(*) AS "all", COALESCE(SUM(${flag(mineGrant(asking))}), 0) AS "mine",
  COALESCE(SUM(${flag(grantDueBy(endOfDay(asking.today)))}), 0) AS "today",
  COALESCE(SUM(${flag(sql`${grantPoints(asking)} >= ${HEAVY}`)}), 0) AS "high",
  COALESCE(SUM(${flag(matchOf(sql`COALESCE(m.disposition, 'OPEN') IN ('OPEN', 'REPEAT_CLAIM')`))}), 0) AS "duplicates"`;

/** After the place that a page ended with. */
export function after(at: Sql, id: Sql, { dueAt, id: last }: Place, lastsMs: number): Sql {
  const since = new Date(dueAt.getTime() - lastsMs);
  return sql`(${at} > ${since} OR (${at} = ${since} AND ${id} > ${last}))`;
}

/* Relief: the clock is a duty of the desk, and the day of it is in the row. */

export function waitingRelief({ scopeId }: Asking): Sql {
  return sql`
    waiting AS (
      SELECT r.id, r.home_society_id AS society_id, h.name AS society_name, r.year, r.number, r.cause, r.state,
             COALESCE(r.grant_fen, r.total_fen) AS amount_fen, r.verify_result, r.returns, r.handled_by, r.lap,
             d.due_at AS since
      FROM relief_cases r
      JOIN organisations h ON h.id = r.home_society_id
      JOIN duties d ON d.subject_id = r.id AND d.open_key IS NOT NULL
        AND d.kind IN ('CHECK_POLICIES', 'VERIFY_RELIEF', 'ASSESS_RELIEF', 'REVIEW_RELIEF', 'OPEN_PANEL')
      WHERE r.society_id = ${scopeId}
        AND r.state IN ('SUBMITTED', 'POLICY_CHECKED', 'VERIFIED', 'ASSESSED', 'REVIEWED'))`;
}

const ABNORMAL = sql`w.verify_result = 'ABNORMAL'`;
const RETURNED = sql`w.returns > 0`;
const RELIEF_POINTS = sql`CASE WHEN ${ABNORMAL} THEN ${HEAVY} WHEN ${RETURNED} THEN ${LIGHT} ELSE 0 END`;

export const RELIEF_COLUMNS = sql`
  w.id AS "id", w.society_id AS "societyId", w.society_name AS "societyName", w.year AS "year", w.number AS "number",
  w.cause AS "cause", w.amount_fen AS "amountFen", w.since AS "since", w.state AS "state",
  ${flag(ABNORMAL)} AS "abnormal", ${flag(RETURNED)} AS "returned"`;

export function reliefConditions(asking: Asking, filter: DeskFilter): Sql[] {
  const { view, society, cause, state, risk, due, text } = filter;
  return [
    ...(view === 'mine' ? [mineRelief(asking)] : []),
    ...(view === 'today' ? [sql`w.since <= ${endOfDay(asking.today)}`] : []),
    ...(view === 'high' ? [sql`${RELIEF_POINTS} >= ${HEAVY}`] : []),
    ...(view === 'duplicates' ? [sql`1 = 0`] : []),
    ...(society === '' ? [] : [sql`w.society_name LIKE ${likeOf(society)} ESCAPE '!'`]),
    ...(cause === null ? [] : [sql`w.cause = ${cause}`]),
    ...(state === null ? [] : [sql`w.state = ${state}`]),
    ...(risk === null ? [] : [riskIs(RELIEF_POINTS, risk)]),
    ...(due === null ? [] : [sql`w.since <= ${limitOf(asking, due)}`]),
    ...numberIs('relief', text, sql`w.year`, sql`w.number`),
  ];
}

/** A reviewer's are those to be reviewed that they have not had in hands; the office has the steps before and after. */
function mineRelief({ personId, roles }: Asking): Sql {
  const own: Sql[] = [];
  if (roles.includes('reviewer') && personId !== null)
    own.push(sql`(w.state = 'ASSESSED' AND w.handled_by NOT LIKE ${`%${personId}%`} AND NOT EXISTS (
      SELECT 1 FROM relief_reviews v WHERE v.relief_id = w.id AND v.lap = w.lap AND v.reviewer_id = ${personId}))`);
  if (roles.includes('secretary') || roles.includes('clerk'))
    own.push(sql`w.state IN ('SUBMITTED', 'POLICY_CHECKED', 'VERIFIED')`);
  if (roles.includes('secretary')) own.push(sql`w.state = 'REVIEWED'`);
  const [first, ...rest] = own;
  return first ? sql`(${rest.reduce((one, other) => sql`${one} OR ${other}`, first)})` : sql`1 = 0`;
}

export const countedRelief = (asking: Asking): Sql => sql`
  COUNT(*) AS "all", COALESCE(SUM(${flag(mineRelief(asking))}), 0) AS "mine",
  COALESCE(SUM(${flag(sql`w.since <= ${endOfDay(asking.today)}`)}), 0) AS "today",
  COALESCE(SUM(${flag(sql`${RELIEF_POINTS} >= ${HEAVY}`)}), 0) AS "high", 0 AS "duplicates"`;

/* Both. */

function riskIs(points: Sql, risk: NonNullable<DeskFilter['risk']>): Sql {
  if (risk === 'HIGH') return sql`${points} >= ${HEAVY}`;
  return risk === 'NONE' ? sql`${points} = 0` : sql`${points} BETWEEN 1 AND ${HEAVY - 1}`;
}

function limitOf({ now, today }: Asking, due: NonNullable<DeskFilter['due']>): Date {
  if (due === 'late') return now;
  return due === 'today' ? endOfDay(today) : new Date(endOfDay(today).getTime() + 6 * DAY_MS);
}

const likeOf = (words: string): string => `%${words.replace(/[!%_]/g, '!$&')}%`;

function numberIs(kind: SubjectKind, text: string, year: Sql, number: Sql): Sql[] {
  if (text === '') return [];
  const sought = numberSought(text);
  if (!sought || (sought.kind !== null && sought.kind !== kind)) return [sql`1 = 0`];
  return [
    sql`${number} = ${sought.number}`,
    ...(sought.year === null ? [] : [sql`${year} = ${sought.year}`]),
  ];
}
