import type { Actor, Role } from '../kernel/actor.js';
import type { PermissionRow } from '../platform/web/permissions.js';

/** Whoever answers for the money looks a donor up by what the donor says. */
const DONOR_FINDERS: readonly Role[] = [
  'secretary',
  'chair',
  'deputy',
  'supervisor',
  'cashier',
  'accountant',
];
/** They see what was given, and so does whoever audits it; a donor stands there masked. */
export const GIFT_READERS: readonly Role[] = [...DONOR_FINDERS, 'auditor'];
/** 会计法 25: whoever keeps the books records what came in. */
export const GIFT_KEEPERS: readonly Role[] = ['accountant'];

export const mayFindDonors = ({ roles }: Pick<Actor, 'roles'>): boolean =>
  DONOR_FINDERS.some((role) => roles.includes(role));

/** Who may write what was given down. */
export const mayKeepGifts = ({ roles }: Pick<Actor, 'roles'>): boolean =>
  GIFT_KEEPERS.some((role) => roles.includes(role));

const read = { roles: GIFT_READERS, scope: 'own-society', fields: [] } as const;
const find = { ...read, roles: DONOR_FINDERS } as const;
const keep = { roles: GIFT_KEEPERS, scope: 'own-society', fields: ['donor'] } as const;
/** Name and phone in full: on a fresh proof (ADR 24, 30). */
const look = { ...keep, proof: 'fresh' } as const;
const book = { roles: GIFT_KEEPERS, scope: 'own-society', fields: [] } as const;

export const giftsPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/donations', act: 'listDonations', ...read },
  { route: 'GET /s/donations/new', act: 'recordDonation', ...book },
  { route: 'POST /s/donations', act: 'recordDonation', ...book },
  { route: 'GET /s/donations/pledges/new', act: 'pledgeDonation', ...book },
  { route: 'POST /s/donations/pledges', act: 'pledgeDonation', ...book },
  { route: 'GET /s/donations/unknown/new', act: 'recordUnknown', ...book },
  { route: 'POST /s/donations/unknown', act: 'recordUnknown', ...book },
  { route: 'GET /s/donations/:giftId', act: 'readDonation', ...read },
  { route: 'POST /s/donations/:giftId/receipt-of-pledge', act: 'receivePledge', ...book },
  { route: 'POST /s/donations/:giftId/end-of-pledge', act: 'endPledge', ...book },
  { route: 'POST /s/donations/:giftId/owner', act: 'identifyDonation', ...book },
  { route: 'POST /s/donations/:giftId/reversal', act: 'reverseDonation', ...book },
  { route: 'GET /s/donors', act: 'listDonors', ...read },
  { route: 'GET /s/donors/new', act: 'registerDonor', ...keep },
  { route: 'POST /s/donors', act: 'registerDonor', ...keep },
  { route: 'GET /s/donors/:donorId', act: 'readDonor', ...read },
  { route: 'GET /s/donors/:donorId/changes', act: 'changeDonor', ...look },
  { route: 'POST /s/donors/:donorId/changes', act: 'changeDonor', ...keep },
  { route: 'POST /s/donors/:donorId/merger', act: 'mergeDonors', ...book },
  { route: 'POST /s/donors/:donorId/reveal', act: 'revealDonor', ...look },
  { route: 'POST /s/donors/find', act: 'findDonors', ...find },
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
  { route: 'POST /api/v1/donors/find', act: 'findDonors', ...find },
  { route: 'POST /api/v1/donors/:donorId/changes', act: 'changeDonor', ...keep },
  { route: 'POST /api/v1/donors/:donorId/merger', act: 'mergeDonors', ...book },
  { route: 'POST /api/v1/donors/:donorId/reveal', act: 'revealDonor', ...look },
];
