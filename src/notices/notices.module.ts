import { Module } from '@nestjs/common';
import { DutiesModule } from '../duties/index.js';
import { SocietiesModule } from '../societies/index.js';
import { noticeBoardControllers, noticeBoardProviders } from './board/board.parts.js';
import { noticeCorrectionsControllers, noticeCorrectionsProviders } from './corrections/corrections.parts.js';
import { noticeIncidentsControllers, noticeIncidentsProviders } from './incidents/incidents.parts.js';
import { NoticeIssuing } from './notice-issuing.js';
import { NoticePapers } from './notice-papers.js';
import { NoticeSubjects } from './notice-subjects.js';
import { NoticesController } from './notices.controller.js';
import { NoticesPages } from './notices.pages.js';
import { NoticesQueries } from './notices.queries.js';
import { NoticesService } from './notices.service.js';
import { NoticesStore } from './notices.store.js';
import { NoticesVerifier } from './notices.verifier.js';
import { ObjectionsQueries } from './objections/objections.queries.js';
import { noticeProofControllers, noticeProofProviders } from './proof/proof.parts.js';
import { NoticesUnderWay } from './notices-under-way.js';
import { PublicNotices } from './public-notices.js';
import { PublicNoticesPages } from './public-notices.pages.js';
import { noticeTextsControllers, noticeTextsProviders } from './texts/notice-texts.parts.js';

@Module({
  imports: [DutiesModule, SocietiesModule],
  controllers: [
    ...noticeBoardControllers,
    ...noticeCorrectionsControllers,
    ...noticeIncidentsControllers,
    ...noticeTextsControllers,
    ...noticeProofControllers,
    NoticesController,
    NoticesPages,
    PublicNoticesPages,
  ],
  providers: [
    ...noticeBoardProviders,
    ...noticeCorrectionsProviders,
    ...noticeIncidentsProviders,
    PublicNotices,
    ...noticeTextsProviders,
    ...noticeProofProviders,
    NoticeIssuing,
    NoticePapers,
    NoticeSubjects,
    NoticesQueries,
    NoticesUnderWay,
    NoticesService,
    NoticesStore,
    NoticesVerifier,
    ObjectionsQueries,
  ],
  exports: [
    ...noticeCorrectionsProviders,
    ...noticeIncidentsProviders,
    PublicNotices,
    ...noticeProofProviders,
    NoticePapers,
    NoticeSubjects,
    NoticesUnderWay,
    NoticesQueries,
    NoticesService,
    NoticesStore,
    NoticesVerifier,
    ObjectionsQueries,
  ],
})
export class NoticesModule {}
