import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/index.js';
import { SocietiesModule } from '../societies/index.js';
import { CapsQueries } from './caps.queries.js';
import { CapsService } from './caps.service.js';
import { CapsStore } from './caps.store.js';
import { FundsController } from './funds.controller.js';
import { FundsPages } from './funds.pages.js';
import { FundsQueries } from './funds.queries.js';
import { FundsService } from './funds.service.js';
import { FundsStore } from './funds.store.js';
import { FundsVerifier } from './funds.verifier.js';

@Module({
  imports: [SocietiesModule, LedgerModule],
  controllers: [FundsPages, FundsController],
  providers: [CapsQueries, FundsService, FundsStore, FundsQueries, CapsService, CapsStore, FundsVerifier],
  exports: [CapsQueries, FundsService, FundsQueries, CapsService, FundsVerifier],
})
export class FundsModule {}
