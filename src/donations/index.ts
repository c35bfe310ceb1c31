/** The front door of donations: what the contexts below it may use. */
import { DonationList, DonationListGift } from './donation-list.entity.js';
import { Campaign, CampaignReport, FundraisingCertificate } from './campaign.entity.js';
import { Donor } from './donor.entity.js';
import { Gift, GiftLot } from './gift.entity.js';
import { UseChange, UseChangeGiver, UseChangeLot } from './change-of-use.entity.js';
import { GiftRefund, GiftRefundPart } from './gift-refund.entity.js';
import { UnclaimedMotion } from './unknown-money.entity.js';
import { WebhookDelivery, WebhookEndpoint } from './webhook.entity.js';
import { GoodsDelivery, GoodsItem, GoodsMove } from './goods.entity.js';
import { GiftImport, GiftImportPart } from './gift-import.entity.js';
import { Receipt, ReceiptRight, ReceiptWaiver } from './receipt.entity.js';

export { DonationsModule } from './donations.module.js';
export { giftsPermissions } from './donations.permissions.js';
export { campaignPermissions } from './campaign.permissions.js';
export { CampaignQueries } from './campaign.queries.js';
export { CampaignService } from './campaign.service.js';
export type { CampaignTyped } from './campaign.service.js';
export { webhookPermissions } from './webhook.permissions.js';
export { WebhookQueries } from './webhook.queries.js';
export { WebhookSender } from './webhook-sender.service.js';
export { WebhookService } from './webhook.service.js';
export { goodsPermissions } from './goods.permissions.js';
export { GoodsQueries } from './goods.queries.js';
export { GoodsRecipients } from './goods-recipients.js';
export type { GoodsRecipient, SourceOfRecipients } from './goods-recipients.js';
export { GoodsService } from './goods.service.js';
export { GoodsVerifier } from './goods.verifier.js';
export { giftImportPermissions } from './gift-import.permissions.js';
export { readGiftSheet } from './gift-import.reader.js';
export { GiftImportService } from './gift-import.service.js';
export type { GiftPreview, GiftsImported } from './gift-import.service.js';
export { giftTemplateSheet } from './gift-import.template.js';
export { faultWords } from './domain/gift-import.js';
export { tracePermissions } from './trace.permissions.js';
export { DonorAccountsService } from './donor-accounts.service.js';
export type { Invitation } from './donor-accounts.service.js';
export { MyGiftsQueries } from './my-gifts.queries.js';
export { TraceReading } from './trace.reading.js';
export { TraceQueries } from './trace.queries.js';
export type { Traced, TracedGift } from './trace.queries.js';
export { givenNoticeOf, UsesOfGifts } from './uses-of-gifts.js';
export type { GivenUse, SourceOfUses } from './uses-of-gifts.js';
export { DonorsQueries } from './donors.queries.js';
export type { DonorRow } from './donors.queries.js';
export { DonorsService } from './donors.service.js';
export { DonationsVerifier } from './donations.verifier.js';
export { ChangesOfUseQueries } from './change-of-use.queries.js';
export type { ChangeFacts, GiverFacts } from './change-of-use.queries.js';
export { ChangesOfUseService } from './change-of-use.service.js';
export type { ChangeTyped } from './change-of-use.service.js';
export { giftRefundsPermissions } from './gift-refunds.permissions.js';
export { GiftRefundsQueries } from './gift-refunds.queries.js';
export type { RefundFacts } from './gift-refunds.queries.js';
export { GiftRefundsService } from './gift-refunds.service.js';
export type { RefundAsked } from './gift-refunds.service.js';
export { UnknownMoneyQueries } from './unknown-money.queries.js';
export { UnknownMoneyService } from './unknown-money.service.js';
export { GiftsQueries } from './gifts.queries.js';
export type { GiftRow } from './gifts.queries.js';
export { GiftsService } from './gifts.service.js';
export { ReceiptsQueries } from './receipts.queries.js';
export { receiptsPermissions } from './receipts.permissions.js';
export { ReceiptBlocks } from './receipt-block.js';
export type { ReceiptBlockView } from './receipt-block.js';
export { ReceiptRightsQueries } from './receipt-rights.queries.js';
export { ReceiptRightsService } from './receipt-rights.service.js';
export { ReceiptsVerifier } from './receipts.verifier.js';
export { StatementsReading } from './statements.reading.js';
export type { ReceiptIssued, ReceiptsIssued, ReversalTyped } from './receipts.service.js';
export { ReceiptsService } from './receipts.service.js';
export type { PublicReceipt, ReceiptRow } from './receipts.queries.js';
export type {
  GiftRecorded,
  GiftTyped,
  IntentTyped,
  PledgeTyped,
  ReceivedTyped,
  UnknownTyped,
} from './gifts.service.js';

export { DonationListQueries } from './donation-list.queries.js';
export { DonationListService } from './donation-list.service.js';
export type { ListDrafted } from './donation-list.service.js';
export { donationListPermissions } from './donation-list.permissions.js';
export { openBooksPermissions } from './open-books.permissions.js';
export { OpenBooksQueries } from './open-books.queries.js';
export type { BookLine } from './open-books.queries.js';
export { OpenBooksReading, purseCodeOf } from './open-books.reading.js';
export { OpenBooksVerifier } from './open-books.verifier.js';

export const donationsEntities = [
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
  GiftRefundPart,
  UnclaimedMotion,
  DonationList,
  DonationListGift,
  GiftImport,
  GiftImportPart,
  Donor,
  Gift,
  GiftLot,
  Receipt,
  ReceiptRight,
  ReceiptWaiver,
];
