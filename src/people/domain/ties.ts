import { RELATIONS, RELATION_WORDS } from './kin.js';
import type { Relation } from './kin.js';

/** Why two persons are tied: what they declared, and what their rows share (domain.md 1.8, quality.md T4). */
export type TieReason = 'SELF' | Relation | 'GUARDIAN' | 'HOUSEHOLD' | 'PHONE' | 'CARD' | 'ADDRESS';

const SHARED_WORDS = {
  SELF: '是同一个人',
  GUARDIAN: '监护关系',
  HOUSEHOLD: '同一户',
  PHONE: '留的是同一个电话',
  CARD: '用的是同一张卡',
  ADDRESS: '住在同一处',
} as const;

export function tieWords(reason: TieReason): string {
  return reason in SHARED_WORDS
    ? SHARED_WORDS[reason as keyof typeof SHARED_WORDS]
    : RELATION_WORDS[reason as Relation];
}

/** What is compared: keys and blind indexes, never the values behind them. */
export type TieFacts = {
  readonly id: string;
  readonly householdId: string;
  readonly guardianId: string | null;
  readonly phoneIndex: string | null;
  readonly addressIndex: string | null;
  readonly cardIndexes: readonly string[];
};

/** The reasons why `a` and `b` are tied, the declared first; none is the rule. */
export function tiesOf(a: TieFacts, b: TieFacts, declared: readonly Relation[]): TieReason[] {
  if (a.id === b.id) return ['SELF'];
  const shared: [holds: boolean, reason: TieReason][] = [
    [a.guardianId === b.id || b.guardianId === a.id, 'GUARDIAN'],
    [a.householdId === b.householdId, 'HOUSEHOLD'],
    [a.phoneIndex !== null && a.phoneIndex === b.phoneIndex, 'PHONE'],
    [a.cardIndexes.some((card) => b.cardIndexes.includes(card)), 'CARD'],
    [a.addressIndex !== null && a.addressIndex === b.addressIndex, 'ADDRESS'],
  ];
  return [
    ...RELATIONS.filter((relation) => declared.includes(relation)),
    ...shared.filter(([holds]) => holds).map(([, reason]) => reason),
  ];
}
