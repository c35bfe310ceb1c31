import type { Role } from '../../kernel/actor.js';

/** What of a person is kept sealed, and shown in full only to whoever says why (quality.md 6, row 5). */
export const LOOK_FIELDS = ['ID_NUMBER', 'PHONE', 'PAYEE_PHONE', 'CARD', 'STORY'] as const;
export type LookField = (typeof LOOK_FIELDS)[number];

export const LOOK_FIELD_WORDS: Readonly<Record<LookField, string>> = {
  ID_NUMBER: '身份证号',
  PHONE: '电话',
  PAYEE_PHONE: '收款人电话',
  CARD: '卡号',
  STORY: '经过',
};

export const LOOK_REASONS = [
  'VERIFY_IDENTITY',
  'VERIFY_ACCOUNT',
  'CONTACT',
  'CORRECTION',
  'OVERSIGHT',
] as const;
export type LookReason = (typeof LOOK_REASONS)[number];

export const LOOK_REASON_WORDS: Readonly<Record<LookReason, string>> = {
  VERIFY_IDENTITY: '核对身份',
  VERIFY_ACCOUNT: '核对收款账号',
  CONTACT: '联系本人',
  CORRECTION: '纠错',
  OVERSIGHT: '监督检查',
};

type Watcher = {
  readonly words: string;
  readonly reasons: readonly LookReason[];
  /** Where the case is over. */
  readonly reasonsAfter: readonly LookReason[];
  /** Whoever judges or watches does not look at kin. An office of one person has to do its work on them too. */
  readonly mayBeTied: boolean;
};

const WORK: readonly LookReason[] = ['VERIFY_IDENTITY', 'VERIFY_ACCOUNT', 'CONTACT', 'CORRECTION'];

/** Quality.md 6: the office in open cases, the supervisor in all, the reviewer while the case is reviewed. */
const WATCHERS: Partial<Record<Role, Watcher>> = {
  secretary: { words: '秘书长', reasons: WORK, reasonsAfter: ['CORRECTION'], mayBeTied: true },
  clerk: { words: '经办人', reasons: WORK, reasonsAfter: ['CORRECTION'], mayBeTied: true },
  supervisor: { words: '监事', reasons: ['OVERSIGHT'], reasonsAfter: ['OVERSIGHT'], mayBeTied: false },
  reviewer: {
    words: '审核员',
    reasons: ['VERIFY_IDENTITY', 'VERIFY_ACCOUNT', 'OVERSIGHT'],
    reasonsAfter: [],
    mayBeTied: false,
  },
};

export const LOOKERS = Object.keys(WATCHERS) as readonly Role[];

export type Looking = {
  readonly roles: readonly Role[];
  /** The case is over. */
  readonly isOver: boolean;
  /** Whoever looks is the person, or tied to the person. */
  readonly isTied: boolean;
};
export type LookRefusal = 'NOT_YOURS' | 'CASE_OVER' | 'OF_KIN' | 'REASON_UNFIT';

/** The reasons that somebody can give here, or why there is none. */
export function lookReasons({ roles, isOver, isTied }: Looking): readonly LookReason[] | LookRefusal {
  const watchers = watchersOf(roles);
  if (watchers.length === 0) return 'NOT_YOURS';
  const untied = watchers.filter(({ mayBeTied }) => mayBeTied || !isTied);
  if (untied.length === 0) return 'OF_KIN';
  const given = untied.flatMap(({ reasons, reasonsAfter }) => (isOver ? reasonsAfter : reasons));
  return given.length === 0 ? 'CASE_OVER' : LOOK_REASONS.filter((reason) => given.includes(reason));
}

/** Null: the look is allowed. */
export function refusalOfLook(looking: Looking, reason: LookReason): LookRefusal | null {
  const reasons = lookReasons(looking);
  if (typeof reasons === 'string') return reasons;
  return reasons.includes(reason) ? null : looking.isOver ? 'CASE_OVER' : 'REASON_UNFIT';
}

/**
 * Of one account. A society has a handful of open cases, so that a day's work is a few looks, while whoever copies a register
 * needs hundreds: the limits stand well above the one and far below the other.
 */
export const LOOK_LIMITS = { perDay: 20, perWhile: 5, whileMinutes: 10 } as const;

export type LookPace = { readonly today: number; readonly lately: number };

/** Which limit the next look would break; null for none. */
export function limitBroken({ today, lately }: LookPace): 'DAY' | 'WHILE' | null {
  if (today >= LOOK_LIMITS.perDay) return 'DAY';
  return lately >= LOOK_LIMITS.perWhile ? 'WHILE' : null;
}

const SHOWN_MS = 2 * 60_000;

/** The answer is shown again to a form that was sent twice over a bad line, and to nobody later. */
export const isStillShown = (lookedAt: Date, now: Date): boolean =>
  now.getTime() - lookedAt.getTime() <= SHOWN_MS;

/** 秘书长因“核对身份”查看了身份证号 */
export function lookWords(roles: readonly Role[], field: LookField, reason: LookReason): string {
  const who = watchersOf(roles).find(({ reasons }) => reasons.includes(reason))?.words ?? '';
  return `${who}因“${LOOK_REASON_WORDS[reason]}”查看了${LOOK_FIELD_WORDS[field]}`;
}

function watchersOf(roles: readonly Role[]): Watcher[] {
  return LOOKERS.flatMap((role) => {
    const watcher = WATCHERS[role];
    return watcher && roles.includes(role) ? [watcher] : [];
  });
}
