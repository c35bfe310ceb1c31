import type { Fen } from '../../kernel/fen.js';
import { SECOND_REVIEW_FROM_FEN } from './terms.js';

/** What a reviewer finds of a grant that was paid. */
export const FINDING_KINDS = ['IN_ORDER', 'RECTIFY', 'REVOKE'] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export const FINDING_WORDS: Readonly<Record<FindingKind, string>> = {
  IN_ORDER: '合规',
  RECTIFY: '限期整改',
  REVOKE: '建议撤销',
};

/** Every finding is given with one of its reasons; what else there is to say is sealed. */
export const FINDING_REASONS = {
  COMPLETE: { kind: 'IN_ORDER', words: '材料齐全，程序完整' },
  CALLED_BACK: { kind: 'IN_ORDER', words: '电话或走访核对过' },
  EXPLAINED: { kind: 'IN_ORDER', words: '疑点已经说明白' },
  PAPERS: { kind: 'RECTIFY', words: '材料不齐，或看不清' },
  PAYEE_PROOF: { kind: 'RECTIFY', words: '收款人的关系没有凭据' },
  RECUSAL: { kind: 'RECTIFY', words: '回避没有记清楚' },
  NOTICE: { kind: 'RECTIFY', words: '公示没有按时，或内容不全' },
  MATCH: { kind: 'RECTIFY', words: '可能重复没有说明' },
  RECORDS: { kind: 'RECTIFY', words: '记录前后对不上' },
  FALSE_FACTS: { kind: 'REVOKE', words: '情况不属实' },
  REPEAT_CLAIM: { kind: 'REVOKE', words: '同一件急难重复领取' },
  NOT_IN_NEED: { kind: 'REVOKE', words: '不在救助范围' },
  KIN_VOTED: { kind: 'REVOKE', words: '该回避的参加了表决' },
  WRONG_PAYEE: { kind: 'REVOKE', words: '钱没有到本人或户里' },
} as const satisfies Record<string, { readonly kind: FindingKind; readonly words: string }>;
export type FindingReason = keyof typeof FINDING_REASONS;
export const FINDING_REASON_KEYS = Object.keys(FINDING_REASONS) as FindingReason[];

export type FinderRole = 'reviewer' | 'supervisor';

export type Voice = {
  readonly kind: FindingKind;
  readonly reviewerId: string;
  readonly asRole: FinderRole;
};

/** Maker is not checker, and two are two people (domain.md 2.2): so many have to say the same. */
export function findingsNeeded(amountFen: Fen): 1 | 2 {
  return amountFen >= SECOND_REVIEW_FROM_FEN ? 2 : 1;
}

/** Where the review of one lap stands. Nothing of it is stored: it follows from what was said. */
export type Standing =
  | { readonly state: 'WAITING' | 'SECOND' | 'SPLIT' }
  | { readonly state: 'COUNTS'; readonly kind: FindingKind };

/**
 * What two people say counts. Where the second says otherwise the row stays open: a third reviewer who joins one of them
 * decides, or the supervisor alone.
 */
export function standingOf(voices: readonly Voice[], needed: 1 | 2): Standing {
  const [first] = voices;
  if (!first) return { state: 'WAITING' };
  const supervisor = voices.find(({ asRole }) => asRole === 'supervisor');
  if (supervisor) return { state: 'COUNTS', kind: supervisor.kind };
  const agreed = FINDING_KINDS.find((kind) => voices.filter((voice) => voice.kind === kind).length >= needed);
  if (agreed) return { state: 'COUNTS', kind: agreed };
  return { state: voices.length === 1 ? 'SECOND' : 'SPLIT' };
}

export type CannotFind = 'TWICE' | 'ONLY_SPLITS';

/** Whether this person may say something now; null says yes. */
export function refusalOf(
  voices: readonly Voice[],
  needed: 1 | 2,
  who: { readonly personId: string; readonly asRole: FinderRole },
): CannotFind | null {
  if (voices.some(({ reviewerId }) => reviewerId === who.personId)) return 'TWICE';
  const isSplit = standingOf(voices, needed).state === 'SPLIT';
  return who.asRole === 'supervisor' && !isSplit ? 'ONLY_SPLITS' : null;
}

/** A reviewer is one whatever else they are; the supervisor only watches, and settles what is split. */
export function finderRoleOf(roles: readonly string[]): FinderRole | null {
  if (roles.includes('reviewer')) return 'reviewer';
  return roles.includes('supervisor') ? 'supervisor' : null;
}

/** What the others said is shown to whoever has spoken: the second looks with eyes of their own. */
export function seesVoices(voices: readonly Voice[], standing: Standing, personId: string | null): boolean {
  if (standing.state === 'COUNTS' || standing.state === 'SPLIT') return true;
  return voices.some(({ reviewerId }) => reviewerId === personId);
}
