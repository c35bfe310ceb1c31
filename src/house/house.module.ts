import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { BoardModule } from '../board/index.js';
import { CasesModule } from '../cases/index.js';
import { DonationsModule } from '../donations/index.js';
import { MessagesModule } from '../messages/index.js';
import { NoticesModule, ObjectionsModule } from '../notices/index.js';
import { OfficesModule } from '../offices/index.js';
import { SocietiesModule } from '../societies/index.js';
import { PeopleModule } from '../people/index.js';
import { ReliefModule } from '../relief/index.js';
import { FrameInterceptor } from './frame.interceptor.js';
import { HealthController } from './health.controller.js';
import { HousePages } from './house.pages.js';
import { Timers } from './timers.js';

@Module({
  imports: [
    TerminusModule,
    SocietiesModule,
    PeopleModule,
    OfficesModule,
    MessagesModule,
    NoticesModule,
    ObjectionsModule,
    BoardModule,
    CasesModule,
    ReliefModule,
    DonationsModule,
  ],
  controllers: [HousePages, HealthController],
  providers: [Timers, { provide: APP_INTERCEPTOR, useClass: FrameInterceptor }],
  exports: [Timers],
})
export class HouseModule {}
