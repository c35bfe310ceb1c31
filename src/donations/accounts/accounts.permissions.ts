import type { Actor, Role } from '../../kernel/actor.js';
import type { PermissionRow } from '../../platform/web/permissions.js';
import { GIFT_READERS } from '../donations.permissions.js';

/** Whoever keeps the papers or the books drafts the accounts; chair or deputy signs them, and never their author. */
export const ACCOUNT_DRAFTERS: readonly Role[] = ['secretary', 'accountant'];

export const mayDraftAccounts = ({ roles }: Pick<Actor, 'roles'>): boolean =>
  ACCOUNT_DRAFTERS.some((role) => roles.includes(role));

const read = { roles: GIFT_READERS, scope: 'own-society', fields: [] } as const;
const draft = { roles: ACCOUNT_DRAFTERS, scope: 'own-society', fields: [] } as const;

export const accountsPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/account-reports', act: 'listAccountReports', ...read },
  { route: 'GET /s/account-reports/new', act: 'draftAccountReport', ...draft },
  { route: 'POST /s/account-reports', act: 'draftAccountReport', ...draft },
  { route: 'GET /api/v1/account-reports', act: 'listAccountReports', ...read },
  { route: 'POST /api/v1/account-reports', act: 'draftAccountReport', ...draft },
];
