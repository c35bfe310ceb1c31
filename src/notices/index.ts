/** The front door of notices: what the contexts below it may use. */
export type { NoticeContent } from './domain/notice-content.js';
export { NOTICE_STATES } from './domain/notice-state.js';
export type { NoticeState } from './domain/notice-state.js';
export { REASON_WORDS, REVOCATION_REASONS } from './domain/notice-reasons.js';
export type { PayeeKind, RejectionOutcome, RevocationReason } from './domain/notice-reasons.js';
export { summaryOf } from './domain/notice-summary.js';
export type { NoticeSummary } from './domain/notice-summary.js';
export { KIND_WORDS, NOTICE_KINDS, UNNAMED_DONOR } from './domain/notice-words.js';
export type {
  GrantItem,
  ListedGift,
  NoticeKind,
  NoticeWords,
  PublishMode,
  CorrectedText,
  CorrectionCause,
  ReliefPreWords,
  ReliefResultWords,
  ReliefWords,
  SumLine,
  WorkLine,
  Worded,
} from './domain/notice-words.js';
export { USES } from './domain/resolutions.js';
export type { Money, Resolution, ResolutionSubject, Use } from './domain/resolutions.js';
export { CorrectionsService } from './corrections/corrections.service.js';
export { DiscardsService } from './corrections/discards.service.js';
export type { Correction } from './corrections/corrections.service.js';
export { sightOf } from './domain/expiry.js';
export { ExpiriesService } from './incidents/expiries.service.js';
export { GapsService } from './incidents/gaps.service.js';
export { IncidentsQueries } from './incidents/incidents.queries.js';
export { IncidentsService } from './incidents/incidents.service.js';
export { IncidentsVerifier } from './incidents/incidents.verifier.js';
export { ReissuesService } from './incidents/reissues.service.js';
export { noticesEntities } from './notice.entity.js';
export { PublicNotices } from './public-notices.js';
export { proofEntities } from './proof/proof.entity.js';
export type { NoticeRelation } from './notice.entity.js';
export type { Signed } from './notice-issuing.js';
export { NoticePapers } from './notice-papers.js';
export { NoticeSubjects } from './notice-subjects.js';
export type {
  NoticeFacts,
  NoticeSubject,
  NoticeToSign,
  SubjectDescription,
  Upholding,
} from './notice-subjects.js';
export { NoticesModule } from './notices.module.js';
export { noticesPermissions } from './notices.permissions.js';
export { noticeTextsPermissions } from './texts/notice-texts.permissions.js';
export { NoticesUnderWay } from './notices-under-way.js';
export { NoticesQueries } from './notices.queries.js';
export type { Issue, Notice, NoticeLine, Photo, PublicNotice, RelatedNotice } from './notices.queries.js';
export { NoticesService } from './notices.service.js';
export type { NoticeAnswer, NoticeDraft, Posting } from './notices.service.js';
export type { Series } from './notices.store.js';
export { DigitalSigningService } from './proof/digital-signing.service.js';
export { FileProofs } from './proof/file-proofs.js';
export type { FileVerdict, Proof } from './proof/file-proofs.js';
export { NoticesExport } from './proof/notices-export.js';
export { noticeProofPermissions } from './proof/proof.permissions.js';
export { NoticeFilesVerifier } from './proof/proof.verifier.js';
export { verdictJson, verdictLines } from './proof/verdict-words.js';
export { NoticesVerifier } from './notices.verifier.js';
export { objectionsEntities } from './objections/objection.entity.js';
export { ObjectionsModule } from './objections/objections.module.js';
export { objectionsPermissions } from './objections/objections.permissions.js';
export { DeskMovesService } from './objections/desk-moves.service.js';
export { HandingsService } from './objections/handings.service.js';
export { InquiriesService } from './objections/inquiries.service.js';
export { StandingService } from './objections/standing.service.js';
export type { DecisionAnswer, InquiryAnswer } from './objections/inquiries.service.js';
export { ObjectionsQueries } from './objections/objections.queries.js';
export type { ObjectionFacts } from './objections/objections.queries.js';
export { ObjectionsService } from './objections/objections.service.js';
export { ReassignmentsService } from './objections/reassignments.service.js';
export { WithdrawalsService } from './objections/withdrawals.service.js';
export type { Raised, Registration } from './objections/objections.service.js';
export { ObjectionsVerifier } from './objections/objections.verifier.js';
export { noticesSealed } from './notices.sealed.js';
