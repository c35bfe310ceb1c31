import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import { ACCOUNT, ACCOUNT_NAME, accountName } from './accounts.js';
import {
  accrualOf,
  custodyOf,
  demandOf,
  giftRefundOf,
  inflowOf,
  instalmentOf,
  lateInstalmentOf,
  payBackOf,
  paymentOf,
  repurposedOf,
  writeOffOf,
} from './entries.js';
import type { InflowKind, LotSource } from './entries.js';
import { balanced, reversalOf, voucherName } from './voucher.js';
import type { DraftVoucher } from './voucher.js';

const of = { societyId: 's', fund: '救急难池', restriction: 'none', threadId: 'case-1' };
const event = {
  cause: 'event-1',
  day: day('2026-03-06'),
  summary: '支付救助款 2026-0012',
  amountFen: fen(100_000),
  of,
};

const moves = ({ lines }: DraftVoucher) =>
  lines.map(({ account, amountFen }) => `${amountFen > 0 ? 'Dr' : 'Cr'}${account} ${Math.abs(amountFen)}`);

it.each`
  kind          | credit    | because
  ${'OPENING'}  | ${'3101'} | ${'it was earned in earlier years'}
  ${'SUBSIDY'}  | ${'4401'} | ${'it came from the government'}
  ${'FEE'}      | ${'4201'} | ${'a fee is no donation (D4-56)'}
  ${'INTEREST'} | ${'4901'} | ${'the bank gave it'}
`(
  'books $kind to the bank and to $credit: $because',
  ({ kind, credit }: { kind: InflowKind; credit: string }) => {
    expect(moves(inflowOf(kind, event))).toEqual(['Dr1002 100000', `Cr${credit} 100000`]);
  },
);

it('owes what was approved, and pays what is owed', () => {
  expect(moves(accrualOf(event))).toEqual(['Dr5101 100000', 'Cr2209 100000']);
  expect(moves(paymentOf('CARD', event))).toEqual(['Dr2209 100000', 'Cr1002 100000']);
});

it('D4-44 owes again what the bank sent back, and books no second cost', () => {
  expect(moves(payBackOf(event))).toEqual(['Dr1002 100000', 'Cr2209 100000']);
});

it.each`
  costOn          | credit    | because
  ${'2026-01-01'} | ${'5101'} | ${'the cost of this year becomes smaller'}
  ${'2025-12-31'} | ${'3101'} | ${'the cost of that year is closed'}
`('D4-41 demands back to $credit what became a cost on $costOn: $because', ({ costOn, credit }: Costs) => {
  expect(moves(demandOf(day(costOn), event))).toEqual(['Dr1122 100000', `Cr${credit} 100000`]);
});
type Costs = { costOn: string; credit: string };

it('receives what was demanded, and gives up the rest as a cost of its own', () => {
  expect(moves(instalmentOf(event))).toEqual(['Dr1002 100000', 'Cr1122 100000']);
  expect(moves(writeOffOf(event))).toEqual(['Dr5401 100000', 'Cr1122 100000']);
});

it.each`
  writtenOffOn    | credit    | because
  ${'2026-01-01'} | ${'5401'} | ${'the cost of this year becomes smaller'}
  ${'2025-12-31'} | ${'3101'} | ${'the cost of that year is closed'}
`('receives what was written off on $writtenOffOn to $credit: $because', ({ writtenOffOn, credit }: Late) => {
  expect(moves(lateInstalmentOf(day(writtenOffOn), event))).toEqual(['Dr1002 100000', `Cr${credit} 100000`]);
});
type Late = { writtenOffOn: string; credit: string };

