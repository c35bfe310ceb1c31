import type { Role } from '../kernel/actor.js';
import type { PermissionRow } from '../platform/web/permissions.js';

/** The office writes down what happened in the room. */
const OFFICE: readonly Role[] = ['secretary', 'clerk'];
/** Directors may stand aside for themselves; the service lets nobody but the office do it for another. */
const BOARD: readonly Role[] = [...OFFICE, 'chair', 'deputy', 'director'];
const READERS: readonly Role[] = [...BOARD, 'supervisor'];
/** Of a vote and its minutes, and of nothing that is still to be signed. */
const VOTE_READERS: readonly Role[] = [...READERS, 'auditor'];

/** Whoever said no wrote the reason for these alone. */
const REASONS: readonly Role[] = [...OFFICE, 'supervisor'];

const own = { scope: 'own-society', fields: [] } as const;
/** Whoever holds the link of a director; the link itself says who acts. */
const byLink = { roles: ['anonymous'], scope: 'public', fields: [] } as const;

export const boardPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/rounds/:roundId', act: 'showRound', roles: VOTE_READERS, ...own },
  { route: 'POST /s/rounds/:roundId/ballots', act: 'castBallot', roles: BOARD, ...own },
  { route: 'POST /s/rounds/:roundId/recusals', act: 'declareRecusal', roles: BOARD, ...own },
  { route: 'POST /s/rounds/:roundId/show-of-hands', act: 'recordShowOfHands', roles: OFFICE, ...own },
  { route: 'POST /s/rounds/:roundId/joint-meeting', act: 'recordJointMeeting', roles: OFFICE, ...own },
  { route: 'GET /s/rounds/:roundId/links', act: 'makeBallotLinks', roles: OFFICE, ...own },
  { route: 'POST /s/rounds/:roundId/links', act: 'makeBallotLinks', roles: OFFICE, ...own },
  { route: 'POST /s/rounds/:roundId/closing', act: 'closeRound', roles: OFFICE, ...own },
  { route: 'GET /s/rounds/:roundId/minutes.pdf', act: 'printMinutes', roles: VOTE_READERS, ...own },
  { route: 'GET /s/rounds/:roundId/sheet.pdf', act: 'printVoteSheet', roles: READERS, ...own },
  { route: 'GET /s/rounds/:roundId/reasons', act: 'readReasons', roles: REASONS, ...own },
  { route: 'GET /v/:token', act: 'openBallot', ...byLink },
  { route: 'POST /v/:token/ballot', act: 'castBallot', ...byLink },
  { route: 'POST /v/:token/recusal', act: 'declareRecusal', ...byLink },
  { route: 'GET /api/v1/rounds/:roundId', act: 'getRound', roles: VOTE_READERS, ...own },
  { route: 'POST /api/v1/rounds/:roundId/recusals', act: 'declareRecusal', roles: BOARD, ...own },
  { route: 'POST /api/v1/rounds/:roundId/show-of-hands', act: 'recordShowOfHands', roles: OFFICE, ...own },
  { route: 'POST /api/v1/rounds/:roundId/ballots', act: 'castBallot', roles: BOARD, ...own },
  {
    route: 'POST /api/v1/rounds/:roundId/joint-meeting',
    act: 'recordJointMeeting',
    roles: OFFICE,
    ...own,
  },
  { route: 'POST /api/v1/rounds/:roundId/links', act: 'makeBallotLinks', roles: OFFICE, ...own },
  { route: 'POST /api/v1/rounds/:roundId/closing', act: 'closeRound', roles: OFFICE, ...own },
];
