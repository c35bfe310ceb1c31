/** The front door of cases: leads, intake, and the emergency grant from the visit to its end. */
import {
  CaseAmendment,
  CaseDraft,
  CaseFile,
  CasePaper,
  CaseVisit,
  HouseholdYear,
} from './case-parts.entity.js';
import { CaseLetter } from './case-letter.entity.js';
import { CaseRow } from './case.entity.js';
import { FastPath, FastPathSuspension } from './fast-path.entity.js';
import { LeadRow } from './lead.entity.js';
import { CaseRevocation } from './revocation.entity.js';
import { CaseWriteOff } from './write-off.entity.js';
import { HandoverRow } from './handovers.entity.js';
import { CaseMark, CaseMatch } from './match.entity.js';
import { OverrideRow } from './overrides.entity.js';

export { AmendmentsService } from './amendments.service.js';
export type { Amended, AmendmentTyped } from './amendments.service.js';
export { recusalField } from './case-forms.views.js';
export type { ProposedRecusal } from './case-forms.views.js';
export { Consents, Recusals } from './cases.forms.js';
export { CasesModule } from './cases.module.js';
export { AidQueries } from './aid.queries.js';
export type { AidFact } from './aid.queries.js';
export { isShownTo, mayDo as mayDoDuty, waitingWords } from './case-acts.js';
export { countsOf } from './decided-case.js';
export { STOPPABLE } from './domain/consent-rule.js';
export { NO_MORE_PAPERS } from './domain/emergency-procedure.js';
export { EndingsService } from './endings.service.js';
export { RevocationsService } from './revocations.service.js';
export { casesPermissions } from './cases.permissions.js';
export { CasesQueries } from './cases.queries.js';
export type { CaseFacts, CasePage, LeadFact, PaperFact } from './cases.queries.js';
export { CasesService } from './cases.service.js';
export type {
  PapersRecorded,
  PapersTyped,
  RoundOpened,
  RoundTyped,
  VisitTyped,
  WaiverTyped,
} from './cases.service.js';
export { CasesVerifier } from './cases.verifier.js';
export { DraftsService } from './drafts.service.js';
export { FastPathService } from './fast-path.service.js';
export type { FastPathOpened, FastPathSigned, RatificationAsked } from './fast-path.service.js';
export { HandoversQueries } from './handovers.queries.js';
export { HandoverSteps } from './handover-steps.js';
export { HandoversService } from './handovers.service.js';
export { HandoversVerifier } from './handovers.verifier.js';
export { IntakeService } from './intake.service.js';
export type { Registered } from './intake.service.js';
export { LeadsService } from './leads.service.js';
export type { LeadDraft } from './leads.service.js';
export { LettersQueries } from './letters.queries.js';
export type { LetterLine } from './letters.queries.js';
export { LettersService } from './letters.service.js';
export type { LetterDraft } from './letters.store.js';
export { LettersVerifier } from './letters.verifier.js';
export { FastPathReviewsService } from './fast-path-reviews.service.js';
export { noticeWarnings } from './notice-warnings.views.js';
export { MatchesQueries } from './matches.queries.js';
export type { MatchFact, MatchPair, MatchSide } from './matches.queries.js';
export { MatchesService } from './matches.service.js';
export { matchReasonField, matchSides, matchState } from './matches.views.js';
export { scopeOf as matchScopeOf } from './matching.js';
export { CaseSidelights } from './case-sidelights.js';
export type { CaseSidelight, SidelightSource } from './case-sidelights.js';
export { OverridesService } from './overrides.service.js';
export { WriteOffsService } from './write-offs.service.js';
export type { Cause } from '../kernel/causes.js';
export type { Intake } from './domain/draft.js';
export { STATE_WORDS } from './domain/case-words.js';
export { CASE_STATES, EMERGENCY_PROCEDURE } from './domain/emergency-procedure.js';
export type { CaseState, Step } from './domain/emergency-procedure.js';
export { ACT_WORDS, ACTOR_WORDS, deadlineWords, STEP_PAPER_WORDS } from './domain/procedure-words.js';
export type { PaperKind } from './domain/papers.js';

export const casesEntities = [
  CaseRow,
  LeadRow,
  CaseVisit,
  CasePaper,
  CaseFile,
  CaseDraft,
  CaseAmendment,
  CaseRevocation,
  CaseWriteOff,
  HouseholdYear,
  FastPath,
  FastPathSuspension,
  CaseLetter,
  HandoverRow,
  OverrideRow,
  CaseMark,
  CaseMatch,
];
export { casesSealed } from './cases.sealed.js';
