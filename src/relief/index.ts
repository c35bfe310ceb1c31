/** The front door of relief: help by a charity fund, reviewed by the federation, publicised before it is paid. */
import {
  ReliefAdvance,
  ReliefAssessment,
  ReliefFollowUp,
  ReliefHold,
  ReliefInvoice,
  ReliefLetterRow,
  ReliefPaperRow,
  ReliefPayment,
  ReliefPolicy,
  ReliefRefund,
  ReliefReturn,
  ReliefReview,
  ReliefScore,
} from './relief-parts.entity.js';
import { ReliefRow } from './relief.entity.js';

export type { Invoice } from './domain/invoices.js';
export type { PlannedPart } from './domain/parts.js';
export type { PolicyChecked } from './domain/policies.js';
export { DESK_DUTIES, RELIEF_PROCEDURE, RELIEF_STATES, STOPPABLE_RELIEF } from './domain/relief-procedure.js';
export type { ReliefState, ReliefStep } from './domain/relief-procedure.js';
export {
  RELIEF_ACT_WORDS,
  RELIEF_ACTOR_WORDS,
  RELIEF_MADE_WORDS,
  RELIEF_STATE_WORDS,
} from './domain/relief-words.js';
export { ReliefAccountService } from './relief-account.service.js';
export { ReliefAdvanceService } from './relief-advance.service.js';
export { ReliefAfterService } from './relief-after.service.js';
export { ReliefDecisionService } from './relief-decision.service.js';
export { ReliefDeskService } from './relief-desk.service.js';
export { ReliefEndingService } from './relief-ending.service.js';
export { ReliefImportService } from './relief-import.service.js';
export type { ReliefImported } from './relief-import.service.js';
export { ReliefIntakeService } from './relief-intake.service.js';
export type { Application } from './relief-intake.service.js';
export { RELIEF, RELIEF_PAYMENT } from './relief-kind.js';
export { ReliefLetters } from './relief-letters.js';
export { ReliefMergerService } from './relief-merger.service.js';
export { ReliefModule } from './relief.module.js';
export { reliefPermissions } from './relief.permissions.js';
export { ReliefPanelService } from './relief-panel.service.js';
export { reliefPapersPermissions } from './relief-papers.permissions.js';
export { ReliefQueries } from './relief.queries.js';
export { readReliefSheet } from './relief-sheet.reader.js';
export { reliefTemplateSheet } from './relief-sheet.template.js';
export type { ReliefFacts } from './relief.queries.js';
export { ReliefTransferService } from './relief-transfer.service.js';
export { ReviewWatch } from './review-watch.js';
export type { ReviewBeside, ReviewWatcher } from './review-watch.js';
export { ReliefVerifier } from './relief.verifier.js';

export const reliefEntities = [
  ReliefRow,
  ReliefInvoice,
  ReliefPolicy,
  ReliefPaperRow,
  ReliefAssessment,
  ReliefScore,
  ReliefReview,
  ReliefReturn,
  ReliefHold,
  ReliefAdvance,
  ReliefPayment,
  ReliefFollowUp,
  ReliefRefund,
  ReliefLetterRow,
];
export { reliefSealed } from './relief.sealed.js';
