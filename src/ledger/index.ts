/** The front door of the ledger: what the contexts below it may use. */
import { Book, FundBalance, Reservation } from './book.entity.js';
import { Lot, LotAllocation } from './lot.entity.js';
import { RegionMonth, SocietyMonth } from './society-month.entity.js';
import { Voucher, VoucherLine } from './voucher.entity.js';

export { LedgerModule } from './ledger.module.js';
export { ledgerPermissions } from './ledger.permissions.js';
export { LedgerQueries } from './ledger.queries.js';
export type {
  AllocationRow,
  Fund,
  HeldRow,
  LotRow,
  PurseRow,
  TraceRow,
  VoucherCursor,
  VoucherDetail,
  VoucherPage,
  VoucherRow,
} from './ledger.queries.js';
export { LedgerService } from './ledger.service.js';
export type { Accrual, Hold, Inflow, Payment } from './ledger.service.js';
export { MoneyBackService } from './money-back.service.js';
export type { Claimed, Demand, Instalment, PayBack } from './money-back.service.js';
export { LedgerVerifier } from './ledger.verifier.js';
export { MonthsQueries } from './months.queries.js';
export type { MonthFigures, PartFigures, PlaceFigures, PlaceMonths } from './months.queries.js';
export { MonthsRollup } from './months-rollup.service.js';
export { MonthsVerifier } from './months.verifier.js';
export { societiesInPages } from './society-pages.js';
export { AlreadyBooked, FundCannotCover } from './domain/ledger.errors.js';
export { earmarkOf, EMERGENCY_POOL, POOL, purseName, UNCLAIMED, UNRESTRICTED } from './domain/funds.js';
export type { Purse } from './domain/funds.js';
export { INFLOW_KINDS, SOURCE_WORDS } from './domain/entries.js';
export type { GiftNature, InflowKind, LotSource } from './domain/entries.js';
export { ALLOCATION_WORDS } from './domain/allocation.js';
export type { AllocationKind } from './domain/allocation.js';
export { GiftMoneyService } from './gift-money.service.js';
export type { GiftBooked, GiftMoney, MoneyOut } from './gift-money.service.js';
export { GoodsMoneyService } from './goods-money.service.js';
export type { GoodsEvent } from './goods-money.service.js';
export { voucherName } from './domain/voucher.js';
export type { Booked } from './domain/voucher.js';

export const ledgerEntities = [
  ...[Book, FundBalance, Reservation, Voucher, VoucherLine, Lot, LotAllocation],
  ...[SocietyMonth, RegionMonth],
];
