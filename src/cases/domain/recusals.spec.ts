import { RecusalOfNoDirector } from './case.errors.js';
import { recusalsOf, vetoOf } from './recusals.js';
import type { Ties } from './visitors.js';

const directors = ['chair', 'deputy', 'third', 'cousin', 'lender'].map((personId) => ({
  personId,
  name: personId,
}));
const ties: Ties = new Map([['cousin', ['PHONE', 'ADDRESS']]]);

it('takes out whom the register ties to the applicant, ticked or not, and whom the secretary names', () => {
  expect(recusalsOf(directors, 'somebody', ties, [{ personId: 'lender', reason: 'OTHER' }])).toEqual([
    { personId: 'cousin', reason: 'PHONE' },
    { personId: 'lender', reason: 'OTHER' },
  ]);
});

it('lets the register speak before the tick', () => {
  expect(recusalsOf(directors, 'somebody', ties, [{ personId: 'cousin', reason: 'OTHER' }])).toEqual([
    { personId: 'cousin', reason: 'PHONE' },
  ]);
});

it('D4-19 takes out the chair who is the applicant', () => {
  expect(recusalsOf(directors, 'chair', new Map(), [])).toEqual([{ personId: 'chair', reason: 'SELF' }]);
});

it('refuses to recuse who has no vote', () => {
  const declared = [{ personId: 'clerk', reason: 'OTHER' as const }];
  expect(() => recusalsOf(directors, 'somebody', ties, declared)).toThrow(RecusalOfNoDirector);
});

it.each`
  personId       | reasons      | code                      | because
  ${'secretary'} | ${[]}        | ${undefined}              | ${'no tie'}
  ${null}        | ${[]}        | ${undefined}              | ${'a timer is nobody'}
  ${'applicant'} | ${[]}        | ${'APPLICANT_CANNOT_ACT'} | ${'D4-19 not for himself'}
  ${'cousin'}    | ${['PHONE']} | ${'KIN_CANNOT_ACT'}       | ${'no role moves a case in which it is recused'}
`(
  '$personId: $because',
  ({ personId, reasons, code }: { personId: never; reasons: never; code?: string }) => {
    for (const act of ['发起表决', '签发公示', '打款'] as const)
      expect(vetoOf(act, personId, 'applicant', reasons)?.code).toBe(code);
  },
);
