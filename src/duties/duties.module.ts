import { Module } from '@nestjs/common';
import { DutiesQueries } from './duties.queries.js';
import { DutiesService } from './duties.service.js';
import { DutiesStore } from './duties.store.js';
import { DutyThreads } from './duty-threads.js';
import { OfficesModule } from '../offices/index.js';
import { PeopleModule } from '../people/index.js';
import { OfficerPledgeDuties } from './officer-pledges.js';
import { PersonCorrectionDuties } from './person-corrections.js';
import { PersonRequestDuties } from './person-requests.js';

@Module({
  imports: [OfficesModule, PeopleModule],
  providers: [
    DutyThreads,
    DutiesStore,
    DutiesQueries,
    DutiesService,
    OfficerPledgeDuties,
    PersonCorrectionDuties,
    PersonRequestDuties,
  ],
  exports: [DutyThreads, DutiesService, DutiesQueries],
})
export class DutiesModule {}
