import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import { EMERGENCY_POOL, UNCLAIMED } from '../../ledger/domain/funds.js';
import {
  ageWords,
  causesOf,
  figuresOf,
  giftsIn,
  kindOf,
  lineWords,
  monthsOf,
  yearsOf,
} from './open-books.js';
import type { LineFacts, LineKind, MonthSum } from './open-books.js';

const POOL = { fund: EMERGENCY_POOL, restriction: 'none' };
const plain: LineFacts = { ...POOL, source: null, taken: null, movedFrom: null };

it.each`
  facts                                            | kind           | because
  ${{ source: 'GIFT' }}                            | ${'GIFT'}      | ${'the voucher opened a lot here'}
  ${{ source: 'GIFT', movedFrom: UNCLAIMED.fund }} | ${'GIFT'}      | ${'its giver was found: income of that day'}
  ${{ source: 'GIFT', movedFrom: EMERGENCY_POOL }} | ${'MOVED_IN'}  | ${'it had come in before, for another purpose'}
  ${{ source: 'SUBSIDY' }}                         | ${'SUBSIDY'}   | ${'the start-up money'}
  ${{ taken: 'MOVED' }}                            | ${'MOVED_OUT'} | ${'it serves another purpose'}
  ${{ taken: 'MOVED', fund: UNCLAIMED.fund }}      | ${'CLAIMED'}   | ${'it waits no longer'}
  ${{ taken: 'PAID' }}                             | ${'PAID'}      | ${'a payment took of lots'}
  ${{ taken: 'RETURNED' }}                         | ${'RETURNED'}  | ${'the bank sent it back'}
  ${{ taken: 'RECOVERED' }}                        | ${'RECOVERED'} | ${'it was demanded back'}
  ${{ taken: 'REVERSED' }}                         | ${'STRUCK'}    | ${'the inflow never was'}
  ${{ taken: 'REFUNDED' }}                         | ${'REFUNDED'}  | ${'it went back to its giver'}
  ${{ taken: 'MANAGED' }}                          | ${'MANAGED'}   | ${'it paid for the running of the house'}
  ${{}}                                            | ${null}        | ${'nothing says why money moved'}
`('$facts is $kind: $because', ({ facts, kind }: { facts: Partial<LineFacts>; kind: LineKind | null }) => {
  expect(kindOf({ ...plain, ...facts })).toBe(kind);
});

const sum = (month: string, kind: LineKind, amountFen: number, more: Partial<MonthSum> = {}): MonthSum => ({
  ...{ ...POOL, month, kind, struck: null, lines: 1 },
  amountFen: fen(amountFen),
  ...more,
});

/** Two years of a purse, with every kind of line. */
const SUMS = [
  sum('2025-01', 'OPENING', 100_000),
  sum('2025-02', 'GIFT', 50_000),
  sum('2025-03', 'PAID', -30_000),
  sum('2026-01', 'GIFT', 70_000),
  sum('2026-01', 'STRUCK', -20_000, { struck: 'GIFT' }),
  sum('2026-02', 'FEE', 5_000),
  sum('2026-02', 'REFUNDED', -10_000),
  sum('2026-03', 'PAID', -60_000),
  sum('2026-04', 'RETURNED', 15_000),
  sum('2026-05', 'RECOVERED', 4_000),
  sum('2026-06', 'MOVED_IN', 8_000),
  sum('2026-06', 'MOVED_OUT', -3_000),
  sum('2026-07', 'UNKNOWN', 9_000, UNCLAIMED),
  sum('2026-08', 'CLAIMED', -2_000, UNCLAIMED),
  sum('2026-08', 'GIFT', 2_000),
];

it.each`
  year    | openingFen | incomeFen | spendingFen | movedFen | balanceFen | unclaimedFen
  ${2025} | ${100_000} | ${50_000} | ${30_000}   | ${0}     | ${120_000} | ${0}
  ${2026} | ${120_000} | ${47_000} | ${41_000}   | ${5_000} | ${131_000} | ${7_000}
  ${2027} | ${131_000} | ${0}      | ${0}        | ${0}     | ${131_000} | ${7_000}
  ${null} | ${100_000} | ${97_000} | ${71_000}   | ${5_000} | ${131_000} | ${7_000}
`('says of $year what there was, came in, was spent, moved, and is left', ({ year, ...figures }: Row) => {
  expect(figuresOf(SUMS, year)).toEqual(figures);
});
type Row = { year: number | null };

it('begins a year with what the year before left, and adds up to all that lies at the bank', () => {
  for (const year of [2025, 2026, 2027])
    expect(figuresOf(SUMS, year + 1).openingFen).toBe(figuresOf(SUMS, year).balanceFen);
  const { balanceFen, unclaimedFen } = figuresOf(SUMS, null);
  expect(balanceFen + unclaimedFen).toBe(SUMS.reduce((total, { amountFen }) => total + amountFen, 0));
});

