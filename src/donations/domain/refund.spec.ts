import { fen, sumOf } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import {
  freePartsOf,
  lineAmountOf,
  partsOf,
  REFUND_ACTS,
  REFUND_REASON_WORDS,
  REFUND_REASONS,
  REFUND_ROAD,
  REFUND_STATE_WORDS,
  REFUND_STATES,
  refundPartsOf,
  refuseUnrefundable,
  refuseWithoutPaper,
  statesBefore,
} from './refund.js';

const lot = (lotId: string, leftFen: number, purseFreeFen: number, balanceId = 'pool') => ({
  ...{ lotId, balanceId },
  ...{ leftFen: fen(leftFen), purseFreeFen: fen(purseFreeFen) },
});

it('has a road whose every end is reached, and from whose ends nothing leads on', () => {
  const reached = new Set(REFUND_STATES.flatMap((state) => Object.values(REFUND_ROAD[state])));
  expect([...reached].sort()).toEqual(REFUND_STATES.filter((state) => state !== 'ASKED').sort());
  const ends = REFUND_STATES.filter((state) => Object.keys(REFUND_ROAD[state]).length === 0);
  expect(ends).toEqual(['PAID', 'REFUSED', 'CALLED_OFF']);
  expect(REFUND_ACTS.map((act) => [act, statesBefore(act)])).toEqual([
    ['approve', ['ASKED']],
    ['refuse', ['ASKED']],
    ['pay', ['APPROVED']],
    ['callOff', ['ASKED', 'APPROVED']],
  ]);
});

it('has words for every state and reason', () => {
  expect(Object.keys(REFUND_STATE_WORDS)).toEqual([...REFUND_STATES]);
  expect(Object.keys(REFUND_REASON_WORDS)).toEqual([...REFUND_REASONS]);
});

it.each`
  lots                                                | free          | because
  ${[lot('a', 200, 900)]}                             | ${[200]}      | ${'no more of a lot than is left'}
  ${[lot('a', 200, 150)]}                             | ${[150]}      | ${'no more than the purse has free'}
  ${[lot('a', 200, 250), lot('b', 200, 250)]}         | ${[200, 50]}  | ${'lots of one purse share what is free'}
  ${[lot('a', 200, 250), lot('b', 200, 250, 'fire')]} | ${[200, 200]} | ${'lots of two purses do not'}
  ${[lot('a', 0, 250)]}                               | ${[0]}        | ${'nothing is left'}
`('frees $free: $because', ({ lots, free }: { lots: ReturnType<typeof lot>[]; free: number[] }) => {
  expect(freePartsOf(lots).map(({ amountFen }) => amountFen)).toEqual(free);
});

it.each`
  asked  | parts
  ${1}   | ${[1]}
  ${200} | ${[200]}
  ${201} | ${[200, 1]}
  ${250} | ${[200, 50]}
  ${251} | ${null}
`('takes $asked of 200 and 50 as $parts', ({ asked, parts }: { asked: number; parts: number[] | null }) => {
  const free = freePartsOf([lot('a', 200, 250), lot('b', 200, 250)]);
  const taken = partsOf(fen(asked), free);
  expect(taken?.map(({ amountFen }) => amountFen) ?? null).toEqual(parts);
  if (taken) expect(sumOf(taken.map(({ amountFen }) => amountFen))).toBe(asked);
});

it('D4-71 names what can go back of 500 of which 300 is spent', () => {
  const left = { lots: [lot('a', 20_000, 900_000)], unspentFen: fen(20_000) };
  const ask = (amount: number) => refundPartsOf({ amountFen: fen(50_000) }, fen(amount), left);
  expect(() => ask(50_000)).toThrow('这笔捐赠 500.00 元，已经用掉或退掉 300.00 元，还没有用的是 200.00 元。');
  expect(() => ask(50_000)).toThrow(expect.objectContaining({ advice: '最多退 200.00 元。' }) as Error);
  expect(ask(20_000)).toEqual([{ lotId: 'a', amountFen: 20_000 }]);
});

