import { maskName } from '../../kernel/chinese/name-mask.js';

/** Who is paid: a person of the register, or an institution, such as the hospital that a family owes. */
export const PAYEE_KINDS = ['PERSON', 'INSTITUTION'] as const;
export type PayeeKind = (typeof PAYEE_KINDS)[number];

/** Names of people are masked; an institution has nothing to hide. */
export function shownName(kind: PayeeKind, name: string): string {
  return kind === 'PERSON' ? maskName(name) : name;
}
