import { yearOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { negated, sumOf } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { groupedBy } from '../../kernel/grouped.js';
import { ACCOUNT, MONEY_ACCOUNTS } from './accounts.js';
import type { Account } from './accounts.js';
import { balanced } from './voucher.js';
import type { Dimensions, DraftLine, DraftVoucher } from './voucher.js';

/** Money that comes in without a donor; a gift comes with donations and opens its lot there. */
export const INFLOW_KINDS = ['OPENING', 'SUBSIDY', 'FEE', 'INTEREST'] as const;
export type InflowKind = (typeof INFLOW_KINDS)[number];

/** What a donor may bring: a gift, or the fee of a member, which is none (D4-56). */
export type GiftNature = 'GIFT' | 'FEE';

/** Where a lot came from. */
export type LotSource = InflowKind | 'GIFT' | 'UNKNOWN';

export const SOURCE_WORDS: Readonly<Record<LotSource, string>> = {
  OPENING: '期初结余',
  SUBSIDY: '启动补助',
  FEE: '会费',
  INTEREST: '利息',
  GIFT: '捐款',
  UNKNOWN: '待认领来款',
};

/** The account that an inflow is credited to (domain.md 1.9); an opening balance is net assets of earlier years. */
const INCOME_OF: Readonly<Record<InflowKind, Account>> = {
  OPENING: ACCOUNT.netAssets,
  SUBSIDY: ACCOUNT.subsidies,
  FEE: ACCOUNT.fees,
  INTEREST: ACCOUNT.otherIncome,
};

export type Event = {
  readonly cause: string;
  readonly day: Day;
  readonly summary: string;
  readonly amountFen: Fen;
  readonly of: Dimensions;
};

/** Money came in: Dr 1002, Cr the income of its kind. */
export function inflowOf(kind: InflowKind, event: Event): DraftVoucher {
  return voucherOf(event, [
    [ACCOUNT.bank, event.amountFen],
    [INCOME_OF[kind], negated(event.amountFen)],
  ]);
}

const INCOME_OF_GIFT: Readonly<Record<GiftNature, Account>> = { GIFT: ACCOUNT.gifts, FEE: ACCOUNT.fees };

/**
 * A gift came in: Dr 1002, Cr 4101; a fee Cr 4201 (domain.md 1.9). Cash is put into the bank in the same voucher, since
 * a society of ours keeps no till.
 */
export function giftOf(nature: GiftNature, method: 'BANK' | 'CASH', event: Event): DraftVoucher {
  const amount = event.amountFen;
  const income = [INCOME_OF_GIFT[nature], negated(amount)] as const;
  if (method === 'BANK') return voucherOf(event, [[ACCOUNT.bank, amount], income]);
  return voucherOf(event, [
    [ACCOUNT.cash, amount],
    income,
    [ACCOUNT.bank, amount],
    [ACCOUNT.cash, negated(amount)],
  ]);
}

/** Money of an unknown giver is owed until he is known: Dr 1002, Cr 2209 (D4-57). */
export function unknownOf(event: Event): DraftVoucher {
  return voucherOf(event, [
    [ACCOUNT.bank, event.amountFen],
    [ACCOUNT.payable, negated(event.amountFen)],
  ]);
}

/** Whose it is was found: it is no longer owed (Dr 2209), but income (Cr 4101), and lies in the purse that it was given for. */
export function claimedOf(nature: GiftNature, event: Event, into: Dimensions): DraftVoucher {
  const { amountFen, of: from } = event;
  return together(
    event,
    voucherOf({ ...event, of: from }, [
      [ACCOUNT.payable, amountFen],
      [ACCOUNT.bank, negated(amountFen)],
    ]),
    voucherOf({ ...event, of: into }, [
      [ACCOUNT.bank, amountFen],
      [INCOME_OF_GIFT[nature], negated(amountFen)],
    ]),
  );
}

/** What came in, and when: it says which account has its income still. */
type Came = { readonly source: LotSource; readonly receivedOn: Day };

/** The income of an earlier year is closed into net assets. */
function incomeOf({ source, receivedOn }: Came, on: Day): Account {
  if (source === 'UNKNOWN') throw new Error('Money of an unknown giver is no income yet');
  if (yearOf(receivedOn) !== yearOf(on)) return ACCOUNT.netAssets;
  return source === 'GIFT' ? ACCOUNT.gifts : INCOME_OF[source];
}

/** A gift goes back to its giver: Dr 4101, Cr 1002; one of an earlier year is closed into net assets: Dr 3101. */
export function giftRefundOf(gift: Came, event: Event): DraftVoucher {
  return voucherOf(event, [
    [incomeOf(gift, event.day), event.amountFen],
    [ACCOUNT.bank, negated(event.amountFen)],
  ]);
}

/** A part of a gift pays for the running of the house, as its giver agreed in writing: Dr 5201, Cr 1002 (domain.md 1.9). */
export function managementOf(event: Event): DraftVoucher {
  return voucherOf(event, [
    [ACCOUNT.administration, event.amountFen],
    [ACCOUNT.bank, negated(event.amountFen)],
  ]);
}

/** Money serves another purpose from now on, as its giver agreed: income and money move between the purses. */
export function repurposedOf(came: Came, event: Event, into: Dimensions): DraftVoucher {
  const { amountFen, day } = event;
  const account = incomeOf(came, day);
  return together(
    event,
    voucherOf(event, [
      [account, amountFen],
      [ACCOUNT.bank, negated(amountFen)],
    ]),
    voucherOf({ ...event, of: into }, [
      [ACCOUNT.bank, amountFen],
      [account, negated(amountFen)],
    ]),
  );
}

/** Goods were given, and stand at their fair value: Dr 1201, Cr 4101 (domain.md 1.4). */
export function goodsGivenOf(event: Event): DraftVoucher {
  return voucherOf(event, [
    [ACCOUNT.goods, event.amountFen],
    [ACCOUNT.gifts, negated(event.amountFen)],
  ]);
}

/** Goods went to somebody in need, at the value at which they came: Dr 5101, Cr 1201. */
export function goodsIssuedOf(event: Event): DraftVoucher {
  return voucherOf(event, [
    [ACCOUNT.grants, event.amountFen],
    [ACCOUNT.goods, negated(event.amountFen)],
  ]);
}

/** Goods that expired or were broken are a cost of their own: Dr 5401, Cr 1201. */
export function goodsGoneOf(event: Event): DraftVoucher {
  return voucherOf(event, [
    [ACCOUNT.otherCosts, event.amountFen],
    [ACCOUNT.goods, negated(event.amountFen)],
  ]);
}

/** A grant was approved, and is owed from now on: Dr 5101, Cr 2209. */
export function accrualOf(event: Event): DraftVoucher {
  return voucherOf(event, [
    [ACCOUNT.grants, event.amountFen],
    [ACCOUNT.payable, negated(event.amountFen)],
  ]);
}

/**
 * What was owed is paid: Dr 2209, Cr 1002 by transfer, Cr 1001 in cash. A society of ours keeps no till, all its money
 * comes in at the bank; so cash is drawn for the payment in the same voucher (Dr 1001, Cr 1002), and 现金 never falls
 * below nothing.
 */
export function paymentOf(method: 'CARD' | 'CASH', event: Event): DraftVoucher {
  const amount = event.amountFen;
  if (method === 'CARD')
    return voucherOf(event, [
      [ACCOUNT.payable, amount],
      [ACCOUNT.bank, negated(amount)],
    ]);
  return voucherOf(event, [
    [ACCOUNT.cash, amount],
    [ACCOUNT.bank, negated(amount)],
    [ACCOUNT.payable, amount],
    [ACCOUNT.cash, negated(amount)],
  ]);
}

/** The bank sent a payment back: it is owed as before, and no second cost arises (D4-44): Dr 1002, Cr 2209. */
export function payBackOf(event: Event): DraftVoucher {
  return voucherOf(event, [
    [ACCOUNT.bank, event.amountFen],
    [ACCOUNT.payable, negated(event.amountFen)],
  ]);
}

/**
 * What should not have been paid is owed back: Dr 1122, Cr 5101 within the year that bore the cost. Of a later year
 * the cost is closed, and the claim is net assets: Cr 3101 (domain.md 1.9).
 */
export function demandOf(costOn: Day, event: Event): DraftVoucher {
  const sameYear = yearOf(costOn) === yearOf(event.day);
  return voucherOf(event, [
    [ACCOUNT.receivable, event.amountFen],
    [sameYear ? ACCOUNT.grants : ACCOUNT.netAssets, negated(event.amountFen)],
  ]);
}

/** A part of what was owed back came in: Dr 1002, Cr 1122. */
export function instalmentOf(event: Event): DraftVoucher {
  return voucherOf(event, [
    [ACCOUNT.bank, event.amountFen],
    [ACCOUNT.receivable, negated(event.amountFen)],
  ]);
}

/** What will never come in is a cost of its own: Dr 5401, Cr 1122. */
export function writeOffOf(event: Event): DraftVoucher {
  return voucherOf(event, [
    [ACCOUNT.otherCosts, event.amountFen],
    [ACCOUNT.receivable, negated(event.amountFen)],
  ]);
}

/**
 * What was given up came in after all. Nobody owes it any more, so it lessens the cost that the write-off was: Dr 1002,
 * Cr 5401 within the year of that cost; a cost of an earlier year is closed, and the money is net assets: Cr 3101.
 */
export function lateInstalmentOf(writtenOffOn: Day, event: Event): DraftVoucher {
  const sameYear = yearOf(writtenOffOn) === yearOf(event.day);
  return voucherOf(event, [
    [ACCOUNT.bank, event.amountFen],
    [sameYear ? ACCOUNT.otherCosts : ACCOUNT.netAssets, negated(event.amountFen)],
  ]);
}

const MOST_IN_A_SUMMARY = 120;

/**
 * Money of a society that a federation holds is no income of the federation but an agency (domain.md 1.9; D4-59): what the
 * society's voucher moved at the bank, the federation's book has as Dr 1701, Cr 2601, or the other way round. Null for a
 * voucher that moved none.
 */
export function custodyOf(
  { voucherId, societyName }: { readonly voucherId: string; readonly societyName: string },
  { day, summary, lines }: Pick<DraftVoucher, 'day' | 'summary' | 'lines'>,
): DraftVoucher | null {
  // Every society has a case of that number: the federation's book says whose it is.
  const words = `代管 ${societyName}：${summary}`.slice(0, MOST_IN_A_SUMMARY);
  const event = { cause: `custody:${voucherId}`, day, summary: words };
  const twins = movedByPurse(lines).map(({ amountFen, of }) =>
    voucherOf({ ...event, amountFen, of }, [
      [ACCOUNT.heldForOthers, amountFen],
      [ACCOUNT.owedToOthers, negated(amountFen)],
    ]),
  );
  return twins.length === 0 ? null : together(event, ...twins);
}

/** What a voucher moved at the bank and in cash, purse by purse; a purse in which nothing moved is left out. */
function movedByPurse(lines: readonly DraftLine[]): { readonly amountFen: Fen; readonly of: Dimensions }[] {
  const moves = groupedBy(
    lines.filter(({ account }) => MONEY_ACCOUNTS.includes(account)),
    ({ fund, restriction }) => `${fund}\n${restriction}`,
  );
  return [...moves.values()].flatMap((ofPurse) => {
    const [first] = ofPurse;
    const amountFen = sumOf(ofPurse.map((line) => line.amountFen));
    if (!first || amountFen === 0) return [];
    const { societyId, fund, restriction, threadId } = first;
    return [{ amountFen, of: { societyId, fund, restriction, threadId } }];
  });
}

/** One voucher for one event that touches several purses: the lines of each, one after the other. */
export function together(
  event: Omit<Event, 'amountFen' | 'of'>,
  ...parts: readonly DraftVoucher[]
): DraftVoucher {
  const { cause, day, summary } = event;
  return balanced({ cause, day, summary, reversalOf: null, lines: parts.flatMap(({ lines }) => lines) });
}

function voucherOf(event: Event, moves: readonly (readonly [Account, Fen])[]): DraftVoucher {
  const lines: DraftLine[] = moves.map(([account, amountFen]) => ({ ...event.of, account, amountFen }));
  return balanced({
    cause: event.cause,
    day: event.day,
    summary: event.summary,
    reversalOf: null,
    lines,
  });
}
