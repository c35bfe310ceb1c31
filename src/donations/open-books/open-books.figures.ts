import { Injectable } from '@nestjs/common';
import type { Purse } from '../../ledger/index.js';
import type { MonthSum, SpentOnThread, Year } from '../domain/open-books.js';
import { OpenBooksQueries } from './open-books.queries.js';

type Made = {
  /** The numbers that vouchers of the book had been given when this was made. */
  readonly stamp: string;
  readonly sums: readonly MonthSum[];
  readonly spent: Map<string, readonly SpentOnThread[]>;
};

/** So many books are kept in mind: a page that everybody may open must not add up ten years at each look. */
const MOST_IN_MIND = 200;

/**
 * The sums of a book, made anew as soon as anything was booked. Vouchers never change, and each takes a number: as long
 * as no number was given, the sums are what they were. Nothing of it is stored.
 */
@Injectable()
export class OpenBooksFigures {
  private readonly made = new Map<string, Made>();

  constructor(private readonly queries: OpenBooksQueries) {}

  async sums(societyId: string): Promise<readonly MonthSum[]> {
    return (await this.of(societyId)).sums;
  }

  async spent(societyId: string, year: Year, purse: Purse | null): Promise<readonly SpentOnThread[]> {
    const { spent } = await this.of(societyId);
    const key = JSON.stringify([year, purse?.fund, purse?.restriction]);
    const known = spent.get(key);
    if (known) return known;
    const found = await this.queries.spent(societyId, year, purse);
    spent.set(key, found);
    return found;
  }

  private async of(societyId: string): Promise<Made> {
    const stamp = await this.queries.stamp(societyId);
    const known = this.made.get(societyId);
    if (known?.stamp === stamp) return known;
    const made = {
      stamp,
      sums: await this.queries.sums(societyId),
      spent: new Map<string, readonly SpentOnThread[]>(),
    };
    this.made.delete(societyId);
    this.made.set(societyId, made);
    const [oldest] = this.made.keys();
    if (this.made.size > MOST_IN_MIND && oldest !== undefined) this.made.delete(oldest);
    return made;
  }
}
