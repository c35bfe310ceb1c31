import type { Role } from '../kernel/actor.js';
import type { PermissionRow } from '../platform/web/permissions.js';
import { OFFICER_ROLES } from './domain/office.js';
import { PLEDGERS } from './domain/officer-pledge.js';

/** The administrator enters the first officers; afterwards the chair enters what an election decided. */
export const APPOINTERS: readonly Role[] = ['system-admin', 'chair'];

/** Who leads or watches: for them the pages of broken pledges begin at the list of offices. */
export const OVERSEERS: readonly Role[] = ['chair', 'deputy', 'supervisor'];

/** Who records a sheet that another officer signed by hand. */
export const RECORDERS: readonly Role[] = ['system-admin', 'chair', 'deputy', 'secretary', 'clerk'];

/** Each officer for themselves; what more is asked, the act asks. */
const signed = { roles: ['system-admin', ...PLEDGERS], scope: 'own-society', fields: [] } as const;

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
  { route: 'GET /s/offices/:termId/pledge', act: 'readOfficerPledge', ...seen },
  { route: 'POST /s/offices/:termId/pledge', act: 'signOfficerPledge', ...signed },
  { route: 'GET /api/v1/offices/pledges', act: 'listOfficerPledges', ...seen },
  { route: 'POST /api/v1/offices/:termId/pledge', act: 'signOfficerPledge', ...signed },
  { route: 'GET /api/v1/offices', act: 'listOffices', ...seen },
  { route: 'POST /api/v1/offices', act: 'appointOfficer', ...appointed },
  { route: 'POST /api/v1/offices/:termId/end', act: 'endOffice', ...appointed },
];
