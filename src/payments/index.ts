/** The front door of payments: what the contexts below it may use. */
import { PayeeInstitution } from './payee-institution.entity.js';
import { PaymentAttempt } from './payment-attempt.entity.js';
import { PaymentOrderRow } from './payment-order.entity.js';
import { Recovery, RecoveryInstalment } from './recovery.entity.js';

export { BankAnswersService } from './bank-answers.service.js';
export type { BankRefusal, BankReturn } from './bank-answers.service.js';
export { ORDER_WORDS } from './domain/order-state.js';
export type { PayeeKind } from './domain/payee.js';
export { InstitutionsQueries } from './institutions.queries.js';
export type { Institution } from './institutions.queries.js';
export { InstitutionsService } from './institutions.service.js';
export type { InstitutionDraft } from './institutions.service.js';
export { PaymentSubjects } from './payment-subjects.js';
export type {
  Failed,
  Paid,
  PaymentSubject,
  Recovered,
  Returned,
  SubjectDescription,
} from './payment-subjects.js';
export { PaymentsModule } from './payments.module.js';
export { paymentsPermissions } from './payments.permissions.js';
export { PaymentsQueries } from './payments.queries.js';
export type { Attempt, PaymentOrder } from './payments.queries.js';
export { PaymentsService } from './payments.service.js';
export type { AccountChange, Cancellation, OrderDraft, PaymentProof } from './payments.service.js';
export { PaymentsVerifier } from './payments.verifier.js';
export { RecoveriesQueries } from './recoveries.queries.js';
export type { InstalmentFacts, RecoveryFacts } from './recoveries.queries.js';
export { RecoveriesService } from './recoveries.service.js';
export type { Demanded, DemandDraft, InstalmentTyped } from './recoveries.service.js';

export const paymentsEntities = [
  PayeeInstitution,
  PaymentOrderRow,
  PaymentAttempt,
  Recovery,
  RecoveryInstalment,
];
export { paymentsSealed } from './payments.sealed.js';
