import type { Actor, Role } from '../../kernel/actor.js';
import type { PermissionRow } from '../../platform/web/permissions.js';
import { GIFT_KEEPERS, GIFT_READERS } from '../donations.permissions.js';

/** The papers name the donor in full: for whoever writes them, hands them over, signs the letters, or watches. */
export const RECEIPT_PAPER_READERS: readonly Role[] = [
  'accountant',
  'cashier',
  'secretary',
  'chair',
  'supervisor',
];
/** In a federation only: the service asks, and tells the others who may. */
export const RIGHT_GIVERS: readonly Role[] = ['accountant', 'chair'];

export const mayIssueReceipts = ({ roles }: Pick<Actor, 'roles'>): boolean =>
  GIFT_KEEPERS.some((role) => roles.includes(role));
export const mayReadReceiptPapers = ({ roles }: Pick<Actor, 'roles'>): boolean =>
  RECEIPT_PAPER_READERS.some((role) => roles.includes(role));
export const mayGiveRights = ({ roles }: Pick<Actor, 'roles'>): boolean =>
  RIGHT_GIVERS.some((role) => roles.includes(role));

const read = { roles: GIFT_READERS, scope: 'own-society', fields: [] } as const;
const paper = { roles: RECEIPT_PAPER_READERS, scope: 'own-society', fields: ['donor'] } as const;
const issue = { roles: GIFT_KEEPERS, scope: 'own-society', fields: [] } as const;
const give = { roles: RIGHT_GIVERS, scope: 'own-society', fields: [] } as const;

export const receiptsPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/donations/receipts', act: 'listReceipts', ...read },
  { route: 'POST /s/donations/receipts', act: 'issueDueReceipts', ...issue },
  { route: 'GET /s/donations/receipts/:receiptId', act: 'readReceipt', ...read },
  { route: 'GET /s/donations/receipts/:receiptId/paper', act: 'printReceipt', ...paper },
  { route: 'GET /s/donations/receipts/:receiptId/thanks', act: 'printThanks', ...paper },
  { route: 'POST /s/donations/receipts/:receiptId/reversal', act: 'reverseReceipt', ...issue },
  { route: 'POST /s/donations/:giftId/receipt', act: 'issueReceipt', ...issue },
  { route: 'POST /s/donations/:giftId/receipt-waiver', act: 'waiveReceipt', ...issue },
  { route: 'GET /s/donations/receipt-rights', act: 'listReceiptRights', ...read },
  { route: 'GET /s/donations/receipt-rights/:organisationId', act: 'readReceiptRight', ...read },
  { route: 'POST /s/donations/receipt-rights/:organisationId', act: 'giveReceiptRight', ...give },
  { route: 'GET /s/donors/:donorId/statements/:year', act: 'readStatement', ...read },
  { route: 'GET /s/donors/:donorId/statements/:year/paper', act: 'printStatement', ...paper },

  { route: 'GET /api/v1/receipts', act: 'listReceipts', ...read },
  { route: 'POST /api/v1/receipts', act: 'issueDueReceipts', ...issue },
  { route: 'GET /api/v1/receipts/:receiptId', act: 'readReceipt', ...read },
  { route: 'GET /api/v1/receipts/:receiptId/paper', act: 'printReceipt', ...paper },
  { route: 'GET /api/v1/receipts/:receiptId/thanks', act: 'printThanks', ...paper },
  { route: 'POST /api/v1/receipts/:receiptId/reversal', act: 'reverseReceipt', ...issue },
  { route: 'POST /api/v1/donations/:giftId/receipt', act: 'issueReceipt', ...issue },
  { route: 'POST /api/v1/donations/:giftId/receipt-waiver', act: 'waiveReceipt', ...issue },
  { route: 'GET /api/v1/receipt-rights', act: 'listReceiptRights', ...read },
  { route: 'GET /api/v1/receipt-rights/:organisationId', act: 'readReceiptRight', ...read },
  { route: 'POST /api/v1/receipt-rights/:organisationId', act: 'giveReceiptRight', ...give },
  { route: 'GET /api/v1/donors/:donorId/statements/:year', act: 'readStatement', ...read },
  { route: 'GET /api/v1/donors/:donorId/statements/:year/paper', act: 'printStatement', ...paper },
];
