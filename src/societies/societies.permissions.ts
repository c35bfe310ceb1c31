import type { PermissionRow } from '../platform/web/permissions.js';

const system = { roles: ['system-admin'], scope: 'system', fields: [] } as const;

export const societiesPermissions: readonly PermissionRow[] = [
  { route: 'GET /admin/societies', act: 'listSocieties', ...system },
  { route: 'GET /admin/societies/new', act: 'foundSociety', ...system },
  { route: 'POST /admin/societies', act: 'foundSociety', ...system },
  { route: 'GET /admin/societies/:societyId', act: 'readSociety', ...system },
  { route: 'GET /api/v1/societies', act: 'listSocieties', ...system },
  { route: 'POST /api/v1/societies', act: 'foundSociety', ...system },
];
