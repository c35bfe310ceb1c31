import type { Actor, Role } from '../kernel/actor.js';
import { OFFICER_ROLES } from '../offices/index.js';
import type { PermissionRow } from '../platform/web/permissions.js';

/** Opens funds, and puts new versions of their rules to the board; its kind is asked by the service. */
export const KEEPERS: readonly Role[] = ['chair', 'secretary'];

/** Whoever helps a family looks here for what stands beyond the society's own money. */
const read = { roles: OFFICER_ROLES, scope: 'own-society', fields: [] } as const;
/** What a family could be given is reckoned by whoever helps it. */
const ESTIMATORS: readonly Role[] = OFFICER_ROLES.filter((role) => role !== 'auditor');
export const mayEstimate = ({ roles }: Pick<Actor, 'roles'>): boolean =>
  ESTIMATORS.some((role) => roles.includes(role));

const estimate = { ...read, roles: ESTIMATORS } as const;
const keep = { roles: KEEPERS, scope: 'own-society', fields: [] } as const;

export const fundsPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/funds', act: 'listFunds', ...read },
  { route: 'GET /s/funds/new', act: 'openFund', ...keep },
  { route: 'POST /s/funds', act: 'openFund', ...keep },
  { route: 'GET /s/funds/:fundId', act: 'readFund', ...read },
  { route: 'GET /s/funds/:fundId/projects/new', act: 'openProject', ...keep },
  { route: 'POST /s/funds/:fundId/projects', act: 'openProject', ...keep },
  { route: 'GET /s/funds/:fundId/rules/new', act: 'proposeFundRule', ...keep },
  { route: 'POST /s/funds/:fundId/rules', act: 'proposeFundRule', ...keep },
  { route: 'GET /s/funds/:fundId/estimate', act: 'estimateRelief', ...estimate },
  { route: 'POST /s/funds/:fundId/estimate', act: 'estimateRelief', ...estimate },
  { route: 'GET /api/v1/funds', act: 'listFunds', ...read },
  { route: 'POST /api/v1/funds', act: 'openFund', ...keep },
  { route: 'GET /api/v1/funds/:fundId', act: 'readFund', ...read },
  { route: 'POST /api/v1/funds/:fundId/projects', act: 'openProject', ...keep },
  { route: 'POST /api/v1/funds/:fundId/rules', act: 'proposeFundRule', ...keep },
  { route: 'POST /api/v1/funds/:fundId/estimates', act: 'estimateRelief', ...estimate },
];
