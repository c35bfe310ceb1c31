import type { Actor, Role } from '../kernel/actor.js';
import type { PermissionRow } from '../platform/web/permissions.js';

/** Whoever handles the papers of a hospital enters its account; never the cashier, who pays to it (会计法 35). */
const INSTITUTION_KEEPERS: readonly Role[] = ['secretary', 'clerk', 'accountant'];

export const mayKeepInstitutions = ({ roles }: Actor): boolean =>
  INSTITUTION_KEEPERS.some((role) => roles.includes(role));

/** 会计法 25, 35: the cashier alone pays and takes back; those who answer for the payment may look. */
const look = {
  roles: ['cashier', 'secretary', 'chair', 'deputy', 'supervisor', 'accountant'],
  scope: 'own-society',
  fields: ['bank'],
} as const;
/** Whoever audits sees the payment and what came back, and of the account its tail. */
const read = { ...look, roles: [...look.roles, 'auditor'] } as const;
/** Acts with money ask for a fresh proof (quality.md T5). */
const pay = { roles: ['cashier'], scope: 'own-society', fields: ['bank'], proof: 'fresh' } as const;
/** domain.md 1.8: chair or deputy; a ballot is no approval. */
const approve = { roles: ['chair', 'deputy'], scope: 'own-society', fields: [], proof: 'fresh' } as const;
const receive = { ...pay, fields: [] } as const;

const keep = { roles: INSTITUTION_KEEPERS, scope: 'own-society', fields: ['bank'], proof: 'fresh' } as const;
/** Whoever may look at a payment, and the clerk, who enters what is listed. */
const list = { ...look, roles: [...look.roles, 'clerk'] } as const;

export const paymentsPermissions: readonly PermissionRow[] = [
  { route: 'GET /s/payments/institutions', act: 'listInstitutions', ...list },
  { route: 'GET /s/payments/institutions/new', act: 'addInstitution', ...keep, fields: [] },
  { route: 'POST /s/payments/institutions', act: 'addInstitution', ...keep },
  { route: 'POST /s/payments/institutions/:institutionId/end', act: 'endInstitution', ...keep, fields: [] },
  { route: 'GET /s/payments/:orderId', act: 'readPayment', ...read, proofAhead: ['cashier'] },
  { route: 'POST /s/payments/:orderId/approval', act: 'approvePayment', ...approve },
  { route: 'POST /s/payments/:orderId/transfer', act: 'recordPayment', ...pay },
  { route: 'POST /s/payments/:orderId/failures', act: 'recordFailedPayment', ...pay },
  { route: 'POST /s/payments/:orderId/return', act: 'recordReturnedPayment', ...pay },
  {
    route: 'GET /s/recoveries/:recoveryId',
    act: 'getRecovery',
    ...read,
    fields: [],
    proofAhead: ['cashier'],
  },
  { route: 'POST /s/recoveries/:recoveryId/instalments', act: 'recordInstalment', ...receive },
  { route: 'GET /api/v1/payee-institutions', act: 'listInstitutions', ...list },
  { route: 'POST /api/v1/payee-institutions', act: 'addInstitution', ...keep },
  {
    route: 'POST /api/v1/payee-institutions/:institutionId/end',
    act: 'endInstitution',
    ...keep,
    fields: [],
  },
  { route: 'GET /api/v1/payments/:orderId', act: 'readPayment', ...read },
  { route: 'POST /api/v1/payments/:orderId/approval', act: 'approvePayment', ...approve },
  { route: 'POST /api/v1/payments/:orderId/transfer', act: 'recordPayment', ...pay },
  { route: 'POST /api/v1/payments/:orderId/failures', act: 'recordFailedPayment', ...pay },
  { route: 'POST /api/v1/payments/:orderId/return', act: 'recordReturnedPayment', ...pay },
  { route: 'GET /api/v1/recoveries/:recoveryId', act: 'getRecovery', ...read, fields: [] },
  { route: 'POST /api/v1/recoveries/:recoveryId/instalments', act: 'recordInstalment', ...receive },
];
