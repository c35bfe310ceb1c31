import { Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { SocietiesModule, SocietyFoundings } from '../societies/index.js';
import { BalancesStore } from './balances.store.js';
import { GiftMoneyService } from './gift-money.service.js';
import { GoodsMoneyService } from './goods-money.service.js';
import { LedgerController } from './ledger.controller.js';
import { LedgerPages } from './ledger.pages.js';
import { LedgerQueries } from './ledger.queries.js';
import { LedgerService } from './ledger.service.js';
import { LedgerVerifier } from './ledger.verifier.js';
import { LotsStore } from './lots.store.js';
import { MoneyBackService } from './money-back.service.js';
import { MonthsQueries } from './months.queries.js';
import { MonthsRollup } from './months-rollup.service.js';
import { MonthsVerifier } from './months.verifier.js';
import { SocietyMonthsStore } from './society-months.store.js';
import { VouchersStore } from './vouchers.store.js';

@Module({
  imports: [SocietiesModule],
  controllers: [LedgerPages, LedgerController],
  providers: [
    BalancesStore,
    VouchersStore,
    LotsStore,
    LedgerQueries,
    LedgerService,
    MoneyBackService,
    GiftMoneyService,
    GoodsMoneyService,
    LedgerVerifier,
    SocietyMonthsStore,
    MonthsQueries,
    MonthsRollup,
    MonthsVerifier,
  ],
  exports: [
    LedgerService,
    MoneyBackService,
    GiftMoneyService,
    GoodsMoneyService,
    LedgerQueries,
    LedgerVerifier,
    MonthsQueries,
    MonthsRollup,
    MonthsVerifier,
  ],
})
export class LedgerModule implements OnModuleInit {
  constructor(
    private readonly foundings: SocietyFoundings,
    private readonly ledger: LedgerService,
  ) {}

  /** A society has its book in the unit of work that founds it. */
  onModuleInit(): void {
    this.foundings.register({
      founded: (tx, { id, name, heldById }) => this.ledger.openBook(tx, { societyId: id, name, heldById }),
    });
  }
}
