import type { Role } from '../kernel/actor.js';
import type { PermissionRow } from '../platform/web/permissions.js';

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
];
/** A lead may come from whoever walks through the village. */
const FINDERS: readonly Role[] = [...OFFICE, 'chair', 'deputy', 'director', 'information-officer'];

const home = {
  roles: [...READERS, 'information-officer'] as readonly Role[],
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
const find = { roles: FINDERS, scope: 'own-society', fields: ['contact', 'health'] } as const;
/** Papers with a full name on them: for whoever hands them over or answers for them. */
const letters = {
  roles: [...OFFICE, 'chair', 'deputy', 'supervisor'] as readonly Role[],
  scope: 'own-society',
  fields: ['identity', 'contact', 'bank'],
} as const;
const leads = { roles: OFFICE, scope: 'own-society', fields: ['contact', 'health'] } as const;

export const casesPermissions: readonly PermissionRow[] = [
  { route: 'GET /s', act: 'readHome', ...home },

  { route: 'GET /s/cases', act: 'listCases', ...list },
  { route: 'GET /s/cases/new', act: 'draftCase', ...write },
  { route: 'POST /s/cases/new', act: 'draftCase', ...write },
  { route: 'GET /s/cases/drafts/:draftId', act: 'draftCase', ...write },
  { route: 'POST /s/cases/drafts/:draftId', act: 'draftCase', ...write },
  { route: 'GET /s/cases/drafts/:draftId/check', act: 'draftCase', ...write },
  { route: 'POST /s/cases', act: 'registerCase', ...write },
  { route: 'GET /s/cases/:number', act: 'readCase', ...read },
  { route: 'GET /s/cases/:number/visits', act: 'verifyCase', ...write },
  { route: 'POST /s/cases/:number/visits', act: 'verifyCase', ...write },
  { route: 'GET /s/cases/:number/rounds/new', act: 'openRound', ...write },
  { route: 'POST /s/cases/:number/rounds', act: 'openRound', ...write },
  { route: 'GET /s/cases/:number/papers', act: 'completePapers', ...write },
  { route: 'POST /s/cases/:number/papers', act: 'completePapers', ...write },

  { route: 'GET /s/papers/registration.pdf', act: 'printBlankRegistration', ...find, fields: [] },
  { route: 'GET /s/cases/:number/registration.pdf', act: 'printRegistration', ...letters },
  { route: 'GET /s/cases/:number/letters/:letterId.pdf', act: 'printLetter', ...letters },
  { route: 'GET /api/v1/cases/:caseId/letters', act: 'listLetters', ...letters, fields: [] },

  { route: 'GET /s/leads', act: 'listLeads', ...leads },
  { route: 'GET /s/leads/new', act: 'recordLead', ...find },
  { route: 'POST /s/leads', act: 'recordLead', ...find },

  { route: 'POST /api/v1/cases', act: 'registerCase', ...write },
  { route: 'GET /api/v1/cases', act: 'listCases', ...list },
  { route: 'GET /api/v1/cases/:caseId', act: 'getCase', ...list },
  { route: 'POST /api/v1/cases/:caseId/visits', act: 'verifyCase', ...write },
  { route: 'POST /api/v1/cases/:caseId/rounds', act: 'openRound', ...write },
  { route: 'POST /api/v1/cases/:caseId/papers', act: 'completePapers', ...write },
  { route: 'POST /api/v1/leads', act: 'recordLead', ...find },
];
