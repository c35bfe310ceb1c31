/** The front door of donations: what the contexts below it may use. */
import { AccountReport } from './accounts/account-report.entity.js';
import { DonationList, DonationListGift } from './lists/donation-list.entity.js';
import { Campaign, CampaignReport, FundraisingCertificate } from './campaigns/campaign.entity.js';
import { Donor } from './donors/donor.entity.js';
import { DonorLook } from './donors/donor-look.entity.js';
import { Gift, GiftLot } from './gifts/gift.entity.js';
import { UseChange, UseChangeGiver, UseChangeLot } from './change-of-use/change-of-use.entity.js';
import { GiftRefund, GiftRefundLine, GiftRefundPart } from './refunds/gift-refund.entity.js';
import { UnclaimedMotion } from './change-of-use/unknown-money.entity.js';
import { ManagementDraw, ManagementDrawPart, ManagementTerms } from './management/management.entity.js';
import { WebhookDelivery, WebhookEndpoint } from './webhooks/webhook.entity.js';
import { GoodsDelivery, GoodsItem, GoodsMove } from './goods/goods.entity.js';
import { GiftImport, GiftImportPart } from './imports/gift-import.entity.js';
import { DonorErasure, DonorRequest } from './rights/donor-request.entity.js';
import { Receipt, ReceiptRight, ReceiptWaiver } from './receipts/receipt.entity.js';

export { DonationsModule } from './donations.module.js';
export { giftsPermissions } from './donations.permissions.js';
export { accountsPermissions } from './accounts/accounts.permissions.js';
export { AccountsQueries } from './accounts/accounts.queries.js';
export { AccountsReading } from './accounts/accounts.reading.js';
export { AccountsService } from './accounts/accounts.service.js';
export type { AccountsAsked, AccountsDrafted } from './accounts/accounts.service.js';
export { YearWork } from './accounts/year-work.js';
export type { SourceOfWork, YearSpan } from './accounts/year-work.js';
export { campaignPermissions } from './campaigns/campaign.permissions.js';
export { CampaignQueries } from './campaigns/campaign.queries.js';
export { CampaignService } from './campaigns/campaign.service.js';
export type { CampaignTyped } from './campaigns/campaign.service.js';
export { giftTextsPermissions } from './texts/texts.permissions.js';
export { GiftTextsService } from './texts/gift-texts.service.js';
export { webhookPermissions } from './webhooks/webhook.permissions.js';
export { WebhookQueries } from './webhooks/webhook.queries.js';
export { WebhookSender } from './webhooks/webhook-sender.service.js';
export { WebhookService } from './webhooks/webhook.service.js';
export { goodsPermissions } from './goods/goods.permissions.js';
export { GoodsQueries } from './goods/goods.queries.js';
export { GoodsRecipients } from './goods/goods-recipients.js';
export type { GoodsRecipient, SourceOfRecipients } from './goods/goods-recipients.js';
export { GoodsService } from './goods/goods.service.js';
export { GoodsVerifier } from './goods/goods.verifier.js';
export { giftImportPermissions } from './imports/gift-import.permissions.js';
export { readGiftSheet } from './imports/gift-import.reader.js';
export { GiftImportService } from './imports/gift-import.service.js';
export type { GiftPreview, GiftsImported } from './imports/gift-import.service.js';
export { giftTemplateSheet } from './imports/gift-import.template.js';
export { faultWords } from './domain/gift-import.js';
export { DonorLooksService } from './donors/donor-looks.service.js';
export { DonorCopies } from './rights/donor-copy.reading.js';
export type { DonorCopy, DonorKept } from './rights/donor-copy.reading.js';
export { donorRightsPermissions } from './rights/donor-rights.permissions.js';
export { DonorRequestsQueries } from './rights/donor-requests.queries.js';
export type { DonorRequestFacts } from './rights/donor-requests.queries.js';
export { DonorRightsService } from './rights/donor-rights.service.js';
export type { DonorRightAsked, OwnRightAsked } from './rights/donor-rights.service.js';
export { MyRightsService } from './rights/my-rights.service.js';
export { tracePermissions } from './trace/trace.permissions.js';
export { DonorAccountsService } from './trace/donor-accounts.service.js';
export type { Invitation } from './trace/donor-accounts.service.js';
export { MyGiftsQueries } from './trace/my-gifts.queries.js';
export { TraceReading } from './trace/trace.reading.js';
export { TraceQueries } from './trace/trace.queries.js';
export type { Traced, TracedGift } from './trace/trace.queries.js';
export { givenNoticeOf, UsesOfGifts } from './trace/uses-of-gifts.js';
export type { GivenUse, SourceOfUses } from './trace/uses-of-gifts.js';
export { DonorsQueries } from './donors/donors.queries.js';
export type { DonorRow } from './donors/donors.queries.js';
export { DonorsService } from './donors/donors.service.js';
export { DonationsVerifier } from './donations.verifier.js';
export { ChangesOfUseQueries } from './change-of-use/change-of-use.queries.js';
export type { ChangeFacts, GiverFacts } from './change-of-use/change-of-use.queries.js';
export { ChangesOfUseService } from './change-of-use/change-of-use.service.js';
export type { ChangeTyped } from './change-of-use/change-of-use.service.js';
export { giftRefundsPermissions } from './refunds/gift-refunds.permissions.js';
export { GiftRefundsQueries } from './refunds/gift-refunds.queries.js';
export type { RefundFacts } from './refunds/gift-refunds.queries.js';
export { GiftRefundsService } from './refunds/gift-refunds.service.js';
export type { RefundAsked, RefundProof } from './refunds/gift-refunds.service.js';
export { managementPermissions } from './management/management.permissions.js';
export { ManagementQueries } from './management/management.queries.js';
export { ManagementService } from './management/management.service.js';
export { UnknownMoneyQueries } from './change-of-use/unknown-money.queries.js';
export { UnknownMoneyService } from './change-of-use/unknown-money.service.js';
export { GiftsQueries } from './gifts/gifts.queries.js';
export type { GiftRow } from './gifts/gifts.queries.js';
export { GiftsService } from './gifts/gifts.service.js';
export { ReceiptsQueries } from './receipts/receipts.queries.js';
export { receiptsPermissions } from './receipts/receipts.permissions.js';
export { ReceiptBlocks } from './receipts/receipt-block.js';
export type { ReceiptBlockView } from './receipts/receipt-block.js';
export { ReceiptRightsQueries } from './receipts/receipt-rights.queries.js';
export { ReceiptRightsService } from './receipts/receipt-rights.service.js';
export { ReceiptsVerifier } from './receipts/receipts.verifier.js';
export { StatementsReading } from './receipts/statements.reading.js';
export type { ReceiptIssued, ReceiptsIssued, ReversalTyped } from './receipts/receipts.service.js';
export { ReceiptsService } from './receipts/receipts.service.js';
export type { PublicReceipt, ReceiptRow } from './receipts/receipts.queries.js';
export type {
  GiftRecorded,
  GiftTyped,
  IntentTyped,
  PledgeTyped,
  ReceivedTyped,
  UnknownTyped,
} from './gifts/gifts.service.js';

