import type { PermissionRow } from '../../platform/web/permissions.js';
import { GIFT_KEEPERS } from '../donations.permissions.js';

const anyone = { roles: ['anonymous'], scope: 'public', fields: [] } as const;
/** His own gifts, in whichever society: the handlers ask by his account alone. */
const donor = { roles: ['donor'], scope: 'signed-in', fields: [] } as const;
/** By account too; who said “不是我” to all may be no donor any more, and still send his form twice. */
const offered = { roles: ['signed-in'], scope: 'signed-in', fields: [] } as const;
const keep = { roles: GIFT_KEEPERS, scope: 'own-society', fields: ['donor'] } as const;

export const tracePermissions: readonly PermissionRow[] = [
  { route: 'GET /t', act: 'traceDonation', ...anyone },
  { route: 'GET /api/v1/trace', act: 'traceDonation', ...anyone },
  { route: 'GET /d', act: 'readMyGifts', ...donor },
  { route: 'GET /d/gifts/:giftId', act: 'readMyGifts', ...donor },
  { route: 'GET /d/gifts/:giftId/share.png', act: 'shareMyGifts', ...donor },
  { route: 'GET /d/receipts/:receiptId/receipt.pdf', act: 'readMyReceipt', ...donor },
  { route: 'GET /d/statements/:donorId/:year/statement.pdf', act: 'readMyStatement', ...donor },
  { route: 'GET /d/share', act: 'shareMyGifts', ...donor },
  { route: 'GET /d/share.png', act: 'shareMyGifts', ...donor },
  { route: 'GET /d/lines.xlsx', act: 'readMyGifts', ...donor },
  { route: 'POST /d/signature', act: 'signGifts', ...donor },
  { route: 'POST /d/offers/:donorId', act: 'answerOffer', ...offered },
  { route: 'POST /api/v1/my-gifts/offers/:donorId', act: 'answerOffer', ...offered },
  { route: 'GET /api/v1/my-gifts', act: 'readMyGifts', ...donor },
  { route: 'POST /api/v1/my-gifts/signature', act: 'signGifts', ...donor },
  { route: 'GET /s/donors/:donorId/invitation', act: 'inviteDonor', ...keep },
  { route: 'POST /s/donors/:donorId/invitation', act: 'inviteDonor', ...keep },
  { route: 'POST /api/v1/donors/:donorId/invitation', act: 'inviteDonor', ...keep },
  { route: 'POST /s/donors/:donorId/invitation/end', act: 'endInvitation', ...keep },
  { route: 'POST /api/v1/donors/:donorId/invitation/end', act: 'endInvitation', ...keep },
];
