import { Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { BoardModule } from '../board/index.js';
import { DutiesModule, DutyThreads } from '../duties/index.js';
import { LedgerModule } from '../ledger/index.js';
import { MessagesModule } from '../messages/index.js';
import { NoticesModule, NoticeSubjects } from '../notices/index.js';
import { OfficesModule } from '../offices/index.js';
import { PeopleModule } from '../people/index.js';
import { SocietiesModule } from '../societies/index.js';
import { accountsControllers, accountsProviders } from './accounts/accounts.parts.js';
import { AccountsService } from './accounts/accounts.service.js';
import { YearWork } from './accounts/year-work.js';
import { campaignControllers, campaignProviders } from './campaigns/campaign.parts.js';
import { DonationListController } from './lists/donation-list.controller.js';
import { DonationListPages } from './lists/donation-list.pages.js';
import { DonationListQueries } from './lists/donation-list.queries.js';
import { DonationListService } from './lists/donation-list.service.js';
import { DonationListStore } from './lists/donation-list.store.js';
import { DonationListSubject } from './lists/donation-list.subject.js';
import { DONATION_LIST } from './lists/donation-list.kind.js';
import { DonorSeals } from './donors/donor.seals.js';
import { DonorSecrets } from './donors/donor-secrets.queries.js';
import { DonorsPages } from './donors/donors.pages.js';
import { DonorsController } from './donors/donors.controller.js';
import { DonorsQueries } from './donors/donors.queries.js';
import { DonorsService } from './donors/donors.service.js';
import { DonorsStore } from './donors/donors.store.js';
import { textsControllers, textsProviders } from './texts/texts.parts.js';
import { GiftTextsService } from './texts/gift-texts.service.js';
import { webhookControllers, webhookProviders } from './webhooks/webhook.parts.js';
import { WebhookSender } from './webhooks/webhook-sender.service.js';
import { goodsControllers, goodsProviders } from './goods/goods.parts.js';
import { GoodsRecipients } from './goods/goods-recipients.js';
import { GoodsService } from './goods/goods.service.js';
import { GiftImportController } from './imports/gift-import.controller.js';
import { GiftImportPages } from './imports/gift-import.pages.js';
import { GiftImportQueries } from './imports/gift-import.queries.js';
import { GiftImportService } from './imports/gift-import.service.js';
import { GiftImportStore } from './imports/gift-import.store.js';
import { giftRefundsControllers, giftRefundsProviders } from './refunds/gift-refunds.parts.js';
import { managementControllers, managementProviders } from './management/management.parts.js';
import { GiftThread } from './gifts/gift-thread.js';
import { GiftsPages } from './gifts/gifts.pages.js';
import { GiftsController } from './gifts/gifts.controller.js';
import { GiftsQueries } from './gifts/gifts.queries.js';
import { GiftsService } from './gifts/gifts.service.js';
import { GiftsStore } from './gifts/gifts.store.js';
import { DonorAccountsPages } from './trace/donor-accounts.pages.js';
import { DonorAccountsService } from './trace/donor-accounts.service.js';
import { DonorAccountsStore } from './trace/donor-accounts.store.js';
import { DonorRoles } from './trace/donor-roles.js';
import { MyGiftsController } from './trace/my-gifts.controller.js';
import { MyGiftsPages } from './trace/my-gifts.pages.js';
import { MyGiftsQueries } from './trace/my-gifts.queries.js';
import { SharePictures } from './trace/share-pictures.js';
import { TraceController } from './trace/trace.controller.js';
import { TracePages } from './trace/trace.pages.js';
import { TraceQueries } from './trace/trace.queries.js';
import { TraceReading } from './trace/trace.reading.js';
import { UsesOfGifts } from './trace/uses-of-gifts.js';
import { OpenBooksController } from './open-books/open-books.controller.js';
import { OpenBooksIndexQueries } from './open-books/open-books-index.queries.js';
import { OpenBooksPages } from './open-books/open-books.pages.js';
import { OpenMonthsController } from './open-books/open-months.controller.js';
import { OpenMonthsPages } from './open-books/open-months.pages.js';
import { OpenBooksFigures } from './open-books/open-books.figures.js';
import { OpenBooksQueries } from './open-books/open-books.queries.js';
import { OpenBooksReading } from './open-books/open-books.reading.js';
import { OpenGoodsQueries } from './open-books/open-goods.queries.js';
import { OpenGoodsReading } from './open-books/open-goods.reading.js';
import { OpenBooksVerifier } from './open-books/open-books.verifier.js';
import { ReceiptPapers } from './receipts/receipt-papers.js';
import { ReceiptSeals } from './receipts/receipt.seals.js';
import { ReceiptsQueries } from './receipts/receipts.queries.js';
import { ReceiptBlocks } from './receipts/receipt-block.js';
import { ReceiptHandsReading } from './receipts/receipt-hands.js';
import { ReceiptRightsController } from './receipts/receipt-rights.controller.js';
import { ReceiptRightsPages } from './receipts/receipt-rights.pages.js';
import { ReceiptRightsQueries } from './receipts/receipt-rights.queries.js';
import { ReceiptRightsReading } from './receipts/receipt-rights.reading.js';
import { ReceiptRightsService } from './receipts/receipt-rights.service.js';
import { ReceiptsController } from './receipts/receipts.controller.js';
import { ReceiptsPages } from './receipts/receipts.pages.js';
import { ReceiptsService } from './receipts/receipts.service.js';
import { ReceiptsStore } from './receipts/receipts.store.js';
import { ReceiptsVerifier } from './receipts/receipts.verifier.js';
import { StatementsController } from './receipts/statements.controller.js';
import { StatementsPages } from './receipts/statements.pages.js';
import { StatementsReading } from './receipts/statements.reading.js';
import { donorRightsControllers, donorRightsProviders } from './rights/donor-rights.parts.js';
import { RetentionOfDonors } from './donors/retention-donors.js';

@Module({
  imports: [
    BoardModule,
    SocietiesModule,
    OfficesModule,
    DutiesModule,
    LedgerModule,
    MessagesModule,
    NoticesModule,
    PeopleModule,
  ],
  controllers: [
    ...accountsControllers,
    ...campaignControllers,
    ...goodsControllers,
    ...textsControllers,
    ...webhookControllers,
    ...donorRightsControllers,
    ReceiptsPages,
    ReceiptsController,
    ReceiptRightsPages,
    ReceiptRightsController,
    StatementsPages,
    StatementsController,
    ...giftRefundsControllers,
    ...managementControllers,
    OpenMonthsPages,
    OpenMonthsController,
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
    RetentionOfDonors,
    ...accountsProviders,
    ...campaignProviders,
    ...goodsProviders,
    ...textsProviders,
    ...webhookProviders,
    ...donorRightsProviders,
    ...giftRefundsProviders,
    ...managementProviders,
    OpenBooksQueries,
    OpenBooksFigures,
    OpenBooksIndexQueries,
    OpenBooksReading,
    OpenGoodsQueries,
    OpenGoodsReading,
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
    AccountsService,
    YearWork,
    GiftTextsService,
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
