import { fen } from '../../kernel/fen.js';
import {
  drawOf,
  MANAGEMENT_PURPOSE_WORDS,
  MANAGEMENT_PURPOSES,
  MOST_SHARE_PERCENT,
  mostOf,
  refuseOverPlan,
  refuseUnmanageable,
} from './management.js';

const gift = { nature: 'GIFT', form: 'MONEY', state: 'RECEIVED' } as const;
const lot = (lotId: string, left: number, free = left, balanceId = lotId) => ({
  ...{ lotId, balanceId },
  ...{ leftFen: fen(left), purseFreeFen: fen(free) },
});
const agreed = (amount: number, sharePercent: number, drawn = 0, refunded = 0) => ({
  ...{ amountFen: fen(amount), refundedFen: fen(refunded) },
  ...{ sharePercent, drawnFen: fen(drawn) },
});

it.each`
  amount     | refunded  | percent               | most      | because
  ${100_000} | ${0}      | ${10}                 | ${10_000} | ${'a tenth'}
  ${99_999}  | ${0}      | ${10}                 | ${9_999}  | ${'a part of a fen is not drawn'}
  ${9}       | ${0}      | ${10}                 | ${0}      | ${'of nine fen there is no tenth'}
  ${100_000} | ${40_000} | ${10}                 | ${6_000}  | ${'what went back pays for nothing'}
  ${100_000} | ${0}      | ${MOST_SHARE_PERCENT} | ${20_000} | ${'a fifth is the most'}
`(
  'of $amount at $percent % allows $most: $because',
  ({ amount, refunded, percent, most }: Record<string, number>) => {
    const of = { amountFen: fen(amount ?? 0), refundedFen: fen(refunded ?? 0) };
    expect(mostOf(of, percent ?? 0)).toBe(most);
  },
);

it.each`
  asked     | terms                         | lots                                   | parts                           | because
  ${10_000} | ${agreed(100_000, 10)}        | ${[lot('a', 100_000)]}                 | ${[['a', 10_000]]}              | ${'the last fen of the share'}
  ${4_000}  | ${agreed(100_000, 10, 6_000)} | ${[lot('a', 94_000)]}                  | ${[['a', 4_000]]}               | ${'what was drawn before counts'}
  ${10_000} | ${agreed(100_000, 10)}        | ${[lot('a', 4_000), lot('b', 50_000)]} | ${[['a', 4_000], ['b', 6_000]]} | ${'the gift lies in two purses'}
`(
  'draws $asked: $because',
  ({
    asked,
    terms,
    lots,
    parts,
  }: {
    asked: number;
    terms: ReturnType<typeof agreed>;
    lots: ReturnType<typeof lot>[];
    parts: [string, number][];
  }) => {
    const drawn = drawOf(fen(asked), terms, lots).parts.map(({ lotId, amountFen }) => [
      lotId,
      Number(amountFen),
    ]);
    expect(drawn).toEqual(parts);
  },
);

it.each`
  asked     | terms                                  | lots                         | code                         | because
  ${10_001} | ${agreed(100_000, 10)}                 | ${[lot('a', 100_000)]}       | ${'MANAGEMENT_OVER_SHARE'}   | ${'one fen over the share'}
  ${4_001}  | ${agreed(100_000, 10, 6_000)}          | ${[lot('a', 94_000)]}        | ${'MANAGEMENT_OVER_SHARE'}   | ${'one fen over what is left of it'}
  ${1}      | ${agreed(100_000, 10, 10_000, 50_000)} | ${[lot('a', 40_000)]}        | ${'MANAGEMENT_OVER_SHARE'}   | ${'what went back takes its share along'}
  ${5_000}  | ${agreed(100_000, 10)}                 | ${[lot('a', 4_999)]}         | ${'MANAGEMENT_OVER_UNSPENT'} | ${'the rest is used'}
  ${5_000}  | ${agreed(100_000, 10)}                 | ${[lot('a', 90_000, 4_999)]} | ${'MANAGEMENT_OVER_UNSPENT'} | ${'the rest is promised to a case'}
`(
  'does not draw $asked: $because',
  ({
    asked,
    terms,
    lots,
    code,
  }: {
    asked: number;
    terms: ReturnType<typeof agreed>;
    lots: ReturnType<typeof lot>[];
    code: string;
  }) => {
    expect(() => drawOf(fen(asked), terms, lots)).toThrow(expect.objectContaining({ code }) as Error);
  },
);

it.each`
  change                  | because
  ${{ nature: 'FEE' }}    | ${'a fee is the house’s own'}
  ${{ form: 'GOODS' }}    | ${'goods pay nothing'}
  ${{ state: 'PLEDGED' }} | ${'nothing came in'}
  ${{ state: 'UNKNOWN' }} | ${'nobody knows whose it is'}
  ${{ state: 'ENDED' }}   | ${'it never was'}
`('draws nothing of $change: $because', ({ change }: { change: object }) => {
  expect(() => {
    refuseUnmanageable({ ...gift, ...change });
  }).toThrow(expect.objectContaining({ code: 'NOTHING_TO_MANAGE' }) as Error);
  expect(() => {
    refuseUnmanageable(gift);
  }).not.toThrow();
});

it.each`
  share | plan    | refused  | because
  ${10} | ${null} | ${false} | ${'it came by no campaign'}
  ${10} | ${10}   | ${false} | ${'the plan said so'}
  ${11} | ${10}   | ${true}  | ${'the plan said less'}
  ${1}  | ${0}    | ${true}  | ${'the plan said that all of it goes to families'}
`(
  'a share of $share % under a plan of $plan %: $because',
  ({ share, plan, refused }: { share: number; plan: number | null; refused: boolean }) => {
    const act = () => {
      refuseOverPlan(share, plan);
    };
    if (refused) expect(act).toThrow(expect.objectContaining({ code: 'MANAGEMENT_OVER_PLAN' }) as Error);
    else expect(act).not.toThrow();
  },
);

it('has words for every purpose', () => {
  expect(Object.keys(MANAGEMENT_PURPOSE_WORDS)).toEqual([...MANAGEMENT_PURPOSES]);
});
