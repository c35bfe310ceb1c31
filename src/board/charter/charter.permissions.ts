import type { Actor, Role } from '../../kernel/actor.js';
import { OFFICER_ROLES } from '../../offices/index.js';
import type { PermissionRow } from '../../platform/web/permissions.js';

/** Whoever may put a new version of the charter to the board. */
const PROPOSERS: readonly Role[] = ['chair', 'secretary'];

export const mayProposeCharter = ({ roles }: Actor): boolean =>
  PROPOSERS.some((role) => roles.includes(role));

const read = { roles: OFFICER_ROLES, scope: 'own-society', fields: [] } as const;
const propose = { roles: PROPOSERS, scope: 'own-society', fields: [] } as const;

export const charterPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/charter', act: 'readCharter', ...read },
  { route: 'GET /s/charter/motions/new', act: 'proposeCharter', ...propose },
  { route: 'POST /s/charter/motions', act: 'proposeCharter', ...propose },
  { route: 'GET /api/v1/charter', act: 'readCharter', ...read },
  { route: 'POST /api/v1/charter/motions', act: 'proposeCharter', ...propose },
];
