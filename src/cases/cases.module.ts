import { Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { BoardModule, BoardSubjects } from '../board/index.js';
import { BreachesModule } from '../breaches/index.js';
import { DonationsModule } from '../donations/index.js';
import { DutiesModule } from '../duties/index.js';
import { LedgerModule } from '../ledger/index.js';
import { MessagesModule } from '../messages/index.js';
import { NoticesModule, NoticeSubjects } from '../notices/index.js';
import { OfficesModule } from '../offices/index.js';
import { PaymentsModule, PaymentSubjects } from '../payments/index.js';
import { PersonListeners, PeopleModule } from '../people/index.js';
import { SocietiesModule } from '../societies/index.js';
import { CaseApproval } from './case-approval.js';
import { CaseDescriptions } from './case-descriptions.js';
import { CaseGround } from './case-ground.js';
import { CaseInquiry } from './case-inquiry.js';
import { CaseLooks } from './case-looks.js';
import { CaseLooksController } from './case-looks.controller.js';
import { CaseLooksPages } from './case-looks.pages.js';
import { CaseReading } from './case-reading.js';
import { CaseSeals } from './case.seals.js';
import { CaseSidelights } from './case-sidelights.js';
import { CaseSteps } from './case-steps.js';
import { CasesController } from './cases.controller.js';
import { CasesPages } from './cases.pages.js';
import { ConsentStops } from './consent-stops.js';
import { CasesQueries } from './cases.queries.js';
import { CasesService } from './cases.service.js';
import { CasesStore } from './cases.store.js';
import { CasesVerifier } from './cases.verifier.js';
import { CorrectedPerson } from './corrected-person.js';
import { DecidedCase } from './decided-case.js';
import { EMERGENCY_PROCEDURE } from './domain/emergency-procedure.js';
import { HeldCase } from './held-case.js';
import { HeldCaseStore } from './held-case.store.js';
import { RetentionOfDrafts } from './retention-drafts.js';
import { RetentionOfLeads } from './retention-leads.js';
import { AidQueries } from './aid.queries.js';
import { AmendmentsService } from './amendments.service.js';
import { CaseVeto } from './case-veto.js';
import { ChangesController } from './changes.controller.js';
import { ChangesPages } from './changes.pages.js';
import { EndingsService } from './endings.service.js';
import { RevocationsQueries } from './revocations.queries.js';
import { REVOCATION, RevocationsService } from './revocations.service.js';
import { RevocationsStore } from './revocations.store.js';
import { RevokedAsUntrue } from './revoked-as-untrue.js';
import { RevokedCase } from './revoked-case.js';
import { StepPapers } from './step-papers.js';
import { CaseWordsNow } from './case-words-now.js';
import { TakenBack } from './taken-back.js';
import { UpheldCase } from './upheld-case.js';
import { procedureFaults } from './domain/procedure-check.js';
import { DraftsService } from './drafts.service.js';
import { DraftsStore } from './drafts.store.js';
import { FastPathController } from './fast-path.controller.js';
import { FastPathGround } from './fast-path.ground.js';
import { FastPathPages } from './fast-path.pages.js';
import { FastPathQueries } from './fast-path.queries.js';
import { FastPathReading } from './fast-path.reading.js';
import { FastPathReviewsController } from './fast-path-reviews.controller.js';
import { FastPathReviewsPages } from './fast-path-reviews.pages.js';
import { FastPathReviewsQueries } from './fast-path-reviews.queries.js';
import { FastPathReviewsService } from './fast-path-reviews.service.js';
import { FastPathService, RATIFICATION } from './fast-path.service.js';
import { FastPathStore } from './fast-path.store.js';
import { FastPathVerifier } from './fast-path.verifier.js';
import { GivenUses } from './given-uses.js';
import { YearOfCases } from './year-of-cases.js';
import { CaseAsRecipient } from './goods-recipient.js';
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
import { LettersController } from './letters.controller.js';
import { LettersPages } from './letters.pages.js';
import { LettersQueries } from './letters.queries.js';
import { LetterSeals } from './letters.seals.js';
import { LettersService } from './letters.service.js';
import { LettersStore } from './letters.store.js';
import { LettersVerifier } from './letters.verifier.js';
import { MatchesController } from './matches.controller.js';
import { MatchesPages } from './matches.pages.js';
import { MatchesQueries } from './matches.queries.js';
import { MatchesService } from './matches.service.js';
import { MatchesStore } from './matches.store.js';
import { Matching } from './matching.js';
import { NoticedCase } from './noticed-case.js';
import { OverduePapers } from './overdue-papers.js';
import { OverrideReading } from './override-reading.js';
import { OverridesController } from './overrides.controller.js';
import { OverridesPages } from './overrides.pages.js';
import { OverridesQueries } from './overrides.queries.js';
import { OverridesService } from './overrides.service.js';
import { OverridesStore } from './overrides.store.js';
import { PaidCase } from './paid-case.js';
import { RatifiedCase } from './ratified-case.js';
import { RegistrationPapers } from './registration-papers.js';
import { TownDeskController } from './town-desk.controller.js';
import { TownDeskPages } from './town-desk.pages.js';
import { TownDeskQueries } from './town-desk.queries.js';
import { TownDesk } from './town-desk.reading.js';
import { WriteOffsController } from './write-offs.controller.js';
import { WriteOffsPages } from './write-offs.pages.js';
import { WriteOffsQueries } from './write-offs.queries.js';
import { WRITE_OFF, WriteOffsService } from './write-offs.service.js';
import { WriteOffsStore } from './write-offs.store.js';
import { WrittenOffCase } from './written-off-case.js';

const CASE = 'case';

@Module({
  imports: [
    BoardModule,
    BreachesModule,
    DonationsModule,
    DutiesModule,
    LedgerModule,
    MessagesModule,
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
    ChangesPages,
    LeadsPages,
    CasesController,
    CaseLooksPages,
    CaseLooksController,
    ChangesController,
    FastPathPages,
    FastPathController,
    LeadsController,
    LettersPages,
    LettersController,
    HandoversPages,
    OverridesPages,
    FastPathReviewsPages,
    FastPathReviewsController,
    WriteOffsPages,
    WriteOffsController,
    TownDeskPages,
    HandoversController,
    OverridesController,
    TownDeskController,
    MatchesPages,
    MatchesController,
  ],
  providers: [
    HeldCase,
    HeldCaseStore,
    RetentionOfDrafts,
    RetentionOfLeads,
    AidQueries,
    AmendmentsService,
    CaseApproval,
    CaseDescriptions,
    CaseGround,
    CaseInquiry,
    CaseLooks,
    CaseReading,
    CaseSeals,
    CaseSidelights,
    CaseSteps,
    CaseVeto,
    CaseWordsNow,
    CasesQueries,
    CasesService,
    CasesStore,
    CasesVerifier,
    CorrectedPerson,
    DecidedCase,
    DraftsService,
    DraftsStore,
    EndingsService,
    FastPathGround,
    FastPathQueries,
    FastPathReading,
    FastPathReviewsQueries,
    FastPathReviewsService,
    FastPathService,
    FastPathStore,
    FastPathVerifier,
    GivenUses,
    YearOfCases,
    CaseAsRecipient,
    HandoverSteps,
    HandoversQueries,
    HandoversService,
    HandoversStore,
    HandoversVerifier,
    IntakeService,
    LeadsService,
    LeadsStore,
    LettersQueries,
    LetterSeals,
    LettersService,
    LettersStore,
    LettersVerifier,
    MatchesQueries,
    MatchesService,
    MatchesStore,
    Matching,
    ConsentStops,
    NoticedCase,
    OverduePapers,
    OverrideReading,
    OverridesQueries,
    OverridesService,
    OverridesStore,
    PaidCase,
    RevocationsQueries,
    RevocationsService,
    RevocationsStore,
    RevokedAsUntrue,
    RevokedCase,
    StepPapers,
    TakenBack,
    RatifiedCase,
    RegistrationPapers,
    TownDesk,
    TownDeskQueries,
    UpheldCase,
    WriteOffsQueries,
    WriteOffsService,
    WriteOffsStore,
    WrittenOffCase,
  ],
  exports: [
    AidQueries,
    AmendmentsService,
    CaseSidelights,
    EndingsService,
    RevocationsService,
    CasesQueries,
    CasesService,
    CasesVerifier,
    DraftsService,
    FastPathReviewsService,
    FastPathService,
    HandoversVerifier,
    IntakeService,
    LeadsService,
    LettersQueries,
    LettersService,
    LettersVerifier,
    HandoversService,
    MatchesQueries,
    MatchesService,
    OverridesService,
    WriteOffsService,
  ],
})
export class CasesModule implements OnModuleInit {
  constructor(
    private readonly rounds: BoardSubjects,
    private readonly payments: PaymentSubjects,
    private readonly notices: NoticeSubjects,
    private readonly idNumbers: PersonListeners,
    private readonly decided: DecidedCase,
    private readonly ratified: RatifiedCase,
    private readonly paid: PaidCase,
    private readonly noticed: NoticedCase,
    private readonly revoked: RevokedCase,
    private readonly writtenOff: WrittenOffCase,
    private readonly matching: Matching,
    private readonly corrected: CorrectedPerson,
    private readonly stops: ConsentStops,
  ) {}

  /** A faulty procedure keeps the house shut; a sound one answers for cases in the three rooms above. */
  onModuleInit(): void {
    const faults = procedureFaults(EMERGENCY_PROCEDURE);
    if (faults.length > 0) throw new Error(`The procedure of a case is unsound:\n- ${faults.join('\n- ')}`);
    this.rounds.register(CASE, this.decided);
    this.rounds.register(REVOCATION, this.revoked);
    this.rounds.register(RATIFICATION, this.ratified);
    this.rounds.register(WRITE_OFF, this.writtenOff);
    this.payments.register(CASE, this.paid);
    this.notices.register(CASE, this.noticed);
    this.notices.register(WRITE_OFF, this.writtenOff);
    this.idNumbers.register(this.noticed);
    this.idNumbers.register(this.matching);
    this.idNumbers.register(this.corrected);
    this.idNumbers.register(this.stops);
  }
}
