import type { PermissionRow } from '../../platform/web/permissions.js';

const open = { act: 'readSeal', roles: ['anonymous'], scope: 'public', fields: [] } as const;

/** The heads say nothing of anybody: the more people keep them, the less can be rewritten. */
export const sealPermissions: readonly PermissionRow[] = [
  { route: 'GET /seal', ...open },
  { route: 'GET /seal/heads.jsonl', ...open },
  { route: 'GET /api/v1/seal', ...open },
  { route: 'GET /api/v1/seal/batches', ...open },
  { route: 'GET /admin/seal', act: 'watchSeal', roles: ['system-admin'], scope: 'system', fields: [] },
];
