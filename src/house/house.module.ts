import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { AuditModule } from '../audit/index.js';
import { BoardModule } from '../board/index.js';
import { CasesModule } from '../cases/index.js';
import { DonationsModule } from '../donations/index.js';
import { LedgerModule } from '../ledger/index.js';
import { MessagesModule } from '../messages/index.js';
import { NoticesModule, ObjectionsModule } from '../notices/index.js';
import { OfficesModule } from '../offices/index.js';
import { SocietiesModule } from '../societies/index.js';
import { PeopleModule } from '../people/index.js';
import { ReliefModule } from '../relief/index.js';
import { Metrics } from '../platform/observability/metrics.js';
import { RequestWatch } from '../platform/observability/request-watch.js';
import { ClockLook } from './clock-look.js';
import { DatabaseStateQueries } from './database-state.queries.js';
import { DutiesVerifier } from './duties.verifier.js';
import { FrameInterceptor } from './frame.interceptor.js';
import { HealthController } from './health.controller.js';
import { HousePages } from './house.pages.js';
import { LagsQueries } from './lags.queries.js';
import { MetricsController } from './metrics.controller.js';
import { Timers } from './timers.js';

@Module({
  imports: [
    AuditModule,
    // What fails is in the answer; a line each few seconds of a bad hour would bury the rest of the log.
    TerminusModule.forRoot({ logger: false }),
    SocietiesModule,
    PeopleModule,
    OfficesModule,
    LedgerModule,
    MessagesModule,
    NoticesModule,
    ObjectionsModule,
    BoardModule,
    CasesModule,
    ReliefModule,
    DonationsModule,
  ],
  controllers: [HousePages, HealthController, MetricsController],
  providers: [
    ClockLook,
    DatabaseStateQueries,
    DutiesVerifier,
    LagsQueries,
    Metrics,
    RequestWatch,
    Timers,
    { provide: APP_INTERCEPTOR, useClass: FrameInterceptor },
  ],
  exports: [Timers],
})
export class HouseModule {}
