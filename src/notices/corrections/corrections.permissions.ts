import type { Role } from '../../kernel/actor.js';
import type { PermissionRow } from '../../platform/web/permissions.js';

const OFFICE: readonly Role[] = ['secretary', 'clerk'];

const office = { roles: OFFICE, scope: 'own-society', fields: [] } as const;

export const correctionsPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/notices/:noticeId/correction', act: 'compareNotice', ...office },
  { route: 'POST /s/notices/:noticeId/correction', act: 'correctNotice', ...office },
  { route: 'GET /n/:code/versions', act: 'readVersions', scope: 'public', roles: ['anonymous'], fields: [] },
  { route: 'GET /api/v1/notices/:noticeId/correction', act: 'compareNotice', ...office },
  { route: 'POST /api/v1/notices/:noticeId/correction', act: 'correctNotice', ...office },
];
