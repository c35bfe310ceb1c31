import type { Role } from '../kernel/actor.js';
import type { PermissionRow } from '../platform/web/permissions.js';

/** Whoever answers for the money sees what was given; a donor stands there masked. */
export const GIFT_READERS: readonly Role[] = [
  'secretary',
  'chair',
  'deputy',
  'supervisor',
  'cashier',
  'accountant',
];
/** 会计法 25: whoever keeps the books records what came in. */
export const GIFT_KEEPERS: readonly Role[] = ['accountant'];

const read = { roles: GIFT_READERS, scope: 'own-society', fields: [] } as const;
const keep = { roles: GIFT_KEEPERS, scope: 'own-society', fields: ['donor'] } as const;
const book = { roles: GIFT_KEEPERS, scope: 'own-society', fields: [] } as const;

export const giftsPermissions: readonly PermissionRow[] = [
  { route: 'GET /api/v1/donations', act: 'listDonations', ...read },
  { route: 'POST /api/v1/donations', act: 'recordDonation', ...book },
  { route: 'POST /api/v1/donations/pledges', act: 'pledgeDonation', ...book },
  { route: 'POST /api/v1/donations/unknown', act: 'recordUnknown', ...book },
  { route: 'GET /api/v1/donations/:giftId', act: 'readDonation', ...read },
  { route: 'POST /api/v1/donations/:giftId/receipt-of-pledge', act: 'receivePledge', ...book },
  { route: 'POST /api/v1/donations/:giftId/end-of-pledge', act: 'endPledge', ...book },
  { route: 'POST /api/v1/donations/:giftId/owner', act: 'identifyDonation', ...book },
  { route: 'POST /api/v1/donations/:giftId/reversal', act: 'reverseDonation', ...book },
  { route: 'GET /api/v1/donors', act: 'listDonors', ...read },
  { route: 'POST /api/v1/donors', act: 'registerDonor', ...keep },
  { route: 'POST /api/v1/donors/:donorId/changes', act: 'changeDonor', ...keep },
  { route: 'POST /api/v1/donors/:donorId/merger', act: 'mergeDonors', ...book },
  { route: 'POST /api/v1/donors/:donorId/reveal', act: 'revealDonor', ...keep },
];
