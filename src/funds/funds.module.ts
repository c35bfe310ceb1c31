import { Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { BoardModule, BoardSubjects } from '../board/index.js';
import { LedgerModule } from '../ledger/index.js';
import { NoticesModule, NoticeSubjects } from '../notices/index.js';
import { SocietiesModule } from '../societies/index.js';
import { CapsQueries } from './caps.queries.js';
import { CapsService } from './caps.service.js';
import { CapsStore } from './caps.store.js';
import { DecidedRule } from './decided-rule.js';
import { FundsController } from './funds.controller.js';
import { FundsPages } from './funds.pages.js';
import { FundsQueries } from './funds.queries.js';
import { FundsService } from './funds.service.js';
import { FundsStore } from './funds.store.js';
import { FundsVerifier } from './funds.verifier.js';
import { FUND_RULE, FundRuleMotionService } from './rule-motion.service.js';

@Module({
  imports: [SocietiesModule, LedgerModule, BoardModule, NoticesModule],
  controllers: [FundsPages, FundsController],
  providers: [
    CapsQueries,
    CapsService,
    CapsStore,
    DecidedRule,
    FundRuleMotionService,
    FundsQueries,
    FundsService,
    FundsStore,
    FundsVerifier,
  ],
  exports: [CapsQueries, FundsService, FundsQueries, CapsService, FundRuleMotionService, FundsVerifier],
})
export class FundsModule implements OnModuleInit {
  constructor(
    private readonly subjects: BoardSubjects,
    private readonly notices: NoticeSubjects,
    private readonly rule: DecidedRule,
  ) {}

  onModuleInit(): void {
    this.subjects.register(FUND_RULE, this.rule);
    this.notices.register(FUND_RULE, this.rule);
  }
}
