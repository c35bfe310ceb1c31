import { headOf, leafOf, NO_HEAD, rootOf, SEAL_FORMAT } from '../../src/audit/seal/seal-file.js';
import type { BatchLine, HeaderLine, RowLine } from '../../src/audit/seal/seal-file.js';

type Sealed = { readonly position: number; readonly text: string };
export type SealedBatch = { readonly line: BatchLine; readonly rows: readonly Sealed[] };
/** An export taken apart, so that somebody can tamper with it, and put together again. */
export type History = { readonly withRows: boolean; readonly batches: readonly SealedBatch[] };

/** Chance that is the same in every run: mulberry32. */
export class Dice {
  constructor(private state: number) {}

  /** A whole number from 0 to below `sides`. */
  below(sides: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * sides);
  }

  of<T>(list: readonly T[]): T {
    const one = list[this.below(list.length)];
    if (one === undefined) throw new Error('Nothing to draw from');
    return one;
  }
}

const START = Date.parse('2026-03-02T01:00:00.000Z');

export function rowText(number: number, id: string, words: string, table = 'audit_acts'): string {
  const final = new Date(START + number * 1000).toISOString();
  return JSON.stringify({ v: 1, number, table, row: id, final, fields: [['act', 'text', words]] });
}

/** As the sealer makes it: batches of the given sizes, chained. */
export function historyOf(sizes: readonly number[]): History {
  let number = 0;
  const texts = sizes.map((size) =>
    Array.from({ length: size }, () => rowText(++number, `row-${number}`, `act ${number % 7}`)),
  );
  return { withRows: true, batches: chained(texts) };
}

/** Chains texts to batches, from the first on, or behind batches that stay. */
export function chained(
  texts: readonly (readonly string[])[],
  behind: readonly SealedBatch[] = [],
): SealedBatch[] {
  const batches = [...behind];
  for (const batch of texts) {
    const before = batches.at(-1)?.line;
    const first = (before?.last ?? 0) + 1;
    const leaves = batch.map((text) => {
      const { table, row } = JSON.parse(text) as { table: string; row: string };
      return [table, row, leafOf(text)] as const;
    });
    const last = first + batch.length - 1;
    const line = {
      ...{ batch: batches.length + 1, first, last, drained: true },
      sealedAt: new Date(START + last * 1000).toISOString(),
      previous: before?.head ?? NO_HEAD,
      root: rootOf(leaves.map(([, , leaf]) => leaf)),
    };
    const rows = batch.map((text, i) => ({ position: i + 1, text }));
    batches.push({ line: { ...line, head: headOf(line), leaves }, rows });
  }
  return batches;
}

/** With a header that says just what follows, as whoever tampers would mend it. */
export function linesOf({ withRows, batches }: History): string[] {
  const last = batches.at(-1)?.line;
  const header: HeaderLine = {
    ...{ seal: SEAL_FORMAT, batches: batches.length, head: last?.head ?? NO_HEAD, withRows },
    rows: batches.reduce((sum, { rows }) => sum + rows.length, 0),
  };
  const body = batches.flatMap(({ line, rows }) => [
    line,
    ...rows.map((row): RowLine => ({ batch: line.batch, ...row })),
  ]);
  return [header, ...body].map((line) => JSON.stringify(line));
}

export function historyIn(lines: readonly string[]): History {
  const [header, ...body] = lines.map((line) => JSON.parse(line) as HeaderLine | BatchLine | RowLine);
  const batches: { line: BatchLine; rows: Sealed[] }[] = [];
  for (const line of body) {
    if ('text' in line) batches.at(-1)?.rows.push({ position: line.position, text: line.text });
    else batches.push({ line: line as BatchLine, rows: [] });
  }
  return { withRows: (header as HeaderLine).withRows, batches };
}

/** The same history with other rows in one batch, and everything else as it was. */
export function withRowsIn(history: History, batch: number, rows: readonly Sealed[]): History {
  const batches = history.batches.map((each) => (each.line.batch === batch ? { ...each, rows } : each));
  return { ...history, batches };
}
