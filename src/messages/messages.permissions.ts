import type { Role } from '../kernel/actor.js';
import type { PermissionRow } from '../platform/web/permissions.js';

/** Whoever answers the phone of the society: there people say that they want no texts. */
const OFFICE: readonly Role[] = ['secretary', 'clerk', 'chair'];

const office = { roles: OFFICE, scope: 'own-society', fields: ['contact'] } as const;
const admin = { roles: ['system-admin'], scope: 'system', fields: [] } as const;

export const messagesPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/messages', act: 'listMessages', ...office },
  { route: 'POST /s/messages/choices', act: 'recordMessageChoice', ...office },
  { route: 'POST /s/messages/failed/retry', act: 'retryFailedMessages', ...office },
  { route: 'POST /s/messages/:messageId/retry', act: 'retryMessage', ...office },
  { route: 'GET /api/v1/messages', act: 'listMessages', ...office },
  { route: 'POST /api/v1/messages/choices', act: 'recordMessageChoice', ...office },
  { route: 'POST /api/v1/messages/failed/retry', act: 'retryFailedMessages', ...office },
  { route: 'POST /api/v1/messages/:messageId/retry', act: 'retryMessage', ...office },
  { route: 'GET /admin/messages', act: 'listAllMessages', ...admin },
  { route: 'POST /admin/messages/failed/retry', act: 'retryFailedMessages', ...admin },
  { route: 'POST /admin/messages/:messageId/retry', act: 'retryMessage', ...admin },
  { route: 'GET /api/v1/all-messages', act: 'listAllMessages', ...admin },
  { route: 'POST /api/v1/all-messages/failed/retry', act: 'retryFailedMessages', ...admin },
  { route: 'POST /api/v1/all-messages/:messageId/retry', act: 'retryMessage', ...admin },
];
