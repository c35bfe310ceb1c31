import type { PermissionRow } from '../platform/web/permissions.js';

export const dutiesPermissions: readonly PermissionRow[] = [];
