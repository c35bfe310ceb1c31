import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { NumberSeries } from '../../src/platform/database/number-series.entity.js';
import { Transactions } from '../../src/platform/database/transactions.js';

/** A counter row of its own: the smallest shared thing that units of work can fight over. */
export type Counter = { readonly scopeId: string };

export async function givenCounter(dataSource: DataSource, lastNumber: number): Promise<Counter> {
  const counter = { scopeId: randomUUID(), series: 'test', year: 2026 };
  await new Transactions(dataSource).run((tx) => tx.insert(NumberSeries, { ...counter, lastNumber }));
  return counter;
}

export async function countOf(dataSource: DataSource, { scopeId }: Counter): Promise<number> {
  const row = await dataSource.manager.findOneByOrFail(NumberSeries, { scopeId });
  return row.lastNumber;
}
