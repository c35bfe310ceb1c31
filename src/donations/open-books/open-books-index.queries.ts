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

@Injectable()
export class OpenBooksIndexQueries {
  constructor(private readonly reads: Reads) {}

  /** In the order of their founding, by keyset on the board code. */
  async page({ placeCode, text, after, limit }: IndexWanted): Promise<IndexPage> {
    const like = `%${text.replace(/[\\%_]/g, '')}%`;
    const rows = await this.reads.all<Raw>`
      SELECT o.board_code AS "boardCode", o.name AS "name",
             CASE WHEN r.level = 'TOWN' THEN c.name WHEN r1.level = 'TOWN' THEN c1.name END AS "town",
             CASE WHEN r.level = 'COUNTY' THEN c.name WHEN r1.level = 'COUNTY' THEN c1.name
                  WHEN r2.level = 'COUNTY' THEN c2.name END AS "county",
             (SELECT SUM(f.balance_fen) FROM fund_balances f
              WHERE f.book_id = b.id AND f.fund <> ${UNCLAIMED.fund}) AS "balance",
             (SELECT v.posted_at FROM vouchers v WHERE v.book_id = b.id
              ORDER BY v.year DESC, v.number DESC LIMIT 1) AS "last"
      FROM organisations o JOIN books b ON b.society_id = o.id JOIN regions r ON r.id = o.region_id
      LEFT JOIN regions r1 ON r1.id = r.parent_id LEFT JOIN regions r2 ON r2.id = r1.parent_id
      LEFT JOIN region_codes c ON c.open_region_id = r.id LEFT JOIN region_codes c1 ON c1.open_region_id = r1.id
      LEFT JOIN region_codes c2 ON c2.open_region_id = r2.id
      WHERE o.name LIKE ${like}
        AND (${placeCode} IS NULL OR ${placeCode} IN (c.code, c1.code, c2.code))
        AND o.id > COALESCE((SELECT p.id FROM organisations p WHERE p.board_code = ${after}), '')
      ORDER BY o.id LIMIT ${limit + 1}`;
    const shown = rows.slice(0, limit);
    const next = rows.length > limit ? (shown.at(-1)?.boardCode ?? null) : null;
    return { rows: shown.map(rowOf), next, total: await this.count(placeCode, like) };
  }

  private async count(placeCode: string | null, like: string): Promise<number> {
    const row = await this.reads.one<{ total: Num }>`
      SELECT COUNT(*) AS "total"
      FROM organisations o JOIN books b ON b.society_id = o.id JOIN regions r ON r.id = o.region_id
      LEFT JOIN regions r1 ON r1.id = r.parent_id
      LEFT JOIN region_codes c ON c.open_region_id = r.id LEFT JOIN region_codes c1 ON c1.open_region_id = r1.id
      LEFT JOIN region_codes c2 ON c2.open_region_id = r1.parent_id
      WHERE o.name LIKE ${like} AND (${placeCode} IS NULL OR ${placeCode} IN (c.code, c1.code, c2.code))`;
    return Number(row?.total ?? 0);
  }

  /** Where there are books, each county before its towns. */
  async places(): Promise<IndexPlace[]> {
    const rows = await this.reads.all<IndexPlace>`
      SELECT DISTINCT c.code AS "code", c.name AS "name", p.level AS "level", w.name AS "within"
      FROM organisations o JOIN books b ON b.society_id = o.id JOIN regions r ON r.id = o.region_id
      LEFT JOIN regions r1 ON r1.id = r.parent_id LEFT JOIN regions r2 ON r2.id = r1.parent_id
      JOIN regions p ON p.id IN (r.id, r1.id, r2.id) AND p.level IN ('COUNTY', 'TOWN')
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