export { DonationListQueries } from './lists/donation-list.queries.js';
export { DonationListService } from './lists/donation-list.service.js';
export type { ListDrafted } from './lists/donation-list.service.js';
export { donationListPermissions } from './lists/donation-list.permissions.js';
export { openBooksPermissions } from './open-books/open-books.permissions.js';
export { OpenBooksQueries } from './open-books/open-books.queries.js';
export type { BookLine } from './open-books/open-books.queries.js';
export { OpenBooksReading, purseCodeOf } from './open-books/open-books.reading.js';
export { OpenBooksVerifier } from './open-books/open-books.verifier.js';

export const donationsEntities = [
  AccountReport,
  WebhookEndpoint,
  WebhookDelivery,
  GoodsDelivery,
  GoodsItem,
  GoodsMove,
  FundraisingCertificate,
  Campaign,
  CampaignReport,
  UseChange,
  UseChangeGiver,
  UseChangeLot,
  GiftRefund,
  GiftRefundLine,
  GiftRefundPart,
  UnclaimedMotion,
  ManagementTerms,
  ManagementDraw,
  ManagementDrawPart,
  DonationList,
  DonationListGift,
  GiftImport,
  GiftImportPart,
  Donor,
  DonorLook,
  DonorRequest,
  DonorErasure,
  Gift,
  GiftLot,
  Receipt,
  ReceiptRight,
  ReceiptWaiver,
];
export { donationsSealed } from './donations.sealed.js';
