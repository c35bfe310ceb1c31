import { Injectable } from '@nestjs/common';
import { caseNumberText } from '../cases/domain/case-number.js';
import type { CaseState } from '../cases/index.js';
import { maskName } from '../kernel/chinese/name-mask.js';
import type { Cause } from '../kernel/causes.js';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { instantOf, Reads } from '../platform/database/reads.js';
import { reliefNumberText } from '../relief/domain/relief-words.js';
import { SubjectNotFound } from './domain/desk.errors.js';
import { VIEWS } from './domain/desk-filter.js';
import type { DeskFilter, DeskState, Place, View } from './domain/desk-filter.js';
import { noLeaseAfter } from './domain/lease.js';
import { grantStateOf, mergedPage } from './domain/queue.js';
import type { QueueLease, QueueRow } from './domain/queue.js';
import { riskOf, SIGNS } from './domain/risks.js';
import type { Sign } from './domain/risks.js';
import { MOST_ON_A_PAGE } from './domain/terms.js';
import {
  after,
  belowOf,
  countedGrants,
  countedRelief,
  grantColumns,
  grantConditions,
  grantSigns,
  LASTS_MS,
  RELIEF_COLUMNS,
  reliefConditions,
  waitingGrants,
  waitingRelief,
} from './queue.sql.js';
import type { Asking, Stream } from './queue.sql.js';
import { all, sql, textOf } from './sql.js';
import type { Sql } from './sql.js';

/** A paid grant of a society below, waiting or not. */
export type GrantFact = {
  readonly id: string;
  readonly societyId: string;
  readonly societyName: string;
  readonly text: string;
  readonly state: CaseState;
  readonly amountFen: Fen;
};

export type QueuePage = {
  readonly rows: readonly QueueRow[];
  /** Of the whole view, not of the page. */
  readonly count: number;
  readonly next: Place | null;
};

type Big = number | string;
type Stamp = Date | string;
type RawRow = {
  id: string;
  societyName: string;
  year: number;
  number: number;
  cause: Cause;
  amountFen: Big;
  since: Stamp;
};
type RawGrant = RawRow & { again: Big; lap: Big; found: Big; nth: Big; flags: string };
type RawRelief = RawRow & { state: DeskState; abnormal: Big; returned: Big };
type Unmarked = Omit<QueueRow, 'lease' | 'firstReviewer'>;

/** The queue of a federation. As many questions for fifty rows as for one. */
@Injectable()
export class DeskQueries {
  constructor(private readonly reads: Reads) {}

  async page(
    asking: Asking,
    filter: DeskFilter,
    place: Place | null,
    size = MOST_ON_A_PAGE,
  ): Promise<QueuePage> {
    const [first, again, relief, count] = await Promise.all([
      filter.kind === 'relief' ? [] : this.grants('first', asking, filter, place, size),
      filter.kind === 'relief' ? [] : this.grants('again', asking, filter, place, size),
      filter.kind === 'grant' ? [] : this.relief(asking, filter, place, size),
      this.count(asking, filter),
    ]);
    const { rows, next } = mergedPage<Unmarked>([first, again, relief], size);
    return { rows: await this.marked(asking, rows), count, next };
  }

  /** How many wait in each of the ready-made views. */
  async counts(asking: Asking): Promise<Readonly<Record<View, number>>> {
    const [grants, relief] = await Promise.all([
      this.one<Record<View, Big>>(sql`
        WITH RECURSIVE ${waitingGrants(asking)} SELECT ${countedGrants(asking)} FROM waiting w`),
      this.one<Record<View, Big>>(sql`
        WITH ${waitingRelief(asking)} SELECT ${countedRelief(asking)} FROM waiting w`),
    ]);
    const counted = VIEWS.map((view) => [view, Number(grants?.[view] ?? 0) + Number(relief?.[view] ?? 0)]);
    return Object.fromEntries(counted) as Record<View, number>;
  }

  /** Another federation's is not there, and what was never paid is nothing to look at (D4-69). */
  async grant(scopeId: string, caseId: string): Promise<GrantFact> {
    const row = await this.one<
      Omit<GrantFact, 'text' | 'amountFen'> & { year: number; number: number; amountFen: Big }
    >(
      sql`
        WITH RECURSIVE ${belowOf(scopeId)}
        SELECT c.id AS "id", c.society_id AS "societyId", b.name AS "societyName", c.year AS "year",
               c.number AS "number", c.state AS "state", c.amount_fen AS "amountFen"
        FROM below b JOIN cases c ON c.society_id = b.id WHERE c.id = ${caseId} AND c.paid_at IS NOT NULL`,
    );
    if (!row) throw new SubjectNotFound();
    const { year, number, ...fact } = row;
    return { ...fact, text: caseNumberText({ year, number }), amountFen: fen(Number(row.amountFen)) };
  }

  /** The signs of one grant, whether it waits or not. */
  async signsOf(asking: Asking, caseId: string): Promise<{ signs: readonly Sign[]; nth: number }> {
    const row = await this.one<RawGrant>(sql`
      WITH RECURSIVE ${waitingGrants(asking)}
      SELECT ${grantColumns(asking)} FROM waiting w WHERE w.id = ${caseId}`);
    return row ? { signs: signsIn(asking, row.flags), nth: Number(row.nth) } : { signs: [], nth: 0 };
  }

  async lease(subjectId: string, now: Date): Promise<QueueLease | null> {
    return (await this.leases([subjectId], now)).get(subjectId) ?? null;
  }

