import { Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { DutiesModule, DutyThreads } from '../duties/index.js';
import { LedgerModule } from '../ledger/index.js';
import { OfficesModule } from '../offices/index.js';
import { SocietiesModule } from '../societies/index.js';
import { DonorSeals } from './donor.seals.js';
import { DonorSecrets } from './donor-secrets.queries.js';
import { DonorsController } from './donors.controller.js';
import { DonorsQueries } from './donors.queries.js';
import { DonorsService } from './donors.service.js';
import { DonorsStore } from './donors.store.js';
import { GiftThread } from './gift-thread.js';
import { GiftsController } from './gifts.controller.js';
import { GiftsQueries } from './gifts.queries.js';
import { GiftsService } from './gifts.service.js';
import { GiftsStore } from './gifts.store.js';

@Module({
  imports: [SocietiesModule, OfficesModule, DutiesModule, LedgerModule],
  controllers: [GiftsController, DonorsController],
  providers: [
    DonorSeals,
    DonorSecrets,
    DonorsStore,
    DonorsQueries,
    DonorsService,
    GiftsStore,
    GiftsQueries,
    GiftsService,
    GiftThread,
  ],
  exports: [GiftsService, GiftsQueries, DonorsService, DonorsQueries],
})
export class DonationsModule implements OnModuleInit {
  constructor(
    private readonly threads: DutyThreads,
    private readonly thread: GiftThread,
  ) {}

  onModuleInit(): void {
    this.threads.register(this.thread);
  }
}
