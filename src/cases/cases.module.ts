import { Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { BoardModule, BoardSubjects } from '../board/index.js';
import { DutiesModule } from '../duties/index.js';
import { LedgerModule } from '../ledger/index.js';
import { NoticesModule, NoticeSubjects } from '../notices/index.js';
import { OfficesModule } from '../offices/index.js';
import { PaymentsModule, PaymentSubjects } from '../payments/index.js';
import { IdNumberListeners, PeopleModule } from '../people/index.js';
import { SocietiesModule } from '../societies/index.js';
import { CaseDescriptions } from './case-descriptions.js';
import { CaseReading } from './case-reading.js';
import { CaseSeals } from './case.seals.js';
import { CaseSteps } from './case-steps.js';
import { CasesController } from './cases.controller.js';
import { CasesPages } from './cases.pages.js';
import { CasesQueries } from './cases.queries.js';
import { CasesService } from './cases.service.js';
import { CasesStore } from './cases.store.js';
import { CasesVerifier } from './cases.verifier.js';
import { DecidedCase } from './decided-case.js';
import { EMERGENCY_PROCEDURE } from './domain/emergency-procedure.js';
import { procedureFaults } from './domain/procedure-check.js';
import { DraftsService } from './drafts.service.js';
import { DraftsStore } from './drafts.store.js';
import { HandoverSteps } from './handover-steps.js';
import { HandoversController } from './handovers.controller.js';
import { HandoversPages } from './handovers.pages.js';
import { HandoversQueries } from './handovers.queries.js';
import { HandoversService } from './handovers.service.js';
import { HandoversStore } from './handovers.store.js';
import { HandoversVerifier } from './handovers.verifier.js';
import { HomePages } from './home.pages.js';
import { IntakePages } from './intake.pages.js';
import { IntakeService } from './intake.service.js';
import { LeadsController } from './leads.controller.js';
import { LeadsPages } from './leads.pages.js';
import { LeadsService } from './leads.service.js';
import { LeadsStore } from './leads.store.js';
import { NoticedCase } from './noticed-case.js';
import { OverduePapers } from './overdue-papers.js';
import { OverrideReading } from './override-reading.js';
import { OverridesController } from './overrides.controller.js';
import { OverridesPages } from './overrides.pages.js';
import { OverridesQueries } from './overrides.queries.js';
import { OverridesService } from './overrides.service.js';
import { OverridesStore } from './overrides.store.js';
import { PaidCase } from './paid-case.js';
import { TownDeskController } from './town-desk.controller.js';
import { TownDeskPages } from './town-desk.pages.js';
import { TownDeskQueries } from './town-desk.queries.js';
import { TownDesk } from './town-desk.reading.js';

const CASE = 'case';

@Module({
  imports: [
    BoardModule,
    DutiesModule,
    LedgerModule,
    NoticesModule,
    OfficesModule,
    PaymentsModule,
    PeopleModule,
    SocietiesModule,
  ],
  controllers: [
    HomePages,
    IntakePages,
    CasesPages,
    HandoversPages,
    LeadsPages,
    OverridesPages,
    TownDeskPages,
    CasesController,
    HandoversController,
    LeadsController,
    OverridesController,
    TownDeskController,
  ],
  providers: [
    CaseDescriptions,
    CaseReading,
    CaseSeals,
    CaseSteps,
    CasesQueries,
    CasesService,
    CasesStore,
    CasesVerifier,
    DecidedCase,
    DraftsService,
    DraftsStore,
    HandoverSteps,
    HandoversQueries,
    HandoversService,
    HandoversStore,
    HandoversVerifier,
    IntakeService,
    LeadsService,
    LeadsStore,
    NoticedCase,
    OverduePapers,
    OverrideReading,
    OverridesQueries,
    OverridesService,
    OverridesStore,
    PaidCase,
    TownDesk,
    TownDeskQueries,
  ],
  exports: [
    CasesQueries,
    CasesService,
    CasesVerifier,
    HandoversService,
    HandoversVerifier,
    IntakeService,
    LeadsService,
    OverridesService,
  ],
})
export class CasesModule implements OnModuleInit {
  constructor(
    private readonly rounds: BoardSubjects,
    private readonly payments: PaymentSubjects,
    private readonly notices: NoticeSubjects,
    private readonly idNumbers: IdNumberListeners,
    private readonly decided: DecidedCase,
    private readonly paid: PaidCase,
    private readonly noticed: NoticedCase,
  ) {}

  /** A faulty procedure keeps the house shut; a sound one answers for cases in the three rooms above. */
  onModuleInit(): void {
    const faults = procedureFaults(EMERGENCY_PROCEDURE);
    if (faults.length > 0) throw new Error(`The procedure of a case is unsound:\n- ${faults.join('\n- ')}`);
    this.rounds.register(CASE, this.decided);
    this.payments.register(CASE, this.paid);
    this.notices.register(CASE, this.noticed);
    this.idNumbers.register(this.noticed);
  }
}
