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
  ReliefPreWords,
  ReliefResultWords,
  ReliefWords,
  SumLine,
  Worded,
} from './domain/notice-words.js';
export { USES } from './domain/resolutions.js';
export type { Money, Resolution, ResolutionSubject, Use } from './domain/resolutions.js';
export { noticesEntities } from './notice.entity.js';
export type { Signed } from './notice-issuing.js';
export { NoticePapers } from './notice-papers.js';
export { NoticeSubjects } from './notice-subjects.js';
export type { NoticeFacts, NoticeSubject, NoticeToSign, SubjectDescription } from './notice-subjects.js';
export { NoticesModule } from './notices.module.js';
export { noticesPermissions } from './notices.permissions.js';
export { NoticesQueries } from './notices.queries.js';
export type { Issue, Notice, NoticeLine, Photo, PublicNotice } from './notices.queries.js';
export { NoticesService } from './notices.service.js';
export type { NoticeAnswer, NoticeDraft, Posting } from './notices.service.js';
export type { Series } from './notices.store.js';
export { NoticesVerifier } from './notices.verifier.js';
