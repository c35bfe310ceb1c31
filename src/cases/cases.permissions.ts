import type { Role } from '../kernel/actor.js';
import type { PermissionRow } from '../platform/web/permissions.js';
import { FAST_PATH_READERS } from './fast-path.reading.js';

/** Who takes in, verifies and asks the board (quality.md 6). */
const OFFICE: readonly Role[] = ['secretary', 'clerk'];
/** Who may read a case: without ID number, phone and whole card. */
const READERS: readonly Role[] = [
  ...OFFICE,
  'chair',
  'deputy',
  'director',
  'supervisor',
  'cashier',
  'accountant',
  'auditor',
];
/** A lead may come from whoever walks through the village. */
const FINDERS: readonly Role[] = [...OFFICE, 'chair', 'deputy', 'director', 'information-officer'];

const home = {
  roles: [...READERS, 'reviewer', 'information-officer'] as readonly Role[],
  scope: 'own-society',
  fields: [],
} as const;
const read = { roles: READERS, scope: 'own-society', fields: ['health'] } as const;
const list = { roles: READERS, scope: 'own-society', fields: [] } as const;
const write = {
  roles: OFFICE,
  scope: 'own-society',
  fields: ['identity', 'contact', 'health', 'bank'],
} as const;
/** Who hands papers in never confirms that one need not be. */
const confirm = {
  roles: ['supervisor'] as readonly Role[],
  scope: 'own-society',
  fields: ['health'],
} as const;
/** A sealed field in full: for whoever works on the case or watches over it, with a reason (quality.md 6, row 5). */
const look = { ...write, roles: [...OFFICE, 'supervisor'] as readonly Role[], proof: 'fresh' } as const;
const papers = { ...confirm, roles: [...OFFICE, ...confirm.roles] } as const;
const find = { roles: FINDERS, scope: 'own-society', fields: ['contact', 'health'] } as const;
/** Papers with a full name on them: for whoever hands them over or answers for them. */
const letters = {
  roles: [...OFFICE, 'chair', 'deputy', 'supervisor'] as readonly Role[],
  scope: 'own-society',
  fields: ['identity', 'contact', 'bank'],
} as const;
/** Who answers for what the villages hand up. That societies stand below is asked of the society itself. */
const DESK: readonly Role[] = [...OFFICE, 'chair', 'deputy'];
const desk = { roles: DESK, scope: 'own-society', fields: [] } as const;
const deskStory = { roles: DESK, scope: 'own-society', fields: ['health'] } as const;
const handOver = { roles: OFFICE, scope: 'own-society', fields: ['health'] } as const;
const letThrough = {
  roles: ['chair', 'secretary'] as readonly Role[],
  scope: 'own-society',
  fields: [],
} as const;
/** A federation compares what its societies have taken in; in another society these routes find nothing. */
const compare = { roles: DESK, scope: 'own-society', fields: ['identity', 'health'] } as const;
const leads = { roles: OFFICE, scope: 'own-society', fields: ['contact', 'health'] } as const;

/** 紧急快办: the secretary-general opens it, three people sign, each of them on an own account. */
const fastRead = { roles: FAST_PATH_READERS, scope: 'own-society', fields: [] } as const;
const fastOpen = { roles: ['secretary'], scope: 'own-society', fields: [] } as const;
const fastSign = {
  roles: ['chair', 'deputy', 'secretary', 'supervisor'],
  scope: 'own-society',
  fields: [],
} as const;

