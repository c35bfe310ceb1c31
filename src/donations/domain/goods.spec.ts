import { day } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import {
  checkInspected,
  expiryWords,
  GOODS_ROAD,
  GOODS_STATES,
  goodsLinesOf,
  isDueForCheck,
  isExpired,
  refuseInspection,
  valueOf,
} from './goods.js';

const TODAY = day('2026-03-02');

it('knows a road from each state, and none out of the shelf', () => {
  expect(Object.keys(GOODS_ROAD).sort()).toEqual([...GOODS_STATES].sort());
  for (const state of Object.values(GOODS_ROAD).flat()) expect(GOODS_STATES).toContain(state);
  expect([GOODS_ROAD.STOCKED, GOODS_ROAD.REFUSED]).toEqual([[], []]);
});

it('reads what came, one kind a line, in the forms in which people write it', () => {
  expect(
    goodsLinesOf('大米 20 袋 2027-01-31\n\n棉被　１０床\n金龙鱼 食用油, 5L装 12 桶 2026年12月1日'),
  ).toEqual([
    { name: '大米', quantity: 20, unit: '袋', expiresOn: '2027-01-31' },
    { name: '棉被', quantity: 10, unit: '床', expiresOn: null },
    { name: '金龙鱼 食用油 5L装', quantity: 12, unit: '桶', expiresOn: '2026-12-01' },
  ]);
});

it.each`
  text                      | line  | because
  ${''}                     | ${1}  | ${'nothing came'}
  ${'大米'}                 | ${1}  | ${'how much?'}
  ${'大米 20 袋\n棉被 床'}  | ${2}  | ${'the second line has no number'}
  ${'大米 0 袋'}            | ${1}  | ${'none of it'}
  ${'大米 20 袋 明年'}      | ${1}  | ${'no day of the calendar'}
  ${'水 1 瓶\n'.repeat(31)} | ${31} | ${'more kinds than one form takes'}
`('names line $line: $because', ({ text, line }: Record<'text' | 'line', never>) => {
  expect(() => goodsLinesOf(text)).toThrow(
    expect.objectContaining({ code: 'GOODS_LINE_WRONG', details: { line } }) as Error,
  );
});

it.each`
  inspector | refused  | because
  ${'b'}    | ${false} | ${'another looks'}
  ${'a'}    | ${true}  | ${'whoever recorded it'}
  ${'c'}    | ${true}  | ${'whoever took it in'}
  ${null}   | ${true}  | ${'nobody'}
`(
  'lets $inspector inspect: refused $refused, $because',
  ({ inspector, refused }: { inspector: string | null; refused: boolean }) => {
    const look = () => {
      refuseInspection({ recordedBy: 'a', receivedBy: 'c' }, inspector);
    };
    if (refused) expect(look).toThrow(expect.objectContaining({ code: 'GOODS_SAME_HANDS' }) as Error);
    else expect(look).not.toThrow();
  },
);

it.each`
  accepted | expiresOn       | code                  | because
  ${20}    | ${null}         | ${null}               | ${'all of it'}
  ${0}     | ${'2026-03-01'} | ${null}               | ${'expired, and not taken'}
  ${1}     | ${'2026-03-02'} | ${null}               | ${'its last day is a day'}
  ${1}     | ${'2026-03-01'} | ${'GOODS_EXPIRED'}    | ${'expired yesterday'}
  ${21}    | ${null}         | ${'GOODS_LINE_WRONG'} | ${'more than came'}
  ${-1}    | ${null}         | ${'GOODS_LINE_WRONG'} | ${'less than nothing'}
`(
  'takes $accepted of 20 until $expiresOn: $code, $because',
  ({ accepted, expiresOn, code }: { accepted: number; expiresOn: Day | null; code: string | null }) => {
    const check = () => {
      checkInspected([{ name: '大米', quantity: 20 }], [{ accepted, expiresOn }], TODAY);
    };
    if (code === null) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ code }) as Error);
  },
);

it('adds up what is taken in whole fen, and takes nothing that is worth nothing', () => {
  expect(
    valueOf([
      { accepted: 20, unitValueFen: fen(6_050) },
      { accepted: 3, unitValueFen: fen(0) },
    ]),
  ).toBe(121_000);
  expect(() => valueOf([{ accepted: 20, unitValueFen: fen(0) }])).toThrow();
});

it.each`
  expiresOn       | expired  | due      | words
  ${null}         | ${false} | ${false} | ${'没有到期日'}
  ${'2026-03-01'} | ${true}  | ${true}  | ${'2026-03-01 已经过期'}
  ${'2026-03-02'} | ${false} | ${true}  | ${'2026-03-02 到期，还有 0 天'}
  ${'2026-04-01'} | ${false} | ${true}  | ${'2026-04-01 到期，还有 30 天'}
  ${'2026-04-02'} | ${false} | ${false} | ${'2026-04-02 到期'}
`(
  'says of $expiresOn: $words',
  ({ expiresOn, expired, due, words }: Record<'expiresOn' | 'expired' | 'due' | 'words', never>) => {
    expect([
      isExpired(expiresOn, TODAY),
      isDueForCheck(expiresOn, TODAY),
      expiryWords(expiresOn, TODAY),
    ]).toEqual([expired, due, words]);
  },
);
