import { Injectable } from '@nestjs/common';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { listOf, Reads } from '../platform/database/reads.js';
import type { RegionLevel } from '../societies/index.js';

/** What moved in one month: income, spending, and how many payments of grants stand. */
export type MonthFigures = {
  /** 2026-03 */
  readonly month: string;
  readonly inFen: Fen;
  readonly outFen: Fen;
  readonly grants: number;
};

/** A place by its public number in the list of divisions, as it is called today. */
export type PlaceFigures = {
  readonly code: string;
  readonly name: string;
  readonly level: RegionLevel;
  /** The place around it; null at the top. */
  readonly within: { readonly code: string; readonly name: string } | null;
};

/** A place within a place, or an organisation of it, month by month; months in which nothing moved are left out. */
export type PartFigures = {
  readonly kind: 'PLACE' | 'ORGANISATION';
  /** Of a place its number, of an organisation the code of its board. */
  readonly code: string;
  readonly name: string;
  readonly months: readonly MonthFigures[];
};

export type PlaceMonths = {
  /** Null for all places together. */
  readonly place: PlaceFigures | null;
  readonly year: number;
  readonly months: readonly MonthFigures[];
  readonly parts: readonly PartFigures[];
};

type Num = number | string;
type Raw = { month: string; inFen: Num; outFen: Num; grants: Num };
type RawPart = Raw & { code: string; name: string };
type RawPlace = Omit<PlaceFigures, 'within'> & {
  regionId: string;
  withinCode: string | null;
  withinName: string | null;
};
/** Places that became one keep an id each, and are one number from then on. */
type Found = { readonly place: PlaceFigures; readonly regionIds: readonly string[] };

/**
 * Sums by month of places, read from rows that are kept and never from vouchers: a page costs the same for a town and for
 * the whole nation (quality.md S7). What was booked a moment ago comes to the places with the next stroke of the clock.
 */
@Injectable()
export class MonthsQueries {
  constructor(private readonly reads: Reads) {}

  /** A place by its number, or all places; null where there is no such place. */
  async ofPlace(code: string | null, year: number): Promise<PlaceMonths | null> {
    if (code === null) {
      const parts = await this.atTheTop(year);
      return { place: null, year, months: summed(parts), parts };
    }
    const found = await this.place(code);
    if (found === null) return null;
    const { place, regionIds } = found;
    const months = await this.months(regionIds, year);
    return { place, year, months, parts: await this.within(regionIds, year) };
  }

  /** The widest places that there are, each by month: of a nation its provinces. */
  private async atTheTop(year: number): Promise<PartFigures[]> {
    const [from, until] = monthsOf(year);
    const rows = await this.reads.all<RawPart>`
      SELECT c.code AS "code", MIN(c.name) AS "name", m.month AS "month", SUM(m.in_fen) AS "inFen",
             SUM(m.out_fen) AS "outFen", SUM(m.grants) AS "grants"
      FROM regions r JOIN region_codes c ON c.open_region_id = r.id
      JOIN region_months m ON m.region_id = r.id AND m.month >= ${from} AND m.month <= ${until}
      WHERE r.parent_id IS NULL GROUP BY c.code, m.month ORDER BY c.code, m.month`;
    return partsOf('PLACE', rows);
  }

  /** Of one place: twelve rows for each that became part of it, however many societies are in it. */
  private async months(regionIds: readonly string[], year: number): Promise<MonthFigures[]> {
    const [from, until] = monthsOf(year);
    const rows = await this.reads.among<Raw>`
      SELECT month AS "month", SUM(in_fen) AS "inFen", SUM(out_fen) AS "outFen", SUM(grants) AS "grants"
      FROM region_months WHERE region_id IN ${listOf(regionIds)} AND month >= ${from} AND month <= ${until}
      GROUP BY month ORDER BY month`;
    return rows.map(figuresOf);
  }

  /** The places within, and the organisations that are in none of them: those of the place itself, and of its villages. */
  private async within(regionIds: readonly string[], year: number): Promise<PartFigures[]> {
    const [from, until] = monthsOf(year);
    const ids = listOf(regionIds);
    const places = await this.reads.among<RawPart>`
      SELECT c.code AS "code", MIN(c.name) AS "name", m.month AS "month", SUM(m.in_fen) AS "inFen",
             SUM(m.out_fen) AS "outFen", SUM(m.grants) AS "grants"
      FROM regions r JOIN region_codes c ON c.open_region_id = r.id
      JOIN region_months m ON m.region_id = r.id AND m.month >= ${from} AND m.month <= ${until}
      WHERE r.parent_id IN ${ids} GROUP BY c.code, m.month ORDER BY c.code, m.month`;
    const organisations = await this.reads.among<RawPart>`
      SELECT o.board_code AS "code", o.name AS "name", m.month AS "month", m.in_fen AS "inFen", m.out_fen AS "outFen",
             m.grants AS "grants"
      FROM (SELECT id FROM regions WHERE id IN ${ids}
            UNION ALL SELECT id FROM regions WHERE parent_id IN ${ids} AND level = 'VILLAGE') r
      JOIN organisations o ON o.region_id = r.id
      JOIN society_months m ON m.society_id = o.id AND m.month >= ${from} AND m.month <= ${until}
      ORDER BY o.id, m.month`;
    return [...partsOf('ORGANISATION', organisations), ...partsOf('PLACE', places)];
  }

  /** After a merger several places have one number: they are one here, called as the one registered first. */
  private async place(code: string): Promise<Found | null> {
    const rows = await this.reads.all<RawPlace>`
      SELECT r.id AS "regionId", c.code AS "code", c.name AS "name", r.level AS "level", w.code AS "withinCode",
             w.name AS "withinName"
      FROM region_codes c JOIN regions r ON r.id = c.region_id
      LEFT JOIN region_codes w ON w.open_region_id = r.parent_id
      WHERE c.code = ${code} AND c.open_region_id IS NOT NULL AND r.level <> 'VILLAGE' ORDER BY r.id`;
    const [first] = rows;
    if (!first) return null;
    const { name, level, withinCode, withinName } = first;
    const within = withinCode && withinName ? { code: withinCode, name: withinName } : null;
    return { place: { code, name, level, within }, regionIds: rows.map(({ regionId }) => regionId) };
  }
}

const monthsOf = (year: number): readonly [string, string] => [`${year}-01`, `${year}-12`];

const figuresOf = ({ month, inFen, outFen, grants }: Raw): MonthFigures => ({
  month,
  inFen: fen(Number(inFen)),
  outFen: fen(Number(outFen)),
  grants: Number(grants),
});

/** The rows of one part follow one another. */
function partsOf(kind: PartFigures['kind'], rows: readonly RawPart[]): PartFigures[] {
  const parts = new Map<string, PartFigures & { readonly months: MonthFigures[] }>();
  for (const { code, name, ...row } of rows) {
    const part = parts.get(code) ?? { kind, code, name, months: [] };
    part.months.push(figuresOf(row));
    parts.set(code, part);
  }
  return [...parts.values()];
}

function summed(parts: readonly PartFigures[]): MonthFigures[] {
  const months = new Map<string, MonthFigures>();
  for (const { month, inFen, outFen, grants } of parts.flatMap((part) => part.months)) {
    const before = months.get(month);
    months.set(month, {
      month,
      inFen: fen(inFen + (before?.inFen ?? 0)),
      outFen: fen(outFen + (before?.outFen ?? 0)),
      grants: grants + (before?.grants ?? 0),
    });
  }
  return [...months.values()].sort((one, other) => (one.month < other.month ? -1 : 1));
}