export const casesPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/cases/:number/matches', act: 'listCaseMatches', ...handOver },
  { route: 'POST /s/cases/:number/matches/:matchId', act: 'disposeMatch', ...handOver },
  { route: 'GET /s/matches', act: 'listMatches', ...compare },
  { route: 'GET /s/matches/:matchId', act: 'listMatches', ...compare },
  { route: 'POST /s/matches/:matchId', act: 'disposeMatch', ...compare },
  { route: 'GET /api/v1/cases/:caseId/matches', act: 'listCaseMatches', ...handOver },
  { route: 'GET /api/v1/matches', act: 'listMatches', ...compare },
  { route: 'POST /api/v1/matches/:matchId/disposition', act: 'disposeMatch', ...compare },
  { route: 'GET /s', act: 'readHome', ...home },

  { route: 'GET /s/cases', act: 'listCases', ...list },
  { route: 'GET /s/cases/new', act: 'draftCase', ...write },
  { route: 'POST /s/cases/new', act: 'draftCase', ...write },
  { route: 'GET /s/cases/drafts/:draftId', act: 'draftCase', ...write },
  { route: 'POST /s/cases/drafts/:draftId', act: 'draftCase', ...write },
  { route: 'GET /s/cases/drafts/:draftId/check', act: 'draftCase', ...write },
  { route: 'POST /s/cases', act: 'registerCase', ...write },
  { route: 'GET /s/cases/:number', act: 'readCase', ...read },
  { route: 'GET /s/cases/:number/look', act: 'lookAtCase', ...look },
  { route: 'POST /s/cases/:number/look', act: 'lookAtCase', ...look },
  { route: 'POST /api/v1/cases/:caseId/looks', act: 'lookAtCase', ...look },
  { route: 'GET /s/cases/:number/visits', act: 'verifyCase', ...write },
  { route: 'POST /s/cases/:number/visits', act: 'verifyCase', ...write },
  { route: 'GET /s/cases/:number/rounds/new', act: 'openRound', ...write },
  { route: 'POST /s/cases/:number/rounds', act: 'openRound', ...write },
  { route: 'GET /s/cases/:number/papers', act: 'readPapers', ...papers },
  { route: 'POST /s/cases/:number/papers', act: 'completePapers', ...write },
  { route: 'POST /s/cases/:number/papers/:kind/confirmation', act: 'confirmWaiver', ...confirm },

  { route: 'GET /s/cases/:number/amendment', act: 'amendCase', ...write, proof: 'fresh' },
  { route: 'POST /s/cases/:number/amendment', act: 'amendCase', ...write, proof: 'fresh' },
  { route: 'GET /s/cases/:number/ending', act: 'endCase', ...write },
  { route: 'POST /s/cases/:number/ending', act: 'endCase', ...write },
  { route: 'GET /s/cases/:number/revocation', act: 'askRevocation', ...write },
  { route: 'POST /s/cases/:number/revocation', act: 'askRevocation', ...write },

  { route: 'GET /s/cases/:number/fast-path', act: 'getFastPath', ...fastRead },
  { route: 'POST /s/cases/:number/fast-path', act: 'openFastPath', ...fastOpen },
  { route: 'POST /s/cases/:number/fast-path/signatures', act: 'signFastPath', ...fastSign },
  { route: 'POST /s/cases/:number/fast-path/ratification', act: 'askRatification', ...write },

  { route: 'GET /s/papers/registration.pdf', act: 'printBlankRegistration', ...find, fields: [] },
  { route: 'GET /s/cases/:number/registration.pdf', act: 'printRegistration', ...letters },
  { route: 'GET /s/cases/:number/letters/:letterId.pdf', act: 'printLetter', ...letters },
  { route: 'GET /api/v1/cases/:caseId/letters', act: 'listLetters', ...letters, fields: [] },

  { route: 'GET /s/cases/:number/escalation', act: 'escalateCase', ...handOver },
  { route: 'POST /s/cases/:number/escalation', act: 'escalateCase', ...handOver },
  { route: 'GET /s/cases/:number/review', act: 'askReview', ...handOver },
  { route: 'POST /s/cases/:number/review', act: 'askReview', ...handOver },
  { route: 'GET /s/cases/:number/referral', act: 'referCase', ...handOver },
  { route: 'POST /s/cases/:number/referral', act: 'referCase', ...handOver },
  { route: 'GET /s/cases/:number/answer', act: 'recordHandoverAnswer', ...handOver },
  { route: 'POST /s/cases/:number/answer', act: 'recordHandoverAnswer', ...handOver },
  { route: 'GET /s/town', act: 'listTownDesk', ...desk },
  { route: 'GET /s/town/handovers/:handoverId', act: 'readHandover', ...deskStory },
  { route: 'POST /s/town/handovers/:handoverId/story', act: 'readHandedStory', ...deskStory },
  { route: 'POST /s/town/handovers/:handoverId/case', act: 'takeOnCase', ...write },
  { route: 'POST /s/town/handovers/:handoverId/answer', act: 'recordHandoverAnswer', ...handOver },
  { route: 'GET /s/town/fast-paths/:fastPathId', act: 'readFastPathBelow', ...desk },
  { route: 'POST /s/town/fast-paths/:fastPathId', act: 'restoreFastPath', ...letThrough },
  { route: 'GET /s/town/recoveries/:recoveryId', act: 'readOwedBelow', ...desk },
  { route: 'POST /s/town/recoveries/:recoveryId', act: 'askWriteOff', ...handOver },
  { route: 'GET /s/overrides/new', act: 'askOverride', ...handOver },
  { route: 'POST /s/overrides', act: 'askOverride', ...handOver },
  { route: 'GET /s/town/overrides/:overrideId', act: 'readOverride', ...desk },
  { route: 'POST /s/town/overrides/:overrideId/decision', act: 'decideOverride', ...letThrough },

  { route: 'GET /s/leads', act: 'listLeads', ...leads },
  { route: 'GET /s/leads/new', act: 'recordLead', ...find },
  { route: 'POST /s/leads', act: 'recordLead', ...find },

  { route: 'POST /api/v1/cases', act: 'registerCase', ...write },
  { route: 'GET /api/v1/cases', act: 'listCases', ...list },
  { route: 'GET /api/v1/cases/:caseId', act: 'getCase', ...list },
  { route: 'POST /api/v1/cases/:caseId/visits', act: 'verifyCase', ...write },
  { route: 'POST /api/v1/cases/:caseId/rounds', act: 'openRound', ...write },
  { route: 'POST /api/v1/cases/:caseId/papers', act: 'completePapers', ...write },
  { route: 'POST /api/v1/cases/:caseId/amendments', act: 'amendCase', ...write, proof: 'fresh' },
  { route: 'POST /api/v1/cases/:caseId/withdrawal', act: 'withdrawCase', ...write },
  { route: 'POST /api/v1/cases/:caseId/termination', act: 'terminateCase', ...write },
  { route: 'POST /api/v1/cases/:caseId/revocations', act: 'askRevocation', ...write },
  { route: 'POST /api/v1/cases/:caseId/papers/:kind/confirmation', act: 'confirmWaiver', ...confirm },
  { route: 'GET /api/v1/cases/:caseId/fast-path', act: 'getFastPath', ...fastRead },
  { route: 'POST /api/v1/cases/:caseId/fast-path', act: 'openFastPath', ...fastOpen },
  { route: 'POST /api/v1/fast-paths/:fastPathId/signatures', act: 'signFastPath', ...fastSign },
  { route: 'POST /api/v1/cases/:caseId/fast-path/ratification', act: 'askRatification', ...write },
  { route: 'POST /api/v1/cases/:caseId/escalation', act: 'escalateCase', ...handOver },
  { route: 'POST /api/v1/cases/:caseId/review', act: 'askReview', ...handOver },
  { route: 'POST /api/v1/cases/:caseId/referral', act: 'referCase', ...handOver },
  { route: 'POST /api/v1/handovers/:handoverId/case', act: 'takeOnCase', ...write },
  { route: 'POST /api/v1/handovers/:handoverId/answer', act: 'recordHandoverAnswer', ...handOver },
  { route: 'POST /api/v1/overrides', act: 'askOverride', ...handOver },
  { route: 'POST /api/v1/overrides/:overrideId/decision', act: 'decideOverride', ...letThrough },
  { route: 'POST /api/v1/fast-paths/:fastPathId/restorations', act: 'restoreFastPath', ...letThrough },
  { route: 'POST /api/v1/recoveries/:recoveryId/write-off', act: 'askWriteOff', ...handOver },
  { route: 'GET /api/v1/town-desk', act: 'listTownDesk', ...desk },
  { route: 'POST /api/v1/leads', act: 'recordLead', ...find },
];
