import type { Role } from '../kernel/actor.js';
import type { PermissionRow } from '../platform/web/permissions.js';

/** The books are open to all who answer for them; they name cases by number, and nobody by name. */
const READERS: readonly Role[] = [
  'secretary',
  'clerk',
  'chair',
  'deputy',
  'director',
  'supervisor',
  'cashier',
  'accountant',
  'auditor',
];
const read = { roles: READERS, scope: 'own-society', fields: [] } as const;
/** 会计法 25: whoever keeps the books is not whoever pays. */
const book = { roles: ['accountant'], scope: 'own-society', fields: [] } as const;

export const ledgerPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/ledger', act: 'readLedger', ...read },
  { route: 'GET /s/ledger/vouchers/:voucherId', act: 'readVoucher', ...read },
  { route: 'GET /s/ledger/inflows/new', act: 'recordInflow', ...book },
  { route: 'POST /s/ledger/inflows', act: 'recordInflow', ...book },
  { route: 'POST /s/ledger/vouchers/:voucherId/reversal', act: 'reverseInflow', ...book },
  { route: 'GET /api/v1/ledger', act: 'readLedger', ...read },
  { route: 'POST /api/v1/ledger/inflows', act: 'recordInflow', ...book },
  { route: 'POST /api/v1/ledger/vouchers/:voucherId/reversal', act: 'reverseInflow', ...book },
];
