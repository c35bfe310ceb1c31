import type { Role } from '../kernel/actor.js';
import type { PermissionRow } from '../platform/web/permissions.js';

/** Papers with a full name on them: for whoever hands them over or answers for them, in the federation or in the society. */
const READERS: readonly Role[] = ['secretary', 'clerk', 'chair', 'deputy', 'supervisor', 'reviewer'];

const letters = { roles: READERS, scope: 'own-society', fields: ['identity', 'contact'] } as const;
const worksheet = { roles: READERS, scope: 'own-society', fields: ['identity', 'health'] } as const;

export const reliefPapersPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/relief/:reliefId/letters/:letterId', act: 'printReliefLetter', ...letters },
  { route: 'GET /s/relief/:reliefId/worksheet.pdf', act: 'printReliefWorksheet', ...worksheet },
  { route: 'GET /api/v1/relief/:reliefId/letters', act: 'listReliefLetters', ...letters, fields: [] },
  { route: 'GET /api/v1/relief/:reliefId/letters/:letterId.pdf', act: 'printReliefLetter', ...letters },
  { route: 'GET /api/v1/relief/:reliefId/worksheet.pdf', act: 'printReliefWorksheet', ...worksheet },
];
