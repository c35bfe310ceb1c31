import type { Role } from '../../kernel/actor.js';
import { rolesFor } from './notice-state.js';

type Person = { readonly accountId: string | null; readonly personId: string | null };

export type SignerFault = 'no-person' | 'no-office' | 'author';

/**
 * Whoever wrote a notice does not sign it (domain.md 2.3), and only chair and deputy sign. That the signer is neither
 * the applicant nor recused, the subject of the notice answers for.
 */
export function signerFault(
  signer: Person & { readonly roles: readonly Role[] },
  author: Person,
): SignerFault | null {
  if (signer.personId === null) return 'no-person';
  if (!rolesFor('signNotice').some((role) => signer.roles.includes(role))) return 'no-office';
  const sameAccount = signer.accountId !== null && signer.accountId === author.accountId;
  return sameAccount || signer.personId === author.personId ? 'author' : null;
}