  private async grants(
    stream: Stream,
    asking: Asking,
    filter: DeskFilter,
    place: Place | null,
    size: number,
  ): Promise<Unmarked[]> {
    const lasts = LASTS_MS[stream];
    const conditions = [
      stream === 'again' ? sql`w.again = 1` : sql`w.again = 0`,
      ...grantConditions(asking, filter),
      ...(place ? [after(sql`w.since`, sql`w.id`, place, lasts)] : []),
    ];
    // The rows of the page first: what a row shows beside its own columns is asked of those alone.
    const rows = await this.many<RawGrant>(sql`
      WITH RECURSIVE ${waitingGrants(asking)},
        page AS (SELECT w.* FROM waiting w WHERE ${all(conditions)} ORDER BY w.since, w.id LIMIT ${size + 1})
      SELECT ${grantColumns(asking)} FROM page w ORDER BY w.since, w.id`);
    return rows.map((row) => {
      const signs = signsIn(asking, row.flags);
      return {
        ...common(row),
        kind: 'grant',
        text: caseNumberText(row),
        dueAt: new Date(instantOf(row.since).getTime() + lasts),
        state: grantStateOf({ again: Number(row.again) === 1, found: Number(row.found) }),
        signs,
        nth: Number(row.nth),
        risk: riskOf(signs),
      };
    });
  }

  private async relief(
    asking: Asking,
    filter: DeskFilter,
    place: Place | null,
    size: number,
  ): Promise<Unmarked[]> {
    const conditions = [
      ...reliefConditions(asking, filter),
      ...(place ? [after(sql`w.since`, sql`w.id`, place, 0)] : []),
    ];
    const rows = await this.many<RawRelief>(sql`
      WITH ${waitingRelief(asking)}
      SELECT ${RELIEF_COLUMNS} FROM waiting w WHERE ${all(conditions)} ORDER BY w.since, w.id LIMIT ${size + 1}`);
    return rows.map((row) => {
      const signs: Sign[] = [
        ...(Number(row.abnormal) === 1 ? (['VERIFY_ABNORMAL'] as const) : []),
        ...(Number(row.returned) === 1 ? (['RETURNED_BEFORE'] as const) : []),
      ];
      return {
        ...common(row),
        kind: 'relief',
        text: reliefNumberText(row),
        dueAt: instantOf(row.since),
        state: row.state,
        signs,
        nth: 0,
        risk: riskOf(signs),
      };
    });
  }

  private async count(asking: Asking, filter: DeskFilter): Promise<number> {
    const [grants, relief] = await Promise.all([
      filter.kind === 'relief'
        ? null
        : this.one<{ count: Big }>(sql`
            WITH RECURSIVE ${waitingGrants(asking)}
            SELECT COUNT(*) AS "count" FROM waiting w WHERE ${all(grantConditions(asking, filter))}`),
      filter.kind === 'grant'
        ? null
        : this.one<{ count: Big }>(sql`
            WITH ${waitingRelief(asking)}
            SELECT COUNT(*) AS "count" FROM waiting w WHERE ${all(reliefConditions(asking, filter))}`),
    ]);
    return Number(grants?.count ?? 0) + Number(relief?.count ?? 0);
  }

  /** Who is at each row, and who spoke first of those that wait for a second: two questions for the page. */
  private async marked(asking: Asking, rows: readonly Unmarked[]): Promise<QueueRow[]> {
    const leases = await this.leases(
      rows.map(({ id }) => id),
      asking.now,
    );
    const first = await this.firstReviewers(
      rows.filter(({ state }) => state === 'SECOND').map(({ id }) => id),
    );
    return rows.map((row) => ({
      ...row,
      lease: leases.get(row.id) ?? null,
      firstReviewer: first.get(row.id) ?? null,
    }));
  }

  private async leases(ids: readonly string[], now: Date): Promise<ReadonlyMap<string, QueueLease>> {
    if (ids.length === 0) return new Map();
    const rows = await this.many<{
      subjectId: string;
      holderAccount: string;
      untilAt: Stamp;
      name: string | null;
    }>(sql`
      SELECT l.subject_id AS "subjectId", l.holder_account AS "holderAccount", l.until_at AS "untilAt", p.name AS "name"
      FROM review_leases l LEFT JOIN persons p ON p.id = l.holder_id
      WHERE l.until_at > ${now} AND l.until_at <= ${noLeaseAfter(now)} AND l.subject_id IN (${listOf(ids)})`);
    return new Map(
      rows.map(({ subjectId, holderAccount, untilAt, name }) => [
        subjectId,
        { holderAccount, untilAt: instantOf(untilAt), maskedName: name === null ? '别人' : maskName(name) },
      ]),
    );
  }

  private async firstReviewers(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.many<{ caseId: string; name: string }>(sql`
      SELECT f.case_id AS "caseId", p.name AS "name" FROM grant_findings f JOIN persons p ON p.id = f.reviewer_id
      WHERE f.seq = 1 AND f.case_id IN (${listOf(ids)}) ORDER BY f.lap`);
    return new Map(rows.map(({ caseId, name }) => [caseId, maskName(name)]));
  }

  private many<Row extends object>(query: Sql): Promise<Row[]> {
    return this.reads.all<Row>(textOf(query), ...query.values);
  }

  private one<Row extends object>(query: Sql): Promise<Row | null> {
    return this.reads.one<Row>(textOf(query), ...query.values);
  }
}

const listOf = (ids: readonly string[]): Sql =>
  ids.map((id) => sql`${id}`).reduce((one, other) => sql`${one}, ${other}`);

const common = ({ id, societyName, cause, amountFen }: RawRow) => ({
  ...{ id, societyName, cause },
  amountFen: fen(Number(amountFen)),
});

/** The flags stand in the order in which the signs were asked. */
function signsIn(asking: Asking, flags: string): Sign[] {
  const found = new Set(
    flags.split(',').map((flag, i) => (flag === '1' ? Object.keys(grantSigns(asking))[i] : '')),
  );
  return SIGNS.filter((sign) => found.has(sign));
}
