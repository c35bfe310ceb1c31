import type { Dimensions } from './voucher.js';

/** The pool that a society has from its first day (architecture.md 3). Its purpose is its name. */
export const EMERGENCY_POOL = '救急难池';

/** Money that nobody tied to a purpose of its own within the fund. */
export const UNRESTRICTED = 'none';

/** A line of the pool, about one case where it is about one. */
export function inThePool(societyId: string, threadId: string | null): Dimensions {
  return { societyId, fund: EMERGENCY_POOL, restriction: UNRESTRICTED, threadId };
}
