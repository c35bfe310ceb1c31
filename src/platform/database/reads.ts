import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { bindable } from './transactions.js';
import type { Value } from './transactions.js';

/** Lists and totals for pages: SQL, read-only, committed rows only. Every `${value}` is bound, never pasted. */
@Injectable()
export class Reads {
  constructor(private readonly dataSource: DataSource) {}

  async all<Row extends object>(text: TemplateStringsArray, ...values: Value[]): Promise<Row[]> {
    return this.dataSource.query<Row[]>(text.join('?'), values.map(bindable));
  }

  async one<Row extends object>(text: TemplateStringsArray, ...values: Value[]): Promise<Row | null> {
    const [row] = await this.all<Row>(text, ...values);
    return row ?? null;
  }
}

/** A DATETIME read by SQL: mysql2 gives a Date, SQLite the text as it was bound. */
export function instantOf(value: Date | string): Date {
  return value instanceof Date ? value : new Date(`${value.replace(' ', 'T').replace(/Z$/, '')}Z`);
}

export function optionalInstantOf(value: Date | string | null): Date | null {
  return value === null ? null : instantOf(value);
}
