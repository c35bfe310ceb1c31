import { Module } from '@nestjs/common';
import { DutiesQueries } from './duties.queries.js';
import { DutiesService } from './duties.service.js';
import { DutiesStore } from './duties.store.js';
import { DutyThreads } from './duty-threads.js';

@Module({
  providers: [DutyThreads, DutiesStore, DutiesQueries, DutiesService],
  exports: [DutyThreads, DutiesService, DutiesQueries],
})
export class DutiesModule {}
