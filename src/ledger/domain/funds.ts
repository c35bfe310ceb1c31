import type { Dimensions } from './voucher.js';

/** The pool that a society has from its first day (architecture.md 3). Its purpose is its name. */
export const EMERGENCY_POOL = '救急难池';

/** Money that nobody tied to a purpose of its own within the fund. */
export const UNRESTRICTED = 'none';

/** Money that is kept apart: what of a fund is tied to one of its projects, or to none. */
export type Purse = { readonly fund: string; readonly restriction: string };

export const POOL: Purse = { fund: EMERGENCY_POOL, restriction: UNRESTRICTED };

/** Money of which nobody knows yet whose it is. It is owed, and nothing is promised of it (D4-57). */
export const UNCLAIMED: Purse = { fund: '待认领来款', restriction: UNRESTRICTED };

/** What of the pool is tied to one purpose, such as 火灾. */
export function earmarkOf(purpose: string): Purse {
  return { fund: EMERGENCY_POOL, restriction: purpose };
}

/** “安心纾困慈善基金”, or “一米阳光慈善基金 · 惠民医保” for what is tied to a project. */
export function purseName({ fund, restriction }: Purse): string {
  return restriction === UNRESTRICTED ? fund : `${fund} · ${restriction}`;
}

export function isPool({ fund, restriction }: Purse): boolean {
  return fund === POOL.fund && restriction === POOL.restriction;
}

/** A line of a purse, about one case where it is about one. */
export function inPurse(
  { fund, restriction }: Purse,
  societyId: string,
  threadId: string | null,
): Dimensions {
  return { societyId, fund, restriction, threadId };
}
