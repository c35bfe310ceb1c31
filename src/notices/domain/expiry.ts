import type { NoticeState } from './notice-state.js';
import { UNNAMED_DONOR } from './notice-words.js';
import type { Kept } from './notice-words.js';
import { showsContent } from './public-face.js';

const DAY_MS = 24 * 3_600_000;

/** What the public may still see of a signed notice: all of it, or its number and its proof, or its number alone. */
export type Sight = 'OPEN' | 'EXPIRED' | 'TAKEN_DOWN';

export function sightOf(notice: { readonly state: NoticeState; readonly withdrawnAt: Date | null }): Sight {
  if (showsContent(notice)) return 'OPEN';
  return notice.state === 'SUSPENDED' ? 'TAKEN_DOWN' : 'EXPIRED';
}

/**
 * Whether somebody stands in it, masked or by name, so that it does not stay in public for ever (PIPL art. 19: no longer
 * than the purpose needs). A correction quotes the notice that it corrects, and with it perhaps a person.
 */
export function namesSomebody({ words }: Kept): boolean {
  if ('changes' in words) return words.changes.length > 0;
  if ('gifts' in words) return words.gifts.some(({ giver }) => giver !== UNNAMED_DONOR);
  return 'publishMode' in words && words.publishMode === 'MASKED_NAME';
}

/** When the public reads of it no more: so many days after it ended. */
export function expiresAt(endedAt: Date, onlineDays: number): Date {
  return new Date(endedAt.getTime() + onlineDays * DAY_MS);
}

/** What ended then or earlier is withdrawn by now. */
export function lastEndExpired(now: Date, onlineDays: number): Date {
  return new Date(now.getTime() - onlineDays * DAY_MS);
}
