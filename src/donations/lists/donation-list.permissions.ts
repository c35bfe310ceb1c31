import type { Actor, Role } from '../../kernel/actor.js';
import type { PermissionRow } from '../../platform/web/permissions.js';
import { GIFT_READERS } from '../donations.permissions.js';

/** Whoever keeps the papers or the books drafts the list; chair or deputy signs it, and never its author. */
const DRAFTERS: readonly Role[] = ['secretary', 'accountant'];

export const mayDraftLists = ({ roles }: Pick<Actor, 'roles'>): boolean =>
  DRAFTERS.some((role) => roles.includes(role));

const read = { roles: GIFT_READERS, scope: 'own-society', fields: [] } as const;
const draft = { roles: DRAFTERS, scope: 'own-society', fields: [] } as const;

export const donationListPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/donations/lists', act: 'listDonationLists', ...read },
  { route: 'GET /s/donations/lists/new', act: 'draftDonationList', ...draft },
  { route: 'POST /s/donations/lists', act: 'draftDonationList', ...draft },
  { route: 'POST /s/donations/lists/:listId/withdrawal', act: 'withdrawDonationList', ...draft },
  { route: 'GET /api/v1/donations/lists', act: 'listDonationLists', ...read },
  { route: 'POST /api/v1/donations/lists', act: 'draftDonationList', ...draft },
  { route: 'POST /api/v1/donations/lists/:listId/withdrawal', act: 'withdrawDonationList', ...draft },
];
