import { Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { BoardModule, BoardSubjects } from '../board/index.js';
import { BreachesModule } from '../breaches/index.js';
import { CasesModule } from '../cases/index.js';
import { procedureFaults } from '../cases/domain/procedure-check.js';
import { DonationsModule } from '../donations/index.js';
import { DutiesModule, DutyThreads } from '../duties/index.js';
import { FundsModule } from '../funds/index.js';
import { LedgerModule } from '../ledger/index.js';
import { MessagesModule } from '../messages/index.js';
import { NoticesModule, NoticeSubjects } from '../notices/index.js';
import { OfficesModule } from '../offices/index.js';
import { PaymentsModule, PaymentSubjects } from '../payments/index.js';
import { PeopleModule, PersonListeners } from '../people/index.js';
import { SocietiesModule } from '../societies/index.js';
import { HeldRelief } from './held-relief.js';
import { CorrectedRelief } from './corrected-relief.js';
import { DecidedRelief } from './decided-relief.js';
import { RELIEF_PROCEDURE, RELIEF_ROAD } from './domain/relief-procedure.js';
import { GivenRelief } from './given-relief.js';
import { YearOfRelief } from './year-of-relief.js';
import { NoticedRelief } from './noticed-relief.js';
import { ObjectedRelief } from './objected-relief.js';
import { PaidRelief } from './paid-relief.js';
import { ReliefAccountPages } from './relief-account.pages.js';
import { ReliefAccountService } from './relief-account.service.js';
import { ReliefAdvanceService } from './relief-advance.service.js';
import { ReliefAfterService } from './relief-after.service.js';
import { ReliefAfterController } from './relief-after.controller.js';
import { ReliefAfterPages } from './relief-after.pages.js';
import { ReliefAid } from './relief-aid.js';
import { ReliefCards } from './relief-cards.js';
import { ReliefDecisionPages } from './relief-decision.pages.js';
import { ReliefDecisionService } from './relief-decision.service.js';
import { ReliefDescriptions } from './relief-descriptions.js';
import { ReliefDeskController } from './relief-desk.controller.js';
import { ReliefDeskPages } from './relief-desk.pages.js';
import { ReliefDeskService } from './relief-desk.service.js';
import { ReliefEndingService } from './relief-ending.service.js';
import { ReliefFormsReading } from './relief-forms.reading.js';
import { ReliefGround } from './relief-ground.js';
import { ReliefImportQueries } from './relief-import.queries.js';
import { ReliefImportService } from './relief-import.service.js';
import { ReliefIntakePages } from './relief-intake.pages.js';
import { ReliefInquiry } from './relief-inquiry.js';
import { ReliefIntakeService } from './relief-intake.service.js';
import { RELIEF, RELIEF_PAYMENT } from './relief-kind.js';
import { ReliefLetters } from './relief-letters.js';
import { ReliefLooks } from './relief-looks.js';
import { ReliefLooksController } from './relief-looks.controller.js';
import { ReliefLooksPages } from './relief-looks.pages.js';
import { ReliefMergerService } from './relief-merger.service.js';
import { ReliefMoney } from './relief-money.js';
import { ReliefPanelService } from './relief-panel.service.js';
import { ReliefPapersMade } from './relief-papers-made.js';
import { ReliefPapersController } from './relief-papers.controller.js';
import { ReliefPapersPages } from './relief-papers.pages.js';
import { ReliefSettlement } from './relief-settlement.js';
import { ReliefSteps } from './relief-steps.js';
import { ReliefTransferService } from './relief-transfer.service.js';
import { ReliefThread } from './relief-thread.js';
import { ReliefWordsNow } from './relief-words-now.js';
import { ReliefWorksheetPapers } from './relief-worksheet-papers.js';
import { ReliefController } from './relief.controller.js';
import { ReliefPages } from './relief.pages.js';
import { ReliefQueries } from './relief.queries.js';
import { ReliefReading } from './relief.reading.js';
import { ReliefSeals } from './relief.seals.js';
import { ReliefStore } from './relief.store.js';
import { ReviewHints } from './review-hints.js';
import { ReviewWatch } from './review-watch.js';
import { ReliefVerifier } from './relief.verifier.js';

@Module({
  imports: [
    BoardModule,
    BreachesModule,
    DonationsModule,
    DutiesModule,
    FundsModule,
    LedgerModule,
    MessagesModule,
    NoticesModule,
    CasesModule,
    OfficesModule,
    PaymentsModule,
    PeopleModule,
    SocietiesModule,
  ],
  controllers: [
    ReliefPages,
    ReliefIntakePages,
    ReliefDeskPages,
    ReliefDecisionPages,
    ReliefAfterPages,
    ReliefAccountPages,
    ReliefLooksPages,
    ReliefLooksController,
    ReliefPapersPages,
    ReliefController,
    ReliefDeskController,
    ReliefAfterController,
    ReliefPapersController,
  ],
  providers: [
    HeldRelief,
    ReviewHints,
    ReviewWatch,
    CorrectedRelief,
    DecidedRelief,
    GivenRelief,
    YearOfRelief,
    NoticedRelief,
    ObjectedRelief,
    ReliefInquiry,
    ReliefWordsNow,
    PaidRelief,
    ReliefAccountService,
    ReliefAdvanceService,
    ReliefAfterService,
    ReliefAid,
    ReliefCards,
    ReliefDecisionService,
    ReliefDescriptions,
    ReliefDeskService,
    ReliefEndingService,
    ReliefFormsReading,
    ReliefGround,
    ReliefImportQueries,
    ReliefImportService,
    ReliefIntakeService,
    ReliefLetters,
    ReliefLooks,
    ReliefMergerService,
    ReliefMoney,
    ReliefPanelService,
    ReliefPapersMade,
    ReliefQueries,
    ReliefReading,
    ReliefSeals,
    ReliefSettlement,
    ReliefSteps,
    ReliefStore,
    ReliefThread,
    ReliefTransferService,
    ReliefVerifier,
    ReliefWorksheetPapers,
  ],
  exports: [
    ReviewWatch,
    ReliefAccountService,
    ReliefAdvanceService,
    ReliefAfterService,
    ReliefDecisionService,
    ReliefDeskService,
    ReliefEndingService,
    ReliefImportService,
    ReliefIntakeService,
    ReliefLetters,
    ReliefMergerService,
    ReliefPanelService,
    ReliefQueries,
    ReliefTransferService,
    ReliefVerifier,
  ],
})
export class ReliefModule implements OnModuleInit {
  constructor(
    private readonly rounds: BoardSubjects,
    private readonly payments: PaymentSubjects,
    private readonly notices: NoticeSubjects,
    private readonly persons: PersonListeners,
    private readonly threads: DutyThreads,
    private readonly decided: DecidedRelief,
    private readonly paid: PaidRelief,
    private readonly noticed: NoticedRelief,
    private readonly thread: ReliefThread,
    private readonly corrected: CorrectedRelief,
  ) {}

  /** A faulty procedure keeps the house shut; a sound one answers for relief in the rooms above. */
  onModuleInit(): void {
    const faults = procedureFaults(RELIEF_PROCEDURE, RELIEF_ROAD);
    if (faults.length > 0) throw new Error(`The procedure of relief is unsound:\n- ${faults.join('\n- ')}`);
    this.rounds.register(RELIEF, this.decided);
    this.payments.register(RELIEF_PAYMENT, this.paid);
    this.notices.register(RELIEF, this.noticed);
    this.persons.register(this.noticed);
    this.persons.register(this.corrected);
    this.threads.register(this.thread);
  }
}
