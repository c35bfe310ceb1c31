import type { PermissionRow } from '../platform/web/permissions.js';

const anyone = { roles: ['anonymous'], scope: 'public', fields: [] } as const;
const signedIn = { roles: ['signed-in'], scope: 'signed-in', fields: [] } as const;
const system = { roles: ['system-admin'], scope: 'system', fields: [] } as const;

export const accessPermissions: readonly PermissionRow[] = [
  { route: 'GET /sign-in', act: 'signIn', ...anyone },
  { route: 'POST /sign-in', act: 'signIn', ...anyone },
  { route: 'POST /sign-out', act: 'signOut', ...anyone },
  { route: 'GET /link/:token', act: 'useLink', ...anyone },
  { route: 'POST /link/:token', act: 'useLink', ...anyone },
  { route: 'GET /choose', act: 'chooseSociety', ...signedIn },
  { route: 'POST /choose', act: 'chooseSociety', ...signedIn },
  { route: 'GET /admin', act: 'administer', ...system },
  { route: 'GET /admin/accounts', act: 'listAccounts', ...system },
  { route: 'POST /admin/accounts', act: 'openAccount', ...system },
  { route: 'POST /admin/accounts/search', act: 'listAccounts', ...system },
  { route: 'POST /admin/accounts/:accountId/links', act: 'issueLink', ...system },
  { route: 'POST /admin/accounts/:accountId/disabling', act: 'disableAccount', ...system },
  { route: 'POST /api/v1/sessions', act: 'signIn', ...anyone },
  { route: 'DELETE /api/v1/sessions/current', act: 'signOut', ...signedIn },
  { route: 'POST /api/v1/accounts', act: 'openAccount', ...system },
  { route: 'POST /api/v1/accounts/:accountId/links', act: 'issueLink', ...system },
  { route: 'POST /api/v1/accounts/:accountId/disabling', act: 'disableAccount', ...system },
];
