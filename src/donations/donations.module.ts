import { Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { BoardModule } from '../board/index.js';
import { DutiesModule, DutyThreads } from '../duties/index.js';
import { LedgerModule } from '../ledger/index.js';
import { NoticesModule, NoticeSubjects } from '../notices/index.js';
import { OfficesModule } from '../offices/index.js';
import { PeopleModule } from '../people/index.js';
import { SocietiesModule } from '../societies/index.js';
import { campaignControllers, campaignProviders } from './campaign.parts.js';
import { DonationListController } from './donation-list.controller.js';
import { DonationListPages } from './donation-list.pages.js';
import { DonationListQueries } from './donation-list.queries.js';
import { DonationListService } from './donation-list.service.js';
import { DonationListStore } from './donation-list.store.js';
import { DonationListSubject } from './donation-list.subject.js';
import { DONATION_LIST } from './donation-list.kind.js';
import { DonorSeals } from './donor.seals.js';
import { DonorSecrets } from './donor-secrets.queries.js';
import { DonorsPages } from './donors.pages.js';
import { DonorsController } from './donors.controller.js';
import { DonorsQueries } from './donors.queries.js';
import { DonorsService } from './donors.service.js';
import { DonorsStore } from './donors.store.js';
import { webhookControllers, webhookProviders } from './webhook.parts.js';
import { WebhookSender } from './webhook-sender.service.js';
import { goodsControllers, goodsProviders } from './goods.parts.js';
import { GoodsRecipients } from './goods-recipients.js';
import { GoodsService } from './goods.service.js';
import { GiftImportController } from './gift-import.controller.js';
import { GiftImportPages } from './gift-import.pages.js';
import { GiftImportQueries } from './gift-import.queries.js';
import { GiftImportService } from './gift-import.service.js';
import { GiftImportStore } from './gift-import.store.js';
import { giftRefundsControllers, giftRefundsProviders } from './gift-refunds.parts.js';
import { GiftThread } from './gift-thread.js';
import { GiftsPages } from './gifts.pages.js';
import { GiftsController } from './gifts.controller.js';
import { GiftsQueries } from './gifts.queries.js';
import { GiftsService } from './gifts.service.js';
import { GiftsStore } from './gifts.store.js';
import { DonorAccountsPages } from './donor-accounts.pages.js';
import { DonorAccountsService } from './donor-accounts.service.js';
import { DonorAccountsStore } from './donor-accounts.store.js';
import { DonorRoles } from './donor-roles.js';
import { MyGiftsController } from './my-gifts.controller.js';
import { MyGiftsPages } from './my-gifts.pages.js';
import { MyGiftsQueries } from './my-gifts.queries.js';
import { SharePictures } from './share-pictures.js';
import { TraceController } from './trace.controller.js';
import { TracePages } from './trace.pages.js';
import { TraceQueries } from './trace.queries.js';
import { TraceReading } from './trace.reading.js';
import { UsesOfGifts } from './uses-of-gifts.js';
import { OpenBooksController } from './open-books.controller.js';
import { OpenBooksIndexQueries } from './open-books-index.queries.js';
import { OpenBooksPages } from './open-books.pages.js';
import { OpenBooksFigures } from './open-books.figures.js';
import { OpenBooksQueries } from './open-books.queries.js';
import { OpenBooksReading } from './open-books.reading.js';
import { OpenBooksVerifier } from './open-books.verifier.js';
import { ReceiptPapers } from './receipt-papers.js';
import { ReceiptSeals } from './receipt.seals.js';
import { ReceiptsQueries } from './receipts.queries.js';
import { ReceiptBlocks } from './receipt-block.js';
import { ReceiptHandsReading } from './receipt-hands.js';
import { ReceiptRightsController } from './receipt-rights.controller.js';
import { ReceiptRightsPages } from './receipt-rights.pages.js';
import { ReceiptRightsQueries } from './receipt-rights.queries.js';
import { ReceiptRightsReading } from './receipt-rights.reading.js';
import { ReceiptRightsService } from './receipt-rights.service.js';
import { ReceiptsController } from './receipts.controller.js';
import { ReceiptsPages } from './receipts.pages.js';
import { ReceiptsService } from './receipts.service.js';
import { ReceiptsStore } from './receipts.store.js';
import { ReceiptsVerifier } from './receipts.verifier.js';
import { StatementsController } from './statements.controller.js';
import { StatementsPages } from './statements.pages.js';
import { StatementsReading } from './statements.reading.js';

@Module({
  imports: [
    BoardModule,
    SocietiesModule,
    OfficesModule,
    DutiesModule,
    LedgerModule,
    NoticesModule,
    PeopleModule,
  ],
  controllers: [
    ...campaignControllers,
    ...goodsControllers,
    ...webhookControllers,
    ReceiptsPages,
    ReceiptsController,
    ReceiptRightsPages,
    ReceiptRightsController,
    StatementsPages,
    StatementsController,
    ...giftRefundsControllers,
    OpenBooksPages,
    OpenBooksController,
    DonationListPages,
    DonationListController,
    TracePages,
    TraceController,
    MyGiftsPages,
    MyGiftsController,
    DonorAccountsPages,
    GiftImportPages,
    GiftImportController,
    GiftsPages,
    DonorsPages,
    GiftsController,
    DonorsController,
  ],
  providers: [
    ...campaignProviders,
    ...goodsProviders,
    ...webhookProviders,
    ...giftRefundsProviders,
    OpenBooksQueries,
    OpenBooksFigures,
    OpenBooksIndexQueries,
    OpenBooksReading,
    OpenBooksVerifier,
    DonationListStore,
    DonationListQueries,
    DonationListService,
    DonationListSubject,
    DonorSeals,
    DonorSecrets,
    DonorsStore,
    DonorsQueries,
    DonorsService,
    GiftsStore,
    GiftsQueries,
    GiftsService,
    GiftThread,
    TraceQueries,
    TraceReading,
    UsesOfGifts,
    DonorAccountsService,
    DonorAccountsStore,
    DonorRoles,
    MyGiftsQueries,
    SharePictures,
    GiftImportStore,
    GiftImportQueries,
    GiftImportService,
    ReceiptsQueries,
    ReceiptsStore,
    ReceiptsService,
    ReceiptsVerifier,
    ReceiptHandsReading,
    ReceiptRightsQueries,
    ReceiptRightsReading,
    ReceiptRightsService,
    ReceiptBlocks,
    StatementsReading,
    ReceiptPapers,
    ReceiptSeals,
  ],
  exports: [
    WebhookSender,
    GoodsRecipients,
    GoodsService,
    ReceiptsService,
    ReceiptsVerifier,
    StatementsReading,
    ReceiptBlocks,
    OpenBooksVerifier,
    TraceQueries,
    UsesOfGifts,
    GiftImportService,
    GiftsService,
    GiftsQueries,
    DonorsService,
    DonorsQueries,
    ReceiptsQueries,
  ],
})
export class DonationsModule implements OnModuleInit {
  constructor(
    private readonly threads: DutyThreads,
    private readonly noticeSubjects: NoticeSubjects,
    private readonly donationLists: DonationListSubject,
    private readonly thread: GiftThread,
  ) {}

  onModuleInit(): void {
    this.threads.register(this.thread);
    this.threads.register(this.donationLists);
    this.noticeSubjects.register(DONATION_LIST, this.donationLists);
  }
}
