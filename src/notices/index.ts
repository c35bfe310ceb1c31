/** The front door of notices: what the contexts below it may use. */
export type { NoticeContent } from './domain/notice-content.js';
export { NOTICE_STATES } from './domain/notice-state.js';
export type { NoticeState } from './domain/notice-state.js';
export type { GrantItem, NoticeKind, NoticeWords, PublishMode } from './domain/notice-words.js';
export { noticesEntities } from './notice.entity.js';
export type { Signed } from './notice-issuing.js';
export { NoticePapers } from './notice-papers.js';
export { NoticeSubjects } from './notice-subjects.js';
export type { NoticeFacts, NoticeSubject, SubjectDescription } from './notice-subjects.js';
export { NoticesModule } from './notices.module.js';
export { noticesPermissions } from './notices.permissions.js';
export { NoticesQueries } from './notices.queries.js';
export type { Issue, Notice, NoticeLine, Photo } from './notices.queries.js';
export { NoticesService } from './notices.service.js';
export type { NoticeAnswer, NoticeDraft, Posting } from './notices.service.js';
export { NoticesVerifier } from './notices.verifier.js';
