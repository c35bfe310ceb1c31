import { Module } from '@nestjs/common';
import { DutiesModule } from '../duties/index.js';
import { LedgerModule } from '../ledger/index.js';
import { OfficesModule } from '../offices/index.js';
import { PeopleModule } from '../people/index.js';
import { PaymentSubjects } from './payment-subjects.js';
import { PaymentsController } from './payments.controller.js';
import { PaymentsPages } from './payments.pages.js';
import { PaymentsQueries } from './payments.queries.js';
import { PaymentsService } from './payments.service.js';
import { PaymentsStore } from './payments.store.js';
import { PaymentsVerifier } from './payments.verifier.js';

@Module({
  imports: [PeopleModule, OfficesModule, DutiesModule, LedgerModule],
  controllers: [PaymentsPages, PaymentsController],
  providers: [PaymentsStore, PaymentsQueries, PaymentSubjects, PaymentsService, PaymentsVerifier],
  exports: [PaymentsService, PaymentsQueries, PaymentSubjects, PaymentsVerifier],
})
export class PaymentsModule {}
