import type { PermissionRow } from '../platform/web/permissions.js';

const open = (route: string, act: string): PermissionRow => ({
  route,
  act,
  roles: ['anonymous'],
  scope: 'public',
  fields: [],
});

export const housePermissions: readonly PermissionRow[] = [
  open('GET /', 'enter'),
  open('GET /help', 'help'),
  open('POST /font-size', 'setFontSize'),
  open('GET /healthz', 'live'),
  open('GET /readyz', 'ready'),
  // Not for everybody: its controller asks for METRICS_TOKEN, since no account reads it (docs/operations.md).
  open('GET /metrics', 'readMetrics'),
];
