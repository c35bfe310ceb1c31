import type { PermissionRow } from '../platform/web/permissions.js';

/** 会计法 25, 35: the cashier alone pays; those who answer for the payment may look. */
const look = {
  roles: ['cashier', 'secretary', 'chair', 'deputy', 'supervisor', 'accountant'],
  scope: 'own-society',
  fields: ['bank'],
} as const;
const pay = { roles: ['cashier'], scope: 'own-society', fields: ['bank'] } as const;

export const paymentsPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/payments/:orderId', act: 'readPayment', ...look },
  { route: 'POST /s/payments/:orderId/transfer', act: 'recordPayment', ...pay },
  { route: 'GET /api/v1/payments/:orderId', act: 'readPayment', ...look },
  { route: 'POST /api/v1/payments/:orderId/transfer', act: 'recordPayment', ...pay },
];
