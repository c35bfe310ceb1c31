import type { Role } from '../../kernel/actor.js';

export const NOTICE_STATES = [
  'DRAFT',
  'SIGNED',
  'POSTED',
  'RUNNING',
  'ENDED',
  'ARCHIVED',
  'SUSPENDED',
  'DISCARDED',
] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

export type NoticeAct =
  | 'signNotice'
  | 'recordPosting'
  | 'addPostingPhoto'
  | 'endNotice'
  | 'archiveNotice'
  | 'reopenNotice'
  | 'suspendNotice'
  | 'discardDraft';

export type Transition = {
  readonly from: NoticeState;
  readonly to: NoticeState;
  readonly act: NoticeAct;
  /** Nobody: the clock does it, or what the notice is about. */
  readonly roles: readonly Role[];
};

const SIGNERS: readonly Role[] = ['chair', 'deputy'];
const OFFICE: readonly Role[] = ['secretary', 'clerk'];
/**
 * Whoever sees that a paper shows too much takes it down, and asks nobody first: two hours are all there is. The reviewer of
 * a federation does so in the societies below it.
 */
const WATCHERS: readonly Role[] = ['secretary', 'clerk', 'chair', 'deputy', 'supervisor', 'reviewer'];
const SIGNED_STATES: readonly NoticeState[] = ['SIGNED', 'POSTED', 'RUNNING', 'ENDED', 'ARCHIVED'];

/**
 * The life of a notice, whole (domain.md 2.3). Signing checks, numbers and freezes in one act, so that LINTED and
 * NUMBERED are no states of their own. Without a photo the paper hangs (POSTED), but the period has not begun. A draft
 * whose cause fell away is taken back (DISCARDED), and a correction or a new issue by whoever may draft it; what was signed stays, but for a paper that shows too much of
 * somebody: it is taken down (SUSPENDED) and another takes its place. An objection is no state: the notice runs on and
 * does not end before the objection is decided (ADR 17). One that was received in time and written down after the end
 * takes the end back: the period is no longer for it, but it is not over before the answer (D4-40).
 */
export const TRANSITIONS: readonly Transition[] = [
  { from: 'DRAFT', to: 'SIGNED', act: 'signNotice', roles: SIGNERS },
  { from: 'DRAFT', to: 'DISCARDED', act: 'discardDraft', roles: OFFICE },
  { from: 'SIGNED', to: 'POSTED', act: 'recordPosting', roles: OFFICE },
  { from: 'SIGNED', to: 'RUNNING', act: 'recordPosting', roles: OFFICE },
  { from: 'POSTED', to: 'RUNNING', act: 'addPostingPhoto', roles: OFFICE },
  { from: 'RUNNING', to: 'ENDED', act: 'endNotice', roles: [] },
  { from: 'ENDED', to: 'ARCHIVED', act: 'archiveNotice', roles: OFFICE },
  { from: 'ENDED', to: 'RUNNING', act: 'reopenNotice', roles: [] },
  { from: 'ARCHIVED', to: 'RUNNING', act: 'reopenNotice', roles: [] },
  ...SIGNED_STATES.map((from) => ({ from, to: 'SUSPENDED', act: 'suspendNotice', roles: WATCHERS }) as const),
];

export function mayMove(from: NoticeState, to: NoticeState): boolean {
  return TRANSITIONS.some((each) => each.from === from && each.to === to);
}

/** Who may do this act at all. */
export function rolesFor(act: NoticeAct): readonly Role[] {
  return TRANSITIONS.find((each) => each.act === act)?.roles ?? [];
}

/** Beside the road: nobody is told to do them next. */
const NO_NEXT_ACTS: readonly NoticeAct[] = ['suspendNotice', 'discardDraft'];

/** What a person with these roles can do next on its road; null when it waits for somebody else. */
export function nextActOf(state: NoticeState, roles: readonly Role[]): NoticeAct | null {
  const next = TRANSITIONS.find(
    (each) =>
      each.from === state &&
      !NO_NEXT_ACTS.includes(each.act) &&
      each.roles.some((role) => roles.includes(role)),
  );
  return next?.act ?? null;
}
