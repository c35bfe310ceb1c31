import { Module } from '@nestjs/common';
import { DutiesModule } from '../duties/index.js';
import { LedgerModule } from '../ledger/index.js';
import { MessagesModule } from '../messages/index.js';
import { OfficesModule } from '../offices/index.js';
import { PeopleModule } from '../people/index.js';
import { BankAnswersService } from './bank-answers.service.js';
import { HeldPayments } from './held-payments.js';
import { InstitutionSecrets } from './institution-secrets.queries.js';
import { InstitutionsController } from './institutions.controller.js';
import { InstitutionsPages } from './institutions.pages.js';
import { InstitutionsQueries } from './institutions.queries.js';
import { InstitutionSeals } from './institutions.seals.js';
import { InstitutionsService } from './institutions.service.js';
import { InstitutionsStore } from './institutions.store.js';
import { PayeesQueries } from './payees.queries.js';
import { PaymentDuties } from './payment-duties.js';
import { PaymentRights } from './payment-rights.js';
import { PaymentSubjects } from './payment-subjects.js';
import { PaymentsController } from './payments.controller.js';
import { PaymentsPages } from './payments.pages.js';
import { PaymentsQueries } from './payments.queries.js';
import { PaymentsService } from './payments.service.js';
import { PaymentsStore } from './payments.store.js';
import { PaymentsVerifier } from './payments.verifier.js';
import { RecoveriesController } from './recoveries.controller.js';
import { RecoveriesPages } from './recoveries.pages.js';
import { RecoveriesQueries } from './recoveries.queries.js';
import { RecoveriesService } from './recoveries.service.js';
import { RecoveriesStore } from './recoveries.store.js';

@Module({
  imports: [PeopleModule, OfficesModule, DutiesModule, MessagesModule, LedgerModule],
  controllers: [
    InstitutionsPages,
    InstitutionsController,
    PaymentsPages,
    PaymentsController,
    RecoveriesPages,
    RecoveriesController,
  ],
  providers: [
    HeldPayments,
    InstitutionSeals,
    InstitutionSecrets,
    InstitutionsStore,
    InstitutionsQueries,
    InstitutionsService,
    PayeesQueries,
    PaymentsStore,
    PaymentsQueries,
    PaymentSubjects,
    PaymentRights,
    PaymentDuties,
    PaymentsService,
    BankAnswersService,
    RecoveriesStore,
    RecoveriesQueries,
    RecoveriesService,
    PaymentsVerifier,
  ],
  exports: [
    InstitutionsService,
    InstitutionsQueries,
    PaymentsService,
    PaymentsQueries,
    PaymentSubjects,
    BankAnswersService,
    RecoveriesService,
    RecoveriesQueries,
    PaymentsVerifier,
  ],
})
export class PaymentsModule {}
