import { Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { BoardModule } from '../board/index.js';
import { CasesModule, CaseSidelights } from '../cases/index.js';
import { DutiesModule } from '../duties/index.js';
import { NoticesModule } from '../notices/index.js';
import { PeopleModule } from '../people/index.js';
import { ReliefModule, ReviewWatch } from '../relief/index.js';
import { SocietiesModule } from '../societies/index.js';
import { DeskController } from './desk.controller.js';
import { DeskGround } from './desk-ground.js';
import { DeskPages } from './desk.pages.js';
import { DeskQueries } from './desk.queries.js';
import { DeskSeals } from './desk.seals.js';
import { FederationVerifier } from './federation.verifier.js';
import { FindingsService } from './findings.service.js';
import { FindingsStore } from './findings.store.js';
import { GrantPages } from './grant.pages.js';
import { GrantReading } from './grant.reading.js';
import { GrantSidelight } from './grant-sidelight.js';
import { LeasesService } from './leases.service.js';
import { LeasesStore } from './leases.store.js';
import { MatchIds } from './match-ids.js';
import { QueueReading } from './queue.reading.js';
import { RectificationsPages } from './rectifications.pages.js';
import { RectificationsService } from './rectifications.service.js';
import { ReliefWatch } from './relief-watch.js';
import { ReviewQueries } from './review.queries.js';
import { SavedViewsService } from './saved-views.service.js';
import { SavedViewsStore } from './saved-views.store.js';

@Module({
  imports: [
    BoardModule,
    CasesModule,
    DutiesModule,
    NoticesModule,
    PeopleModule,
    ReliefModule,
    SocietiesModule,
  ],
  controllers: [DeskPages, GrantPages, RectificationsPages, DeskController],
  providers: [
    DeskGround,
    DeskQueries,
    DeskSeals,
    FederationVerifier,
    FindingsService,
    FindingsStore,
    GrantReading,
    GrantSidelight,
    LeasesService,
    LeasesStore,
    MatchIds,
    QueueReading,
    RectificationsService,
    ReliefWatch,
    ReviewQueries,
    SavedViewsService,
    SavedViewsStore,
  ],
  exports: [FederationVerifier, FindingsService, LeasesService, RectificationsService],
})
export class FederationModule implements OnModuleInit {
  constructor(
    private readonly sidelights: CaseSidelights,
    private readonly sidelight: GrantSidelight,
    private readonly reviews: ReviewWatch,
    private readonly watch: ReliefWatch,
  ) {}

  onModuleInit(): void {
    this.sidelights.register(this.sidelight);
    this.reviews.register(this.watch);
  }
}
