import type { Role } from '../../kernel/actor.js';

/** Groups of personal fields that a route may show or take (quality.md T2): everything else is not personal. */
export type FieldGroup = 'identity' | 'contact' | 'health' | 'bank' | 'donor';

/**
 * Who may reach one route. Each context lists its own in `*.permissions.ts`; the guard, the menus, `docs/permissions.md`
 * and the matrix test are all made from the collected rows. A route without a row keeps the program from starting.
 */
export type PermissionRow = {
  /** Method and path as Nest knows it: `GET /s/cases/:number`. */
  readonly route: string;
  /** A stable verb of the trade: `registerCase`. */
  readonly act: string;
  readonly roles: readonly Role[];
  /**
   * `public`: whoever asks. `signed-in`: any account, or one of a part that it has outside any society. `own-society`: an account that acts in a society, and sees that
   * society alone. `system`: the system administrator, outside any society.
   */
  readonly scope: 'public' | 'signed-in' | 'own-society' | 'system';
  readonly fields: readonly FieldGroup[];
  /**
   * `fresh`: whoever is signed in must have proved who they are within the last ten minutes (quality.md T5): money, payees,
   * exports with personal data, offices, accounts. A page of one link, bound to one act, has no session and is not asked.
   */
  readonly proof?: 'fresh';
  /** Who is asked for it when the page is opened, since its form needs it: a photo that was taken would be lost otherwise. */
  readonly proofAhead?: readonly Role[];
};
