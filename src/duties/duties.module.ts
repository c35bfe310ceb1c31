import { Module } from '@nestjs/common';
import { DutiesQueries } from './duties.queries.js';
import { DutiesService } from './duties.service.js';
import { DutiesStore } from './duties.store.js';
import { DutyThreads } from './duty-threads.js';
import { PeopleModule } from '../people/index.js';
import { PersonCorrectionDuties } from './person-corrections.js';
import { PersonRequestDuties } from './person-requests.js';

@Module({
  imports: [PeopleModule],
  providers: [
    DutyThreads,
    DutiesStore,
    DutiesQueries,
    DutiesService,
    PersonCorrectionDuties,
    PersonRequestDuties,
  ],
  exports: [DutyThreads, DutiesService, DutiesQueries],
})
export class DutiesModule {}
