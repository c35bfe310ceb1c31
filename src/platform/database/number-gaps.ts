import { Injectable } from '@nestjs/common';
import type { Finding } from '../verify.js';
import { Reads } from './reads.js';

type Count = number | string;

/** What bears the numbers of a series. Names of tables and columns are pasted into SQL: only literals of the program. */
export type Numbered = {
  readonly series: string;
  readonly table: string;
  /** The columns of the numbered table that hold whose number it is, of which year, and the number. */
  readonly scope: string;
  readonly year: string;
  readonly number: string;
  /** 案件, 凭证, …: what the numbers are of. */
  readonly what: string;
  readonly kind: string;
  /** How a finding names where to look. */
  readonly subjectOf: (scopeId: string, year: number) => string;
};

type Row = {
  scope: string;
  year: number;
  /** Null where the series has no row. */
  given: Count | null;
  used: Count;
  different: Count;
  first: Count | null;
  last: Count | null;
};

/**
 * Whether numbers are as `Numbers` promises: of a scope and year they run from 1 to the last one given, none left out and
 * none twice (quality.md 3, R8). It asks both ways, in one statement: a series whose numbers are gone, and numbers whose
 * series is gone, are found as well as what lies between.
 */
@Injectable()
export class NumberGaps {
  constructor(private readonly reads: Reads) {}

  async find({ series, what, kind, subjectOf, ...columns }: Numbered): Promise<Finding[]> {
    const { table, scope, year, number } = columns;
    const head = `
      SELECT s.scope_id AS "scope", s.of_year AS "year", MAX(s.given) AS "given",
             COALESCE(MAX(s.used), 0) AS "used", COALESCE(MAX(s.different), 0) AS "different",
             MAX(s.first_one) AS "first", MAX(s.last_one) AS "last"
      FROM (SELECT n.scope_id AS scope_id, n.year AS of_year, n.last_number AS given, NULL AS used, NULL AS different,
                   NULL AS first_one, NULL AS last_one
            FROM number_series n WHERE n.series = `;
    const tail = `
            UNION ALL
            SELECT t.${scope}, t.${year}, NULL, COUNT(*), COUNT(DISTINCT t.${number}), MIN(t.${number}), MAX(t.${number})
            FROM ${table} t WHERE t.${number} IS NOT NULL GROUP BY t.${scope}, t.${year}) s
      GROUP BY s.scope_id, s.of_year
      HAVING COALESCE(MAX(s.given), 0) <> COALESCE(MAX(s.used), 0)
          OR COALESCE(MAX(s.used), 0) <> COALESCE(MAX(s.different), 0)
          OR COALESCE(MIN(s.first_one), 1) <> 1 OR COALESCE(MAX(s.last_one), 0) <> COALESCE(MAX(s.used), 0)`;
    const rows = await this.reads.all<Row>(Object.assign([head, tail], { raw: [head, tail] }), series);
    return rows.map((row) => ({
      kind,
      subject: subjectOf(row.scope, row.year),
      words: `${row.year} 年${what}${wordsOf(row)}`,
    }));
  }
}

function wordsOf({ given, used, different, first, last }: Row): string {
  const series = given === null ? '没有发号的记录' : `发号到 ${String(given)}`;
  const numbers =
    first === null ? '没有编过号' : `编号 ${String(first)}—${String(last)}，共有 ${String(used)} 个`;
  return `${series}，${numbers}${String(used) === String(different) ? '' : '，有重号'}`;
}
