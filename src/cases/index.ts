/** The front door of cases: leads, intake, and the emergency grant from the visit to its end. */
import {
  CaseAmendment,
  CaseDraft,
  CaseFile,
  CasePaper,
  CaseVisit,
  HouseholdYear,
} from './case-parts.entity.js';
import { CaseRow } from './case.entity.js';
import { HandoverRow } from './handovers.entity.js';
import { LeadRow } from './lead.entity.js';
import { OverrideRow } from './overrides.entity.js';

export { CasesModule } from './cases.module.js';
export { casesPermissions } from './cases.permissions.js';
export { CasesQueries } from './cases.queries.js';
export type { CaseFacts, CasePage, LeadFact } from './cases.queries.js';
export { CasesService } from './cases.service.js';
export type { PapersRecorded, PapersTyped, RoundOpened, RoundTyped, VisitTyped } from './cases.service.js';
export { CasesVerifier } from './cases.verifier.js';
export { HandoverSteps } from './handover-steps.js';
export { HandoversService } from './handovers.service.js';
export { HandoversVerifier } from './handovers.verifier.js';
export { IntakeService } from './intake.service.js';
export type { Registered } from './intake.service.js';
export { LeadsService } from './leads.service.js';
export type { LeadDraft } from './leads.service.js';
export { OverridesService } from './overrides.service.js';
export type { Cause } from './domain/causes.js';
export type { Intake } from './domain/draft.js';
export type { CaseState } from './domain/emergency-procedure.js';
export type { PaperKind } from './domain/papers.js';

export const casesEntities = [
  CaseRow,
  LeadRow,
  CaseVisit,
  CasePaper,
  CaseFile,
  CaseDraft,
  CaseAmendment,
  HouseholdYear,
  HandoverRow,
  OverrideRow,
];
