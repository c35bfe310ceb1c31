import { fen } from '../../kernel/fen.js';
import { flat } from '../../funds/domain/formula.js';
import {
  checkAdvance,
  checkPlan,
  excessAdvanceOf,
  excessOf,
  heldClaimOf,
  mostAdvance,
  toPayOf,
  usualPlan,
  wholeOf,
} from './parts.js';
import type { PlannedPart } from './parts.js';
import { AdvanceTooMuch, FamilyAccountMissing, PlanDoesNotAddUp } from './relief.errors.js';

type Refusal = (new (...args: never[]) => Error) | null;

const part = (amountFen: number, institutionId: string | null = null): PlannedPart => ({
  amountFen: fen(amountFen),
  institutionId,
});

it('pays everything to the family until somebody says otherwise', () => {
  expect(usualPlan(fen(700))).toEqual([part(700)]);
});

it.each`
  plan                                 | card     | refusal                 | because
  ${[part(100)]}                       | ${true}  | ${null}                 | ${'all of it to the family'}
  ${[part(99), part(1, 'hospital')]}   | ${true}  | ${null}                 | ${'a fen to the hospital'}
  ${[part(100, 'hospital')]}           | ${false} | ${null}                 | ${'no card is needed for the hospital'}
  ${[part(100)]}                       | ${false} | ${FamilyAccountMissing} | ${'the family has no card'}
  ${[part(99)]}                        | ${true}  | ${PlanDoesNotAddUp}     | ${'a fen short'}
  ${[part(101)]}                       | ${true}  | ${PlanDoesNotAddUp}     | ${'a fen over'}
  ${[part(100), part(0, 'hospital')]}  | ${true}  | ${PlanDoesNotAddUp}     | ${'a part of nothing'}
  ${[part(101), part(-1, 'hospital')]} | ${true}  | ${PlanDoesNotAddUp}     | ${'a part below nothing'}
  ${[]}                                | ${true}  | ${PlanDoesNotAddUp}     | ${'no part at all'}
`('$because', ({ plan, card, refusal }: { plan: PlannedPart[]; card: boolean; refusal: Refusal }) => {
  const check = () => {
    checkPlan(plan, fen(100), card);
  };
  if (refusal) expect(check).toThrow(refusal);
  else expect(check).not.toThrow();
});

it.each`
  numerator | denominator | grant         | most         | because
  ${30}     | ${100}      | ${23_148_000} | ${6_944_400} | ${'exact'}
  ${30}     | ${100}      | ${99}         | ${29}        | ${'rounded down to a fen'}
  ${1}      | ${3}        | ${100}        | ${33}        | ${'a third'}
  ${0}      | ${100}      | ${23_148_000} | ${0}         | ${'the rule allows none'}
`(
  'of $grant at most $most may be advanced: $because',
  ({ numerator, denominator, grant, most }: Record<string, number>) => {
    const rule = { advance: { numerator: numerator ?? 0, denominator: denominator ?? 1 } };
    const advance = (amount: number) => () => {
      checkAdvance(rule, fen(grant ?? 0), fen(amount));
    };
    expect(mostAdvance(rule, fen(grant ?? 0))).toBe(most);
    if (most) expect(advance(most)).not.toThrow();
    for (const wrong of [0, -1, (most ?? 0) + 1])
      expect(advance(wrong)).toThrow(new AdvanceTooMuch(fen(most ?? 0)));
  },
);

const RULE = { formula: flat({ numerator: 60, denominator: 100 }) };

it.each`
  base          | later         | room          | paid          | excess        | because
  ${38_580_000} | ${10_000_000} | ${50_000_000} | ${23_148_000} | ${6_000_000}  | ${'60 of each hundred that came'}
  ${38_580_000} | ${0}          | ${50_000_000} | ${23_148_000} | ${0}          | ${'nothing came'}
  ${38_580_000} | ${1}          | ${50_000_000} | ${23_148_000} | ${1}          | ${'what is due is rounded down'}
  ${38_580_000} | ${38_580_000} | ${50_000_000} | ${23_148_000} | ${23_148_000} | ${'no cost of their own is left'}
  ${38_580_000} | ${90_000_000} | ${50_000_000} | ${23_148_000} | ${23_148_000} | ${'never a base below nothing'}
  ${90_000_000} | ${6_666_666}  | ${50_000_000} | ${50_000_000} | ${0}          | ${'the formula still makes the cap of it'}
  ${90_000_000} | ${6_666_668}  | ${50_000_000} | ${50_000_000} | ${1}          | ${'a fen below the cap'}
  ${25_000_000} | ${5_000_000}  | ${10_000_000} | ${10_000_000} | ${0}          | ${'the room of that day still bounds it'}
  ${25_000_000} | ${10_000_000} | ${10_000_000} | ${10_000_000} | ${1_000_000}  | ${'below that room'}
  ${38_580_000} | ${10_000_000} | ${50_000_000} | ${17_000_000} | ${0}          | ${'less was kept than is due'}
`('$excess of $paid is too much: $because', ({ base, later, room, paid, excess }: Record<string, number>) => {
  const facts = {
    baseFen: fen(base ?? 0),
    laterFen: fen(later ?? 0),
    roomFen: fen(room ?? 0),
    paidFen: fen(paid ?? 0),
  };
  expect(excessOf(RULE, facts)).toBe(excess);
});

it.each`
  grant   | advanced | toPay  | excess | whole  | because
  ${100}  | ${0}     | ${100} | ${0}   | ${100} | ${'nothing was advanced'}
  ${100}  | ${30}    | ${70}  | ${0}   | ${100} | ${'the rest waits for the notice'}
  ${100}  | ${99}    | ${1}   | ${0}   | ${100} | ${'a fen is left'}
  ${100}  | ${100}   | ${0}   | ${0}   | ${100} | ${'as much was advanced as is given'}
  ${100}  | ${101}   | ${0}   | ${1}   | ${101} | ${'a fen more was'}
  ${null} | ${30}    | ${0}   | ${0}   | ${30}  | ${'no panel has given anything'}
`(
  'of $grant with $advanced advanced $toPay are to be paid and $excess come back: $because',
  ({ grant, advanced, toPay, excess, whole }: Record<string, number | null>) => {
    const row = { grantFen: grant === null ? null : fen(grant ?? 0), advancedFen: fen(advanced ?? 0) };
    expect([toPayOf(row), excessAdvanceOf(row), wholeOf(row)]).toEqual([toPay, excess, whole]);
    expect(heldClaimOf({ ...row, claim: 'round' })).toBe(toPay === 0 ? null : 'round');
    expect(heldClaimOf({ ...row, claim: null })).toBeNull();
  },
);
