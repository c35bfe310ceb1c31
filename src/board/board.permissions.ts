import type { Role } from '../kernel/actor.js';
import type { PermissionRow } from '../platform/web/permissions.js';

/** The office writes down what happened in the room. */
const OFFICE: readonly Role[] = ['secretary', 'clerk'];
/** Directors may stand aside for themselves; the service lets nobody but the office do it for another. */
const BOARD: readonly Role[] = [...OFFICE, 'chair', 'deputy', 'director'];
const READERS: readonly Role[] = [...BOARD, 'supervisor'];

const own = { scope: 'own-society', fields: [] } as const;

export const boardPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/rounds/:roundId', act: 'showRound', roles: READERS, ...own },
  { route: 'POST /s/rounds/:roundId/recusals', act: 'declareRecusal', roles: BOARD, ...own },
  { route: 'POST /s/rounds/:roundId/show-of-hands', act: 'recordShowOfHands', roles: OFFICE, ...own },
  { route: 'POST /s/rounds/:roundId/closing', act: 'closeRound', roles: OFFICE, ...own },
  { route: 'GET /s/rounds/:roundId/minutes.pdf', act: 'printMinutes', roles: READERS, ...own },
  { route: 'GET /api/v1/rounds/:roundId', act: 'getRound', roles: READERS, ...own },
  { route: 'POST /api/v1/rounds/:roundId/recusals', act: 'declareRecusal', roles: BOARD, ...own },
  { route: 'POST /api/v1/rounds/:roundId/show-of-hands', act: 'recordShowOfHands', roles: OFFICE, ...own },
  { route: 'POST /api/v1/rounds/:roundId/closing', act: 'closeRound', roles: OFFICE, ...own },
];