it('takes an opening balance that was mistyped off the opening, and not off the income', () => {
  const sums = [sum('2026-01', 'OPENING', 100), sum('2026-01', 'STRUCK', -100, { struck: 'OPENING' })];
  expect(figuresOf(sums, 2026)).toMatchObject({ openingFen: 0, incomeFen: 0, balanceFen: 0 });
});

it('counts as gifts what was given, without what was mistyped, fees and what was moved', () => {
  expect(giftsIn(SUMS)).toBe(50_000 + 70_000 - 20_000 + 2_000);
});

it('has twelve months, which are the figures of their year', () => {
  const months = monthsOf(SUMS, 2026);
  expect(months.map(({ month }) => month)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(months[1]).toEqual({ month: 2, inFen: -5_000, outFen: 0 });
  expect(months[3]).toEqual({ month: 4, inFen: 0, outFen: -15_000 });
  const { incomeFen, spendingFen } = figuresOf(SUMS, 2026);
  expect(months.reduce((total, { inFen }) => total + inFen, 0)).toBe(incomeFen);
  expect(months.reduce((total, { outFen }) => total + outFen, 0)).toBe(spendingFen);
  expect(yearsOf(SUMS)).toEqual([2026, 2025]);
});

it('says what it was spent on, the most first; of a case of which all came back, nothing', () => {
  const spent = [
    { threadId: 'a', spentFen: fen(300) },
    { threadId: 'b', spentFen: fen(500) },
    { threadId: 'c', spentFen: fen(400) },
    { threadId: 'd', spentFen: fen(0) },
    { threadId: 'e', spentFen: fen(100) },
  ];
  const causes = new Map([
    ['a', '火灾'],
    ['b', '突发疾病'],
    ['c', '火灾'],
    ['d', '就学'],
  ]);
  expect(causesOf(spent, causes, '救助')).toEqual([
    { cause: '火灾', spentFen: 700, cases: 2 },
    { cause: '突发疾病', spentFen: 500, cases: 1 },
    { cause: '救助', spentFen: 100, cases: 1 },
  ]);
});

it.each`
  line                                         | words
  ${{ kind: 'GIFT', donorName: '顾大江' }}     | ${'顾大江 捐款'}
  ${{ kind: 'GIFT' }}                          | ${'爱心人士 捐款'}
  ${{ kind: 'PAID', cause: '火灾' }}           | ${'救助 · 火灾'}
  ${{ kind: 'PAID' }}                          | ${'救助'}
  ${{ kind: 'PAID', donorName: '顾大江' }}     | ${'救助'}
  ${{ kind: 'FEE', donorName: '顾大江' }}      | ${'会费'}
  ${{ kind: 'SUBSIDY' }}                       | ${'启动补助'}
  ${{ kind: 'UNKNOWN' }}                       | ${'待认领来款'}
  ${{ kind: 'STRUCK', struck: 'GIFT' }}        | ${'冲销记错的捐款'}
  ${{ kind: 'REFUNDED', donorName: '顾大江' }} | ${'退还捐赠人'}
  ${{ kind: 'RETURNED', cause: '火灾' }}       | ${'银行退回救助款'}
  ${{ kind: 'RECOVERED' }}                     | ${'追回救助款'}
  ${{ kind: 'MOVED_IN' }}                      | ${'变更用途转入'}
  ${{ kind: 'MOVED_OUT' }}                     | ${'变更用途转出'}
  ${{ kind: 'CLAIMED' }}                       | ${'待认领来款转出'}
`('says “$words”', ({ line, words }: { line: { kind: LineKind }; words: string }) => {
  expect(lineWords({ struck: null, donorName: null, cause: null, ...line })).toBe(words);
});

it.each`
  last            | words
  ${null}         | ${'还没有记过账'}
  ${'2026-11-26'} | ${'今天更新'}
  ${'2026-11-27'} | ${'今天更新'}
  ${'2026-11-25'} | ${'昨天更新'}
  ${'2026-11-24'} | ${'2 天前更新'}
  ${'2026-10-28'} | ${'29 天前更新'}
  ${'2026-10-27'} | ${'已经 1 个月没有更新'}
  ${'2026-01-30'} | ${'已经 10 个月没有更新'}
  ${'2025-11-26'} | ${'已经一年多没有更新'}
`('is as old as it is: $last, $words', ({ last, words }: { last: string | null; words: string }) => {
  expect(ageWords(last === null ? null : day(last), day('2026-11-26'))).toBe(words);
});
