/** The front door of payments: what the contexts below it may use. */
import { PaymentOrderRow } from './payment-order.entity.js';

export { PaymentSubjects } from './payment-subjects.js';
export type { Paid, PaymentSubject, SubjectDescription } from './payment-subjects.js';
export { PaymentsModule } from './payments.module.js';
export { paymentsPermissions } from './payments.permissions.js';
export { PaymentsQueries } from './payments.queries.js';
export type { PaymentOrder } from './payments.queries.js';
export { PaymentsService } from './payments.service.js';
export type { OrderDraft, PaymentProof } from './payments.service.js';
export { PaymentsVerifier } from './payments.verifier.js';

export const paymentsEntities = [PaymentOrderRow];
