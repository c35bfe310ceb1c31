import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { bindable } from './transactions.js';
import type { Value } from './transactions.js';

/** As many marks as there are values, for `IN ${listOf(ids)}`: one question, however many are asked about. */
type List = { readonly list: readonly string[] };

export const listOf = (list: readonly string[]): List => ({ list });

const isList = (value: Value | List): value is List =>
  typeof value === 'object' && value !== null && 'list' in value;

/** Lists and totals for pages: SQL, read-only, committed rows only. Every `${value}` is bound, never pasted. */
@Injectable()
export class Reads {
  constructor(private readonly dataSource: DataSource) {}

  async all<Row extends object>(text: TemplateStringsArray, ...values: Value[]): Promise<Row[]> {
    return this.dataSource.query<Row[]>(text.join('?'), values.map(bindable));
  }

  /** The same where a list is asked about: `IN ${listOf(ids)}`. */
  async among<Row extends object>(text: TemplateStringsArray, ...values: (Value | List)[]): Promise<Row[]> {
    const sql = text.reduce((head, part, i) => head + marksOf(values[i - 1]) + part);
    const bound = values.flatMap((value): readonly Value[] =>
      isList(value) ? value.list : [bindable(value)],
    );
    return this.dataSource.query<Row[]>(sql, bound);
  }

  async one<Row extends object>(text: TemplateStringsArray, ...values: Value[]): Promise<Row | null> {
    const [row] = await this.all<Row>(text, ...values);
    return row ?? null;
  }
}

/** A list of nothing holds nothing: no database takes empty brackets. */
function marksOf(value: Value | List | undefined): string {
  if (value === undefined || !isList(value)) return '?';
  return `(${value.list.length > 0 ? value.list.map(() => '?').join(', ') : 'NULL'})`;
}

/** A DATETIME read by SQL: mysql2 gives a Date, SQLite the text as it was bound. */
export function instantOf(value: Date | string): Date {
  return value instanceof Date ? value : new Date(`${value.replace(' ', 'T').replace(/Z$/, '')}Z`);
}

export function optionalInstantOf(value: Date | string | null): Date | null {
  return value === null ? null : instantOf(value);
}
