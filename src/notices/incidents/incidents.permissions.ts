import type { Role } from '../../kernel/actor.js';
import type { PermissionRow } from '../../platform/web/permissions.js';
import { rolesFor } from '../domain/notice-state.js';

const OFFICE: readonly Role[] = ['secretary', 'clerk'];

/** Whoever may take a notice down reads what came of it, and so does whoever audits. */
const watch = { roles: rolesFor('suspendNotice'), scope: 'own-society', fields: [] } as const;
const read = { ...watch, roles: [...watch.roles, 'auditor'] } as const;
const office = { roles: OFFICE, scope: 'own-society', fields: [] } as const;

/** That the notice is one of the own society, or of one below it, the service asks: elsewhere it is not there. */
export const incidentsPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/takedowns/:code', act: 'showTakedown', ...watch },
  { route: 'POST /s/takedowns/:code', act: 'suspendNotice', ...watch },
  { route: 'GET /s/notices/:noticeId/incident', act: 'showIncident', ...read },
  { route: 'POST /s/notices/:noticeId/paper-down', act: 'recordPaperDown', ...office },
  { route: 'POST /s/notices/:noticeId/incident-notes', act: 'noteIncident', ...office },
  { route: 'POST /s/notices/:noticeId/reissue', act: 'reissueNotice', ...office },
  { route: 'GET /s/notices/:noticeId/gap', act: 'showGap', ...office },
  { route: 'POST /s/notices/:noticeId/gap', act: 'recordGap', ...office },

  { route: 'POST /api/v1/takedowns/:code', act: 'suspendNotice', ...watch },
  { route: 'GET /api/v1/notices/:noticeId/incident', act: 'getIncident', ...read },
  { route: 'POST /api/v1/notices/:noticeId/paper-down', act: 'recordPaperDown', ...office },
  { route: 'POST /api/v1/notices/:noticeId/incident-notes', act: 'noteIncident', ...office },
  { route: 'POST /api/v1/notices/:noticeId/reissue', act: 'reissueNotice', ...office },
  { route: 'GET /api/v1/notices/:noticeId/gaps', act: 'listGaps', ...office },
  { route: 'POST /api/v1/notices/:noticeId/gaps', act: 'recordGap', ...office },
];
