import type { NoticeState } from './notice-state.js';

/** Whether the public may still read what a signed notice says; its number and its proof stay in any case. */
export function showsContent(notice: {
  readonly state: NoticeState;
  readonly withdrawnAt: Date | null;
}): boolean {
  return notice.state !== 'SUSPENDED' && notice.withdrawnAt === null;
}
