import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import {
  donationList,
  giftsOfList,
  lastDayOf,
  listCorrectionFault,
  listFault,
  MOST_IN_A_LIST,
  spanWords,
} from './donation-list.js';
import type { ListSpan, UnlistedGift } from './donation-list.js';

it.each`
  span              | today           | last            | because
  ${'TODAY'}        | ${'2026-05-20'} | ${'2026-05-20'} | ${'all there is'}
  ${'LAST_MONTH'}   | ${'2026-05-20'} | ${'2026-04-30'} | ${'the month before has ended'}
  ${'LAST_MONTH'}   | ${'2026-01-01'} | ${'2025-12-31'} | ${'in January it is the year before'}
  ${'LAST_MONTH'}   | ${'2028-03-31'} | ${'2028-02-29'} | ${'of a leap year'}
  ${'LAST_QUARTER'} | ${'2026-05-20'} | ${'2026-03-31'} | ${'the first quarter has ended'}
  ${'LAST_QUARTER'} | ${'2026-12-31'} | ${'2026-09-30'} | ${'the fourth runs still'}
  ${'LAST_QUARTER'} | ${'2026-02-01'} | ${'2025-12-31'} | ${'the last of the year before'}
`('$span on $today goes to $last: $because', ({ span, today, last }: Span) => {
  expect(lastDayOf(span, day(today))).toBe(last);
  expect(spanWords(span, day(today))).toMatch(/^到(今天|上月底|上季度末)（\d{4}年/);
});
type Span = { span: ListSpan; today: string; last: string };

const gift = (
  giftId: string,
  givenOn: string,
  amountFen = 100,
  donorId: string | null = null,
): UnlistedGift => ({
  ...{ giftId, donorId, form: 'MONEY' as const },
  givenOn: day(givenOn),
  amountFen: fen(amountFen),
});

it('lists the oldest first, up to the day, without what went back whole', () => {
  const waiting = [
    gift('c', '2026-03-02'),
    gift('b', '2026-03-01'),
    gift('a', '2026-03-01'),
    gift('d', '2026-04-01'),
  ];
  const chosen = giftsOfList([...waiting, gift('e', '2026-03-01', 0)], day('2026-03-31'));
  expect(chosen.map(({ giftId }) => giftId)).toEqual(['a', 'b', 'c']);
  expect(() => giftsOfList(waiting, day('2026-02-28'))).toThrow(
    expect.objectContaining({ code: 'NOTHING_TO_LIST' }) as Error,
  );
});

it('takes no more than one paper holds; the rest goes into the next', () => {
  const many = Array.from({ length: MOST_IN_A_LIST + 5 }, (_, i) =>
    gift(String(i).padStart(4, '0'), '2026-03-01'),
  );
  expect(giftsOfList(many, day('2026-03-31'))).toHaveLength(MOST_IN_A_LIST);
});

const charter = {
  ...{ numberPrefix: '柳溪', noticeDays: 7, noticeDayKind: 'natural' as const },
  publicContactOffice: '柳溪镇民政办',
  publicContactPhone: '0000-1234567',
  publicContactAddress: '柳溪镇政府一楼',
};
const listed = () =>
  donationList({
    ...{ societyName: '柳溪社', charter, hiddenNames: ['顾小河', '顾小河'] },
    gifts: [gift('a', '2026-03-01', 100_000, 'd1'), gift('b', '2026-03-05', 50_000, 'd2')],
    publicNames: new Map([['d1', '顾大江']]),
  });

it('names whoever agreed and nobody else, and sums to the fen', () => {
  expect(listed()).toMatchObject({
    gifts: [
      { giver: '顾大江', what: '捐款', day: '2026年3月1日', amount: '1,000.00' },
      { giver: '爱心人士', what: '捐款', day: '2026年3月5日', amount: '500.00' },
    ],
    total: { amount: '1,500.00', amountInWords: '壹仟伍佰元整' },
    ...{ from: '2026年3月1日', until: '2026年3月5日', forbidden: ['顾小河'] },
  });
  const { forbidden, ...printed } = listed();
  expect(JSON.stringify(printed)).not.toContain(forbidden[0]);
});

const stands = (giver: string, leftFen: number, isReceived = true) => ({
  giver,
  leftFen: fen(leftFen),
  isReceived,
});

it.each`
  now                                                               | fault         | because
  ${[stands('顾大江', 100_000), stands('爱心人士', 50_000)]}        | ${null}       | ${'nothing has changed'}
  ${[stands('爱心人士', 100_000), stands('爱心人士', 50_000)]}      | ${/不再同意/} | ${'the consent was taken back'}
  ${[stands('顾大江', 100_000), stands('顾小河', 50_000)]}          | ${null}       | ${'somebody agreed since: he may stand there unnamed'}
  ${[stands('顾大江', 100_000, false), stands('爱心人士', 50_000)]} | ${/冲销/}     | ${'the gift was mistyped'}
  ${[stands('顾大江', 60_000), stands('爱心人士', 50_000)]}         | ${/金额变了/} | ${'a part went back'}
`('is signed only as long as it holds: $because', ({ now, fault }: Now) => {
  const found = listFault(listed().gifts, now);
  if (fault === null) expect(found).toBeNull();
  else expect(found).toMatch(fault);
});
type Now = { now: ReturnType<typeof stands>[]; fault: RegExp | null };

it.each`
  hidden                | may      | because
  ${[]}                 | ${true}  | ${'all agree'}
  ${['顾演示']}         | ${true}  | ${'it quotes somebody else'}
  ${['顾大江']}         | ${false} | ${'the earlier name is of one who agrees no longer'}
  ${['顾演示', '顾江']} | ${false} | ${'so is the name that takes its place'}
`('a correction of a list is signed ($may): $because', ({ hidden, may }: Quoted) => {
  const changes = [{ was: '顾大江', now: '顾江' }];
  expect(listCorrectionFault(changes, hidden) === null).toBe(may);
});
type Quoted = { hidden: string[]; may: boolean };

it('says of goods that they are goods, and how much of the total they are', () => {
  const goods = { ...gift('g', '2026-03-06', 8_000), form: 'GOODS' as const };
  const facts = { societyName: '柳溪社', charter, hiddenNames: [], publicNames: new Map<string, string>() };
  expect(donationList({ ...facts, gifts: [gift('m', '2026-03-05', 2_000), goods] })).toMatchObject({
    gifts: [{ what: '捐款' }, { what: '物资', amount: '80.00' }],
    ...{ total: { amount: '100.00' }, goods: { amount: '80.00', amountInWords: '捌拾元整' } },
  });
  expect(listed().goods).toBeNull();
});