it.each`
  source       | receivedOn      | account   | because
  ${'GIFT'}    | ${'2026-01-01'} | ${'4101'} | ${'a gift of this year is income of this year'}
  ${'GIFT'}    | ${'2025-12-31'} | ${'3101'} | ${'that year is closed'}
  ${'SUBSIDY'} | ${'2026-01-01'} | ${'4401'} | ${'a subsidy is no gift'}
  ${'FEE'}     | ${'2026-01-01'} | ${'4201'} | ${'a fee is no gift'}
  ${'OPENING'} | ${'2026-01-01'} | ${'3101'} | ${'what was there before is of an earlier year'}
`(
  'moves $source of $receivedOn between purses by $account: $because',
  ({ source, receivedOn, account }: Came) => {
    const came = { source, receivedOn: day(receivedOn) };
    expect(moves(giftRefundOf(came, event))).toEqual([`Dr${account} 100000`, 'Cr1002 100000']);
    const moved = repurposedOf(came, event, { ...of, restriction: '助学' });
    expect(moves(moved)).toEqual([
      `Dr${account} 100000`,
      'Cr1002 100000',
      'Dr1002 100000',
      `Cr${account} 100000`,
    ]);
    expect(moved.lines.map(({ restriction }) => restriction)).toEqual([
      ...[of.restriction, of.restriction],
      ...['助学', '助学'],
    ]);
  },
);
type Came = { source: LotSource; receivedOn: string; account: string };

it('moves no money of an unknown giver: it is owed', () => {
  const unknown = { source: 'UNKNOWN', receivedOn: day('2026-01-01') } as const;
  expect(() => giftRefundOf(unknown, event)).toThrow('unknown giver');
});

it('draws the cash that it pays, so that 现金 never falls below nothing', () => {
  const voucher = paymentOf('CASH', event);
  expect(moves(voucher)).toEqual(['Dr1001 100000', 'Cr1002 100000', 'Dr2209 100000', 'Cr1001 100000']);
  let cash = 0;
  for (const { account, amountFen } of voucher.lines) {
    if (account === ACCOUNT.cash) cash += amountFen;
    expect(cash).toBeGreaterThanOrEqual(0);
  }
});

it('gives every line the dimensions of its event', () => {
  for (const line of paymentOf('CASH', event).lines) expect(line).toMatchObject(of);
});

it('takes a voucher back by its mirror, which names it', () => {
  const accrual = accrualOf(event);
  const reversal = reversalOf({ id: 'voucher-1', lines: accrual.lines }, day('2026-03-07'), '冲销');
  expect(reversal.reversalOf).toBe('voucher-1');
  expect(reversal.cause).toBe('reversal:voucher-1');
  expect(moves(reversal)).toEqual(['Cr5101 100000', 'Dr2209 100000']);
});

it.each`
  amounts       | because
  ${[5]}        | ${'one line is half a voucher'}
  ${[5, -4]}    | ${'one fen is left over'}
  ${[5, -5, 0]} | ${'a line moves nothing'}
`('refuses $amounts: $because', ({ amounts }: { amounts: number[] }) => {
  const lines = amounts.map((amount) => ({ ...of, account: ACCOUNT.bank, amountFen: fen(amount) }));
  expect(() => balanced({ ...accrualOf(event), lines })).toThrow(/voucher/);
});

it('names vouchers as people do, and every account that it uses', () => {
  expect(voucherName(31)).toBe('记-0031');
  expect(voucherName(12_345)).toBe('记-12345');
  for (const code of Object.values(ACCOUNT)) expect(ACCOUNT_NAME[code]).not.toBe('');
  expect(accountName('9999')).toBe('9999');
});

it('D4-59 makes an agency of what a held society’s voucher moved, and of nothing else', () => {
  const custodyLines = (draft: DraftVoucher) =>
    custodyOf({ voucherId: 'v', societyName: '柳溪社' }, draft)?.lines.map(({ account, amountFen }) => [
      account,
      Number(amountFen),
    ]) ?? null;
  const [held, owed] = ['1701', '2601'];
  expect(custodyLines(inflowOf('FEE', event))).toEqual([
    [held, 100_000],
    [owed, -100_000],
  ]);
  for (const method of ['CARD', 'CASH'] as const)
    expect(custodyLines(paymentOf(method, event))).toEqual([
      [held, -100_000],
      [owed, 100_000],
    ]);
  expect(custodyLines(accrualOf(event))).toBeNull();
  const words = custodyOf(
    { voucherId: 'v', societyName: '长'.repeat(80) },
    inflowOf('FEE', { ...event, summary: '说'.repeat(120) }),
  );
  expect([words?.cause, words?.summary.length]).toEqual(['custody:v', 120]);
});
