import type { PermissionRow } from '../../platform/web/permissions.js';

const open = { scope: 'public', roles: ['anonymous'], fields: [] } as const;

export const noticeBoardPermissions: readonly PermissionRow[] = [
  { route: 'GET /b/:boardCode', act: 'readBoard', ...open },
  { route: 'GET /b/:boardCode/feed.atom', act: 'followBoard', ...open },
  { route: 'GET /api/v1/boards/:boardCode', act: 'readBoard', ...open },
];
