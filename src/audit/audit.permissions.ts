import type { PermissionRow } from '../platform/web/permissions.js';

export const auditPermissions: readonly PermissionRow[] = [
  {
    route: 'GET /s/files/:fileId',
    act: 'readFile',
    roles: [
      ...([
        'secretary',
        'clerk',
        'chair',
        'deputy',
        'supervisor',
        'cashier',
        'accountant',
        'reviewer',
      ] as const),
      'auditor',
    ],
    scope: 'own-society',
    fields: ['identity', 'health', 'bank'],
  },
];
