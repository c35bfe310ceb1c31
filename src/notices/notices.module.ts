import { Module } from '@nestjs/common';
import { DutiesModule } from '../duties/index.js';
import { SocietiesModule } from '../societies/index.js';
import { NoticeIssuing } from './notice-issuing.js';
import { NoticePapers } from './notice-papers.js';
import { NoticeSubjects } from './notice-subjects.js';
import { NoticesController } from './notices.controller.js';
import { NoticesPages } from './notices.pages.js';
import { NoticesQueries } from './notices.queries.js';
import { NoticesService } from './notices.service.js';
import { NoticesStore } from './notices.store.js';
import { NoticesVerifier } from './notices.verifier.js';
import { PublicNoticesPages } from './public-notices.pages.js';

@Module({
  imports: [DutiesModule, SocietiesModule],
  controllers: [NoticesController, NoticesPages, PublicNoticesPages],
  providers: [
    NoticeIssuing,
    NoticePapers,
    NoticeSubjects,
    NoticesQueries,
    NoticesService,
    NoticesStore,
    NoticesVerifier,
  ],
  exports: [NoticePapers, NoticeSubjects, NoticesQueries, NoticesService, NoticesVerifier],
})
export class NoticesModule {}
