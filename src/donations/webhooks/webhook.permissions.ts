import type { Role } from '../../kernel/actor.js';
import type { PermissionRow } from '../../platform/web/permissions.js';

/** Whoever answers for the house decides which program is told of its gifts. */
export const WEBHOOK_KEEPERS: readonly Role[] = ['chair', 'secretary'];

const keep = { roles: WEBHOOK_KEEPERS, scope: 'own-society', fields: [] } as const;

export const webhookPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/webhooks', act: 'listWebhooks', ...keep },
  { route: 'POST /s/webhooks', act: 'addWebhook', ...keep },
  { route: 'GET /s/webhooks/:endpointId', act: 'readWebhook', ...keep },
  { route: 'POST /s/webhooks/:endpointId/end', act: 'endWebhook', ...keep },
  { route: 'POST /s/webhooks/:endpointId/replay', act: 'replayWebhook', ...keep },
  { route: 'POST /s/webhooks/deliveries/:deliveryId/replay', act: 'replayDelivery', ...keep },
  { route: 'GET /api/v1/webhooks', act: 'listWebhooks', ...keep },
  { route: 'POST /api/v1/webhooks', act: 'addWebhook', ...keep },
  { route: 'GET /api/v1/webhooks/:endpointId/deliveries', act: 'readWebhook', ...keep },
  { route: 'POST /api/v1/webhooks/:endpointId/end', act: 'endWebhook', ...keep },
  { route: 'POST /api/v1/webhooks/:endpointId/replay', act: 'replayWebhook', ...keep },
  { route: 'POST /api/v1/webhooks/deliveries/:deliveryId/replay', act: 'replayDelivery', ...keep },
];
