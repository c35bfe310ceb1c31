import type { Sealing } from '../../../src/platform/crypto/sealing.js';
import { Chance, KeysInOrder } from './chance.js';
import type { Writer } from './writer.js';

/** The first day of the books, and the first month after them: fourteen months in all. */
export const FROM = Date.UTC(2025, 0, 1);
export const MONTHS = Array.from({ length: 14 }, (_, i) =>
  new Date(Date.UTC(2025, i, 1)).toISOString().slice(0, 7),
);
const DAY_MS = 24 * 3_600_000;
/** The last day on which anything was booked: the Friday before the Monday on which the tests begin. */
export const LAST_DAY = (Date.UTC(2026, 1, 27) - FROM) / DAY_MS;
const DAYS = Array.from({ length: LAST_DAY + 2 }, (_, i) =>
  new Date(FROM + i * DAY_MS).toISOString().slice(0, 10),
);

/** The n-th day of the books: 2025-01-01 is the first, and number 0. */
export const dayAt = (n: number): string => DAYS[n] ?? '';
/** An instant on it, in UTC; the hours of an office in China. */
export const instantAt = (n: number, hour = 2): string =>
  `${dayAt(n)} ${String(hour).padStart(2, '0')}:00:00.000`;
export const yearAt = (n: number): number => Number(dayAt(n).slice(0, 4));
export const monthAt = (n: number): number => MONTHS.indexOf(dayAt(n).slice(0, 7));

/** What all parts of the set are made with. */
export type Ground = {
  readonly writer: Writer;
  readonly keys: KeysInOrder;
  readonly chance: Chance;
  readonly sealing: Sealing;
  readonly months: RegionMonths;
};

export const groundOf = (writer: Writer, sealing: Sealing, seed: number): Ground => ({
  writer,
  sealing,
  keys: new KeysInOrder(seed, FROM),
  chance: new Chance(seed),
  months: new RegionMonths(),
});

export type MonthSums = { inFen: number; outFen: number; grants: number };

/** What moved in each place and month; in the end as many rows. */
export class RegionMonths {
  private readonly of = new Map<string, (MonthSums | undefined)[]>();

  add(regionId: string, month: number, { inFen, outFen, grants }: MonthSums): void {
    const sums = this.of.get(regionId) ?? [];
    this.of.set(regionId, sums);
    const sum = (sums[month] ??= { inFen: 0, outFen: 0, grants: 0 });
    sum.inFen += inFen;
    sum.outFen += outFen;
    sum.grants += grants;
  }

  put(writer: Writer): void {
    for (const [regionId, sums] of this.of)
      for (const [month, sum] of sums.entries())
        if (sum)
          writer.put('region_months', regionId, MONTHS[month] ?? '', sum.inFen, sum.outFen, sum.grants);
  }
}
