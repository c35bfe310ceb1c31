import type { NoticeKind } from '../../notices/domain/notice-words.js';
import type { ReliefState } from './relief-procedure.js';

/** From the vote of the panel on, as long as nobody has undone it. */
const CARRIED: readonly ReliefState[] = [
  'PRE_NOTICE',
  'OBJECTION_HOLD',
  'APPROVED',
  'PAID',
  'REFUND_DUE',
  'CLOSED',
];

/** Whether what a notice says of a case still holds: a vote that an objection has undone is published no more. */
export function noticeStands(
  kind: NoticeKind,
  { state, isPaid }: { readonly state: ReliefState; readonly isPaid: boolean },
): boolean {
  if (kind === 'RELIEF_PRE') return CARRIED.includes(state);
  if (kind === 'RELIEF_RESULT') return isPaid;
  return kind !== 'REJECTION' || state === 'REJECTED';
}
