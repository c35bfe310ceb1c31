import { Module } from '@nestjs/common';
import { DutiesModule } from '../duties/index.js';
import { MessagesModule } from '../messages/index.js';
import { OfficesModule } from '../offices/index.js';
import { PeopleModule } from '../people/index.js';
import { SocietiesModule } from '../societies/index.js';
import { AppealsPages } from './appeals.pages.js';
import { AppealsReading } from './appeals.reading.js';
import { AppealsService } from './appeals.service.js';
import { BreachDuties } from './breach-duties.js';
import { BreachEnds } from './breach-ends.js';
import { BreachGrounds } from './breach-grounds.js';
import { BreachSeals } from './breach.seals.js';
import { BreachesController } from './breaches.controller.js';
import { BreachesPages } from './breaches.pages.js';
import { BreachesQueries } from './breaches.queries.js';
import { BreachesReading } from './breaches.reading.js';
import { BreachesService } from './breaches.service.js';
import { BreachesStore } from './breaches.store.js';
import { BreachesVerifier } from './breaches.verifier.js';
import { HeldBreaches } from './held-breaches.js';
import { PledgeGrounds } from './pledge-grounds.js';
import { RetentionOfBreaches } from './retention-breaches.js';
import { StandingBreaches } from './standing-breaches.js';

@Module({
  imports: [DutiesModule, MessagesModule, OfficesModule, PeopleModule, SocietiesModule],
  controllers: [AppealsPages, BreachesPages, BreachesController],
  providers: [
    AppealsReading,
    AppealsService,
    BreachDuties,
    BreachEnds,
    BreachGrounds,
    BreachSeals,
    BreachesQueries,
    BreachesReading,
    BreachesService,
    BreachesStore,
    BreachesVerifier,
    HeldBreaches,
    PledgeGrounds,
    RetentionOfBreaches,
    StandingBreaches,
  ],
  exports: [
    AppealsService,
    BreachEnds,
    BreachGrounds,
    BreachesQueries,
    BreachesService,
    BreachesVerifier,
    StandingBreaches,
  ],
})
export class BreachesModule {}
