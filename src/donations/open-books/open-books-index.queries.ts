import { Injectable } from '@nestjs/common';
import { dayOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { UNCLAIMED } from '../../ledger/index.js';
import { instantOf, Reads } from '../../platform/database/reads.js';

/** An organisation with books, in the index that everybody reads. */
export type IndexRow = {
  readonly boardCode: string;
  readonly name: string;
  /** 演示县 柳溪镇 */
  readonly place: string;
  readonly balanceFen: Fen;
  readonly lastBooked: Day | null;
};

/** A county or a town in which there are books, by its public number in the list of divisions. */
export type IndexPlace = {
  readonly code: string;
  readonly name: string;
  readonly level: 'COUNTY' | 'TOWN';
  readonly within: string | null;
};

export type IndexWanted = {
  readonly placeCode: string | null;
  readonly text: string;
  /** The board code of the last one of the page before. */
  readonly after: string | null;
  readonly limit: number;
};
export type IndexPage = {
  readonly rows: readonly IndexRow[];
  readonly next: string | null;
  /** One more than `MOST_COUNTED` stands for all that are more. */
  readonly total: number;
};

type Num = number | string;
type Raw = {
  boardCode: string;
  name: string;
  town: string | null;
  county: string | null;
  balance: Num | null;
  last: Date | string | null;
};

/** A list to open that is longer than this is none to choose from: then counties alone. */
const MOST_PLACES = 120;
/** So many are counted and no more: nobody reads further, and a nation is not counted for a look at thirty. */
export const MOST_COUNTED = 1000;
/** Above it lies more than a city. */
const MOST_LOOKED_THROUGH = 2000;
/** In milliseconds: a place that lost its name without a new one is gone from the list by then. */
const PLACES_LAST_MS = 600_000;

const BALANCE = [
  `(SELECT SUM(f.balance_fen) FROM fund_balances f WHERE f.book_id = b.id AND f.fund <> `,
  `) AS "balance"`,
] as const;
const COLUMNS = [
  `SELECT o.board_code AS "boardCode", o.name AS "name",
          CASE WHEN r.level = 'TOWN' THEN c.name WHEN r1.level = 'TOWN' THEN c1.name END AS "town",
          CASE WHEN r.level = 'COUNTY' THEN c.name WHEN r1.level = 'COUNTY' THEN c1.name
               WHEN r2.level = 'COUNTY' THEN c2.name END AS "county", ${BALANCE[0]}`,
  `${BALANCE[1]},
          (SELECT v.posted_at FROM vouchers v WHERE v.book_id = b.id
           ORDER BY v.year DESC, v.number DESC LIMIT 1) AS "last"`,
] as const;
const JOINS = `
  JOIN books b ON b.society_id = o.id JOIN regions r ON r.id = o.region_id
  LEFT JOIN regions r1 ON r1.id = r.parent_id LEFT JOIN regions r2 ON r2.id = r1.parent_id
  LEFT JOIN region_codes c ON c.open_region_id = r.id LEFT JOIN region_codes c1 ON c1.open_region_id = r1.id
  LEFT JOIN region_codes c2 ON c2.open_region_id = r2.id WHERE o.name LIKE `;
const AFTER = [
  ` AND o.id > COALESCE((SELECT p.id FROM organisations p WHERE p.board_code = `,
  `), '') ORDER BY o.id LIMIT `,
] as const;
/**
 * From the place downwards, so that a town of a nation costs what the town is large. LEFT JOIN, and UNION for the one row of
 * nowhere that comes of it: MariaDB would look through all places of the nation else.
 */
const INSIDE = [
  `WITH RECURSIVE inside (id) AS (
     SELECT k.open_region_id FROM region_codes k WHERE k.open_region_id IS NOT NULL AND k.code = `,
  ` UNION SELECT n.id FROM inside i LEFT JOIN regions n ON n.parent_id = i.id) `,
] as const;
const OF_INSIDE = 'FROM inside i JOIN organisations o ON o.region_id = i.id ';
const COUNT = `SELECT COUNT(*) AS "total" FROM (SELECT o.id `;
const COUNTED = ` JOIN books b ON b.society_id = o.id WHERE o.name LIKE `;
const FEW = ` LIMIT ${MOST_COUNTED + 1}) s`;

const PAGE_OF_ALL = [COLUMNS[0], `${COLUMNS[1]} FROM organisations o ${JOINS}`, ...AFTER, ''];
const PAGE_OF_PLACE = [INSIDE[0], INSIDE[1] + COLUMNS[0], `${COLUMNS[1]} ${OF_INSIDE}${JOINS}`, ...AFTER, ''];
const COUNT_OF_ALL = [`${COUNT}FROM organisations o${COUNTED}`, FEW];
const COUNT_OF_PLACE = [INSIDE[0], `${INSIDE[1]}${COUNT}${OF_INSIDE}${COUNTED}`, FEW];

/** SQL of our own in pieces, with what is bound between them. */
const pieces = (text: readonly string[]): TemplateStringsArray => Object.assign([...text], { raw: text });

@Injectable()
export class OpenBooksIndexQueries {
  private known: { readonly stamp: string; readonly atMs: number; readonly places: IndexPlace[] } | null =
    null;

  constructor(private readonly reads: Reads) {}

  /** In the order of their founding, by keyset on the board code. */
  async page({ placeCode, text, after, limit }: IndexWanted): Promise<IndexPage> {
    const like = `%${text.replace(/[\\%_]/g, '')}%`;
    const place = placeCode === null ? [] : [placeCode];
    const [page, count] = placeCode === null ? [PAGE_OF_ALL, COUNT_OF_ALL] : [PAGE_OF_PLACE, COUNT_OF_PLACE];
    const rows = await this.reads.all<Raw>(
      pieces(page),
      ...[...place, UNCLAIMED.fund, like, after, limit + 1],
    );
    const total = await this.reads.one<{ total: Num }>(pieces(count), ...place, like);
    const shown = rows.slice(0, limit);
    const next = rows.length > limit ? (shown.at(-1)?.boardCode ?? null) : null;
    return { rows: shown.map(rowOf), next, total: Number(total?.total ?? 0) };
  }

  /** Where there are books, each county before its towns; kept in mind until one more is founded or a place is named anew. */
  async places(): Promise<readonly IndexPlace[]> {
    const last = await this.reads.one<{ stamp: string }>`
      SELECT COALESCE((SELECT MAX(id) FROM organisations), '') || '/' ||
             COALESCE((SELECT MAX(id) FROM region_codes), '') AS "stamp"`;
    const [stamp, atMs] = [last?.stamp ?? '', performance.now()];
    if (this.known?.stamp !== stamp || atMs - this.known.atMs > PLACES_LAST_MS)
      this.known = {
        stamp,
        atMs,
        places: (await this.isWide()) ? await this.counties() : await this.withBooks(),
      };
    return this.known.places;
  }

  /** So many organisations that their places are not looked for one by one. */
  private async isWide(): Promise<boolean> {
    const row = await this.reads.one<{ many: Num }>`
      SELECT COUNT(*) AS "many" FROM (SELECT id FROM organisations LIMIT ${MOST_LOOKED_THROUGH + 1}) s`;
    return Number(row?.many ?? 0) > MOST_LOOKED_THROUGH;
  }

  /** Of a province or a nation: every county that there is, from the top. */
  private counties(): Promise<IndexPlace[]> {
    return this.reads.all<IndexPlace>`
      WITH RECURSIVE wide (id, level) AS (
        SELECT t.id, t.level FROM regions t WHERE t.parent_id IS NULL
        UNION SELECT r.id, r.level
        FROM wide w LEFT JOIN regions r ON r.parent_id = w.id AND w.level IN ('PROVINCE', 'CITY'))
      SELECT c.code AS "code", c.name AS "name", w.level AS "level", NULL AS "within"
      FROM wide w JOIN region_codes c ON c.open_region_id = w.id WHERE w.level = 'COUNTY' ORDER BY c.code`;
  }

  private async withBooks(): Promise<IndexPlace[]> {
    const rows = await this.reads.all<IndexPlace>`
      WITH held (id, up, top) AS (
        SELECT r.id, r.parent_id, r1.parent_id
        FROM organisations o JOIN books b ON b.society_id = o.id JOIN regions r ON r.id = o.region_id
        LEFT JOIN regions r1 ON r1.id = r.parent_id)
      SELECT c.code AS "code", c.name AS "name", p.level AS "level", w.name AS "within"
      FROM (SELECT id FROM held UNION SELECT up FROM held UNION SELECT top FROM held) h
      JOIN regions p ON p.id = h.id AND p.level IN ('COUNTY', 'TOWN')
      JOIN region_codes c ON c.open_region_id = p.id
      LEFT JOIN region_codes w ON w.open_region_id = p.parent_id AND p.level = 'TOWN'
      ORDER BY c.code`;
    return rows.length > MOST_PLACES ? rows.filter(({ level }) => level === 'COUNTY') : rows;
  }
}

function rowOf({ boardCode, name, town, county, balance, last }: Raw): IndexRow {
  return {
    boardCode,
    name,
    place: [county, town].filter((each) => each !== null).join(' '),
    balanceFen: fen(Number(balance ?? 0)),
    lastBooked: last === null ? null : dayOf(instantOf(last)),
  };
}
