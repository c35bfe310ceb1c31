import type { NoticeKind } from '../../notices/domain/notice-words.js';
import type { CaseState } from './emergency-procedure.js';

/** Once the board has taken it back, the notice of that stands for the grant, whatever comes back of the money. */
export const TAKEN_BACK: readonly CaseState[] = ['REVOKED', 'RECOVERED', 'WRITTEN_OFF'];

/** Whether what a notice says of a case still holds: what was paid back by the bank, or taken back, is published no more. */
export function noticeStands(
  kind: NoticeKind,
  { state, isPaid }: { readonly state: CaseState; readonly isPaid: boolean },
): boolean {
  if (kind === 'GRANT_POST') return isPaid && !TAKEN_BACK.includes(state);
  if (kind === 'REVOCATION') return TAKEN_BACK.includes(state);
  return kind !== 'REJECTION' || state === 'REJECTED';
}
