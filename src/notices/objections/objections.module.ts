import { Module } from '@nestjs/common';
import { DutiesModule } from '../../duties/index.js';
import { OfficesModule } from '../../offices/index.js';
import { PeopleModule } from '../../people/index.js';
import { SocietiesModule } from '../../societies/index.js';
import { NoticesModule } from '../notices.module.js';
import { DeskMovesService } from './desk-moves.service.js';
import { HandingsService } from './handings.service.js';
import { InquiriesService } from './inquiries.service.js';
import { ObjectionDesk } from './objection-desk.js';
import { ObjectionPapers } from './objection-papers.js';
import { ObjectionReading } from './objection-reading.js';
import { ObjectionSteps } from './objection-steps.js';
import { ObjectionThread } from './objection-thread.js';
import { ObjectionsController, PublicObjectionsController } from './objections.controller.js';
import { ObjectionsPages } from './objections.pages.js';
import { ObjectionSeals } from './objections.seals.js';
import { ObjectionsService } from './objections.service.js';
import { ObjectionsStore } from './objections.store.js';
import { ObjectionsVerifier } from './objections.verifier.js';
import { PublicObjectionsPages } from './public-objections.pages.js';
import { ReassignmentsService } from './reassignments.service.js';
import { RetentionOfObjectors } from './retention-objectors.js';
import { StandingService } from './standing.service.js';
import { UpheldNotice } from './upheld-notice.js';
import { WithdrawalsService } from './withdrawals.service.js';

/** A module of its own beside that of the notices: it knows who holds which office, and who is kin; a notice does not. */
@Module({
  imports: [DutiesModule, NoticesModule, OfficesModule, PeopleModule, SocietiesModule],
  controllers: [ObjectionsPages, PublicObjectionsPages, ObjectionsController, PublicObjectionsController],
  providers: [
    DeskMovesService,
    HandingsService,
    InquiriesService,
    ObjectionDesk,
    ObjectionPapers,
    ObjectionReading,
    ObjectionSeals,
    ObjectionSteps,
    ObjectionThread,
    ObjectionsService,
    ObjectionsStore,
    ObjectionsVerifier,
    ReassignmentsService,
    RetentionOfObjectors,
    StandingService,
    UpheldNotice,
    WithdrawalsService,
  ],
  exports: [
    DeskMovesService,
    HandingsService,
    InquiriesService,
    ObjectionsService,
    ObjectionsVerifier,
    ReassignmentsService,
    StandingService,
    WithdrawalsService,
  ],
})
export class ObjectionsModule {}
