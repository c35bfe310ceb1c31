import type { Role } from '../kernel/actor.js';
import type { PermissionRow } from '../platform/web/permissions.js';
import { OFFICER_ROLES } from './domain/office.js';

/** The administrator enters the first officers; afterwards the chair enters what an election decided. */
export const APPOINTERS: readonly Role[] = ['system-admin', 'chair'];

const seen = {
  roles: ['system-admin', ...OFFICER_ROLES],
  scope: 'own-society',
  fields: [],
} as const;
/** A change of roles asks for a fresh proof (quality.md T5); to look at the offices needs none. */
const appointed = { roles: APPOINTERS, scope: 'own-society', fields: [], proof: 'fresh' } as const;

export const officesPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/offices', act: 'listOffices', ...seen },
  { route: 'GET /s/offices/new', act: 'appointOfficer', ...appointed },
  { route: 'POST /s/offices/new', act: 'appointOfficer', ...appointed },
  { route: 'POST /s/offices', act: 'appointOfficer', ...appointed },
  { route: 'POST /s/offices/:termId/end', act: 'endOffice', ...appointed },
  { route: 'GET /api/v1/offices', act: 'listOffices', ...seen },
  { route: 'POST /api/v1/offices', act: 'appointOfficer', ...appointed },
  { route: 'POST /api/v1/offices/:termId/end', act: 'endOffice', ...appointed },
];