it('says that what is left is promised', () => {
  const left = { lots: [lot('a', 20_000, 5_000)], unspentFen: fen(20_000) };
  expect(() => refundPartsOf({ amountFen: fen(20_000) }, fen(20_000), left)).toThrow(
    '这笔捐赠 200.00 元，还没有用的是 200.00 元，其中 150.00 元已经留给别的事。',
  );
});

const gift = {
  nature: 'GIFT',
  form: 'MONEY',
  state: 'RECEIVED',
  receiptState: 'DUE',
  amountFen: fen(1),
} as const;

it.each`
  change                        | code                   | because
  ${{ nature: 'FEE' }}          | ${'NOTHING_TO_REFUND'} | ${'a fee is no gift'}
  ${{ form: 'GOODS' }}          | ${'NOTHING_TO_REFUND'} | ${'goods are no money'}
  ${{ state: 'PLEDGED' }}       | ${'NOTHING_TO_REFUND'} | ${'nothing came'}
  ${{ state: 'UNKNOWN' }}       | ${'NOTHING_TO_REFUND'} | ${'nobody knows whose it is'}
  ${{ state: 'ENDED' }}         | ${'NOTHING_TO_REFUND'} | ${'it is over'}
  ${{ receiptState: 'ISSUED' }} | ${'RECEIPT_STILL_OUT'} | ${'the receipt has to come back first'}
`('refuses $change: $because', ({ change, code }: { change: object; code: string }) => {
  expect(() => {
    refuseUnrefundable({ ...gift, ...change });
  }).toThrow(expect.objectContaining({ code }) as Error);
});

it('lets a gift without a receipt, or with a waived one, go back', () => {
  for (const receiptState of ['NONE', 'DUE', 'WAIVED'] as const)
    expect(() => {
      refuseUnrefundable({ ...gift, receiptState });
    }).not.toThrow();
});

it('wants the giver’s own word where the purpose failed, and nowhere else', () => {
  expect(() => {
    refuseWithoutPaper('PURPOSE_FAILED', false);
  }).toThrow();
  for (const [reason, paper] of [
    ['PURPOSE_FAILED', true],
    ['WRONG_TRANSFER', false],
    ['ILLEGAL_CONDITION', false],
  ] as const)
    expect(() => {
      refuseWithoutPaper(reason, paper);
    }).not.toThrow();
});

describe('one transfer at the bank', () => {
  const part = (amount: number, donorId: string | null = 'donor') => ({ amountFen: fen(amount), donorId });

  it.each`
    refunds                 | said    | sum    | because
    ${[part(100)]}          | ${null} | ${100} | ${'one refund is its own line'}
    ${[part(100)]}          | ${100}  | ${100} | ${'and may be said'}
    ${[part(100, null)]}    | ${null} | ${100} | ${'its giver need not be known'}
    ${[part(100), part(1)]} | ${101}  | ${101} | ${'several come to their sum'}
  `('may pay $refunds.length: $because', ({ refunds, said, sum }: Line & { sum: number }) => {
    expect(lineAmountOf(refunds, said)).toBe(sum);
  });

  it.each`
    refunds                             | said    | code                     | because
    ${[part(100)]}                      | ${99}   | ${'REFUND_LINE_DIFFERS'} | ${'one fen is missing'}
    ${[part(100), part(1)]}             | ${102}  | ${'REFUND_LINE_DIFFERS'} | ${'one fen is too many'}
    ${[part(100), part(1)]}             | ${null} | ${'REFUND_LINE_UNSAID'}  | ${'the bank is not asked'}
    ${[part(100), part(1, 'another')]}  | ${101}  | ${'REFUNDS_OF_SEVERAL'}  | ${'two givers have two accounts'}
    ${[part(100, null), part(1, null)]} | ${101}  | ${'REFUNDS_OF_SEVERAL'}  | ${'nobody knows whose they are'}
  `('does not pay $refunds.length: $because', ({ refunds, said, code }: Line & { code: string }) => {
    expect(() => lineAmountOf(refunds, said)).toThrow(expect.objectContaining({ code }) as Error);
  });

  type Line = { readonly refunds: ReturnType<typeof part>[]; readonly said: Fen | null };
});
