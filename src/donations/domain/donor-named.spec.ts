import { day } from '../../kernel/day.js';
import { giversOfCorrection, giversOfList, namesDonor } from './donor-named.js';
import type { GiftOfList } from './donor-named.js';

const ON = day('2026-03-05');
const printed = (giver: string, on = '2026年3月5日') =>
  ({ giver, what: '捐款', day: on, amount: '1.00' }) as const;
const gift = (donorId: string | null, name: string | null = null): GiftOfList => ({
  ...{ donorId, name, givenOn: ON },
});
const [A, B, C] = [gift('a', '演示甲'), gift('b', '演示乙'), gift('c', '演示丙')];

type Case = { givers: readonly string[]; gifts: readonly GiftOfList[]; donor: string; is: boolean };
it.each`
  givers                    | gifts                            | donor  | is       | because
  ${['演示甲', '爱心人士']} | ${[A, B]}                        | ${'a'} | ${true}  | ${'he is named'}
  ${['演示甲', '爱心人士']} | ${[A, B]}                        | ${'b'} | ${false} | ${'he is not'}
  ${['演示旧', '爱心人士']} | ${[A, B]}                        | ${'a'} | ${true}  | ${'he was called so when it was printed'}
  ${['演示乙', '爱心人士']} | ${[A, B, C]}                     | ${'b'} | ${true}  | ${'the gift before his was left out'}
  ${['演示乙', '爱心人士']} | ${[A, B, C]}                     | ${'a'} | ${false} | ${'his is the one that was left out'}
  ${['演示旧', '爱心人士']} | ${[A, B, C]}                     | ${'b'} | ${true}  | ${'it may be his, and nobody is called so'}
  ${['爱心人士']}           | ${[gift(null), gift('b', null)]} | ${'b'} | ${false} | ${'nobody is named'}
`('says of a list that it names a donor $is: $because', ({ givers, gifts, donor, is }: Case) => {
  const list = giversOfList(
    givers.map((giver) => printed(giver)),
    gifts.length,
  );
  expect(namesDonor(list, gifts, [donor])).toBe(is);
});

it('takes no gift of another day for his, where some were left out', () => {
  const list = giversOfList([printed('演示旧', '2026年3月4日')], 2);
  expect(namesDonor(list, [A, B], ['b'])).toBe(false);
});

type Quoted = { field: string; was: string; now: string; donor: string; is: boolean };
it.each`
  field                 | was         | now           | donor  | is       | because
  ${'捐赠第2笔·捐赠人'} | ${'演示旧'} | ${'演示乙'}   | ${'b'} | ${true}  | ${'old and new are his'}
  ${'捐赠第2笔·捐赠人'} | ${'演示旧'} | ${'演示乙'}   | ${'a'} | ${false} | ${'they are another’s'}
  ${'捐赠第1笔·捐赠人'} | ${'演示旧'} | ${'爱心人士'} | ${'a'} | ${true}  | ${'the old one is his'}
  ${'捐赠第2笔·捐赠人'} | ${'演示旧'} | ${'（无）'}   | ${'b'} | ${true}  | ${'it is told that his is none'}
  ${'捐赠第2笔·金额'}   | ${'2.00'}   | ${'1.00'}     | ${'b'} | ${false} | ${'an amount is no name'}
`('says of a correction that it names a donor $is: $because', ({ donor, is, ...change }: Quoted) => {
  const givers = giversOfCorrection([change], { printed: 2, gifts: 2, standing: 2 });
  expect(namesDonor(givers, [A, B], [donor])).toBe(is);
});

it('finds whom a correction names where a gift before his is none any more', () => {
  const change = { field: '捐赠第1笔·捐赠人', was: '演示甲', now: '演示乙' };
  const givers = giversOfCorrection([change], { printed: 2, gifts: 2, standing: 1 });
  expect(namesDonor(givers, [A, B], ['b'])).toBe(true);
  expect(namesDonor(givers, [A, B], ['a'])).toBe(true);
});
