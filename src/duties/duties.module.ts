import { Module } from '@nestjs/common';
import { DutiesQueries } from './duties.queries.js';
import { DutiesService } from './duties.service.js';
import { DutiesStore } from './duties.store.js';

@Module({
  providers: [DutiesStore, DutiesQueries, DutiesService],
  exports: [DutiesService, DutiesQueries],
})
export class DutiesModule {}
