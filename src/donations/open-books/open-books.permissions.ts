import type { PermissionRow } from '../../platform/web/permissions.js';

const open = { scope: 'public', roles: ['anonymous'], fields: [] } as const;

/** What everybody may read of the money: of persons only the names of donors who agreed. */
export const openBooksPermissions: readonly PermissionRow[] = [
  { route: 'GET /open', act: 'listOpenBooks', ...open },
  { route: 'GET /open/months', act: 'readOpenMonths', ...open },
  { route: 'GET /open/:boardCode', act: 'readOpenBooks', ...open },
  { route: 'GET /open/:boardCode.csv', act: 'readOpenBooksLines', ...open },
  { route: 'GET /open/:boardCode/goods.csv', act: 'readOpenBooksLines', ...open },
  { route: 'GET /open/:boardCode/:purseCode', act: 'readOpenBooks', ...open },
  { route: 'GET /api/v1/open-books/months', act: 'readOpenMonths', ...open },
  { route: 'GET /api/v1/open-books/:boardCode', act: 'readOpenBooks', ...open },
];
