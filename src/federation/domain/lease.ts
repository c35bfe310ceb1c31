import { LEASE_MINUTES } from './terms.js';

const MINUTE_MS = 60_000;
/** A page that is opened again and again writes once a minute at most. */
const RENEW_BELOW_MS = (LEASE_MINUTES - 1) * MINUTE_MS;

export const leaseUntil = (now: Date): Date => new Date(now.getTime() + LEASE_MINUTES * MINUTE_MS);

export type Lease = { readonly holderAccount: string; readonly untilAt: Date };

/** Until later than this nobody holds a row: whoever does took it by a clock that ran ahead. */
export const noLeaseAfter = (now: Date): Date => new Date(now.getTime() + 2 * LEASE_MINUTES * MINUTE_MS);

/** At its last instant it is over: whoever comes then may have it. */
export const isHeld = ({ untilAt }: Lease, now: Date): boolean =>
  untilAt > now && untilAt <= noLeaseAfter(now);

export const isHeldByAnother = (lease: Lease | null, accountId: string | null, now: Date): boolean =>
  lease !== null && isHeld(lease, now) && lease.holderAccount !== accountId;

export const wantsRenewal = (lease: Lease, now: Date): boolean =>
  isHeld(lease, now) && lease.untilAt.getTime() - now.getTime() < RENEW_BELOW_MS;

/** Rounded up: “还有 1 分钟” while a second is left. */
export const minutesLeft = ({ untilAt }: Pick<Lease, 'untilAt'>, now: Date): number =>
  Math.max(0, Math.ceil((untilAt.getTime() - now.getTime()) / MINUTE_MS));
