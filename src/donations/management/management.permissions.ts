import type { Actor, Role } from '../../kernel/actor.js';
import type { PermissionRow } from '../../platform/web/permissions.js';
import { GIFT_KEEPERS, GIFT_READERS } from '../donations.permissions.js';

const SIGNERS: readonly Role[] = ['chair', 'deputy'];

export const mayAgreeToCosts = ({ roles }: Pick<Actor, 'roles'>): boolean =>
  SIGNERS.some((role) => roles.includes(role));

const of = (roles: readonly Role[]) => ({ roles, scope: 'own-society', fields: [] }) as const;

const routes = (base: string): PermissionRow[] => [
  { route: `GET ${base}/:giftId/management`, act: 'readManagement', ...of(GIFT_READERS) },
  { route: `POST ${base}/:giftId/management/terms`, act: 'recordManagementTerms', ...of(GIFT_KEEPERS) },
  { route: `POST ${base}/:giftId/management/decision`, act: 'decideManagementTerms', ...of(SIGNERS) },
  { route: `POST ${base}/:giftId/management/draws`, act: 'drawManagement', ...of(GIFT_KEEPERS) },
];

/** What of a gift pays for the running of the house. */
export const managementPermissions: readonly PermissionRow[] = [
  ...routes('/s/donations'),
  ...routes('/api/v1/donations'),
];
