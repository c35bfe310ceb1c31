import type { Role } from '../../kernel/actor.js';

/** What of a row of the permission table decides; a `PermissionRow` fits. */
export type Rule = {
  readonly roles: readonly Role[];
  readonly scope: 'public' | 'signed-in' | 'own-society' | 'system';
};

/** What of an actor decides. */
export type Asker = { readonly roles: readonly Role[]; readonly societyId: string | null };

/** Pages send people on to where they can be let in; programs are told a number. */
export type Face = 'page' | 'api';

/** `sign-in`: say who you are. `choose`: say in which society. */
export type Admission = 'allow' | 'sign-in' | 'choose' | 'forbidden' | 'not-found';

/**
 * Who may pass, decided from the table and nothing else. Default deny (architecture.md 5): what has no row is not
 * there, and a role that the row does not name is refused.
 */
export function admissionOf(rule: Rule | null, asker: Asker | null, face: Face): Admission {
  if (!rule) return 'not-found';
  if (rule.scope === 'public') return 'allow';
  if (!asker) return 'sign-in';
  const named = rule.roles.some((role) => asker.roles.includes(role));
  switch (rule.scope) {
    case 'signed-in':
    case 'system':
      return named ? 'allow' : 'forbidden';
    case 'own-society':
      return inSociety(rule, asker, face, named);
  }
}

/** Roles are held in a society, so whoever has not chosen one has none yet, and is asked to choose. */
function inSociety(rule: Rule, asker: Asker, face: Face, named: boolean): Admission {
  if (asker.societyId !== null) return named ? 'allow' : 'forbidden';
  const mayYetBeNamed = !asker.roles.includes('system-admin') || rule.roles.includes('system-admin');
  return mayYetBeNamed && face === 'page' ? 'choose' : 'forbidden';
}
