import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import {
  accrualOf,
  claimedOf,
  custodyOf,
  demandOf,
  giftOf,
  giftRefundOf,
  goodsGivenOf,
  goodsIssuedOf,
  inflowOf,
  instalmentOf,
  lateInstalmentOf,
  managementOf,
  payBackOf,
  paymentOf,
  repurposedOf,
  together,
  unknownOf,
  writeOffOf,
} from './entries.js';
import { monthMoveOf } from './month.js';
import { reversalOf } from './voucher.js';
import type { DraftVoucher } from './voucher.js';

const purse = { societyId: 's', fund: '救急难池', restriction: 'none', threadId: null };
const other = { ...purse, restriction: '助学' };
const event = { cause: 'event-1', day: day('2026-03-06'), summary: '', amountFen: fen(100), of: purse };
const ofCase = { ...event, of: { ...purse, threadId: 'case-1' } };
const opening = inflowOf('OPENING', event);
const gift = giftOf('GIFT', 'BANK', event);
const gave = { source: 'GIFT', receivedOn: day('2026-02-01') } as const;
const gaveLastYear = { source: 'GIFT', receivedOn: day('2025-12-31') } as const;
const mirror = (voucher: DraftVoucher) => reversalOf({ id: 'v', lines: voucher.lines }, event.day, '');

it.each<[because: string, voucher: DraftVoucher | null, inFen: number, outFen: number, grants: number]>([
  ['an opening balance is income of no month', opening, 0, 0, 0],
  ['nor is it one when it is taken back', mirror(opening), 0, 0, 0],
  ['a subsidy comes in', inflowOf('SUBSIDY', event), 100, 0, 0],
  ['so does a fee', inflowOf('FEE', event), 100, 0, 0],
  ['so does a gift', gift, 100, 0, 0],
  ['a gift in cash comes in once', giftOf('GIFT', 'CASH', event), 100, 0, 0],
  ['a gift that never was is taken off', mirror(gift), -100, 0, 0],
  ['what goes back to its giver is taken off', giftRefundOf(gave, event), -100, 0, 0],
  ['also of an earlier year', giftRefundOf(gaveLastYear, event), -100, 0, 0],
  ['money of nobody is no income', unknownOf(event), 0, 0, 0],
  ['until somebody is found', claimedOf('GIFT', event, other), 100, 0, 0],
  ['another purpose makes it no second gift', repurposedOf(gave, event, other), 0, 0, 0],
  ['nor in a later year', repurposedOf(gaveLastYear, event, other), 0, 0, 0],
  ['what is owed is not paid', accrualOf(ofCase), 0, 0, 0],
  ['a payment goes out', paymentOf('CARD', ofCase), 0, 100, 1],
  ['once, in cash too', paymentOf('CASH', ofCase), 0, 100, 1],
  ['and is one grant out of two purses', together(event, ...twoPayments()), 0, 150, 1],
  ['until the bank sends it back', payBackOf(ofCase), 0, -100, -1],
  ['a demand moves no money', demandOf(event.day, ofCase), 0, 0, 0],
  ['what is recovered lessens the spending', instalmentOf(ofCase), 0, -100, 0],
  ['late as well, of the same year', lateInstalmentOf(event.day, ofCase), 0, -100, 0],
  ['and of an earlier one', lateInstalmentOf(day('2025-12-31'), ofCase), 0, -100, 0],
  ['what is written off moves no money', writeOffOf(ofCase), 0, 0, 0],
  ['the running of the house is spending', managementOf(event), 0, 100, 0],
  ['goods are no money', goodsGivenOf(event), 0, 0, 0],
  ['nor are they when they go out', goodsIssuedOf(ofCase), 0, 0, 0],
  [
    'money held for others is not the federation’s',
    custodyOf({ voucherId: 'v', societyName: '甲' }, gift),
    0,
    0,
    0,
  ],
])('%s', (_because, voucher, inFen, outFen, grants) => {
  if (!voucher) throw new Error('There is no such voucher');
  expect(monthMoveOf(voucher)).toEqual({ inFen, outFen, grants });
});

function twoPayments(): DraftVoucher[] {
  return [
    paymentOf('CARD', ofCase),
    paymentOf('CARD', { ...ofCase, amountFen: fen(50), of: { ...other, threadId: 'case-1' } }),
  ];
}
