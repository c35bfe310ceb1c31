import type { Step } from './emergency-procedure.js';
import { CASE_STATES, countOf, EMERGENCY_PROCEDURE, owedBy, stepOf } from './emergency-procedure.js';
import { procedureFaults } from './procedure-check.js';
import { STATE_COLOURS, STATE_WORDS } from './case-words.js';

const charter = { payHours: 24, paperWorkingDays: 10, postWorkingDays: 3 };
const row = (change: Partial<Step>): Step => ({
  act: 'verify',
  from: 'ACCEPTED',
  to: 'VERIFIED',
  who: ['secretary'],
  guard: 'two visitors',
  settles: [],
  owes: [],
  restarts: [],
  endsDuties: false,
  papers: [],
  ...change,
});

it('is sound: one beginning, every state reached, every state but the last ones left again', () => {
  expect(procedureFaults(EMERGENCY_PROCEDURE)).toEqual([]);
});

it.each`
  because                                      | extra                                                                                        | fault
  ${'an act stands twice in one state'}        | ${[row({ to: 'VOTING' })]}                                                                   | ${/verify from ACCEPTED stands twice/}
  ${'nobody may do it'}                        | ${[row({ act: 'lapse', who: [] })]}                                                          | ${/nobody's to do/}
  ${'it has no guard'}                         | ${[row({ act: 'lapse', guard: ' ' })]}                                                       | ${/has no guard/}
  ${'it leads nowhere'}                        | ${[row({ act: 'lapse', to: 'ACCEPTED' })]}                                                   | ${/leads nowhere/}
  ${'what is withdrawn would be opened again'} | ${[row({ act: 'verify', from: 'WITHDRAWN' })]}                                               | ${/WITHDRAWN is the end/}
  ${'it begins twice'}                         | ${[row({ act: 'lapse', from: null })]}                                                       | ${/begins in 2 ways/}
  ${'a duty is due before it begins'}          | ${[row({ act: 'pay', owes: [{ duty: 'PAY', owner: 'cashier', unit: 'hours', count: 0 }] })]} | ${/due before it begins/}
`('keeps the house shut when $because', ({ extra, fault }: { extra: Step[]; fault: RegExp }) => {
  expect(procedureFaults([...EMERGENCY_PROCEDURE, ...extra]).join('\n')).toMatch(fault);
});

it('finds the state that no road reaches, and the one that no road leaves', () => {
  const withoutPay = EMERGENCY_PROCEDURE.filter((step) => step.act !== 'pay');
  expect(procedureFaults(withoutPay)).toEqual([
    'no road leads to PAID',
    'no road leads to CLOSED',
    'no road leads to REVOKED',
    'no road leads to RECOVERED',
    'no road leads to WRITTEN_OFF',
  ]);
});

it.each`
  act            | from          | to            | because
  ${'register'}  | ${null}       | ${'ACCEPTED'} | ${'a case begins accepted'}
  ${'openRound'} | ${'VERIFIED'} | ${'VOTING'}   | ${'two people have seen it'}
  ${'openRound'} | ${'ACCEPTED'} | ${undefined}  | ${'nobody has seen it yet'}
  ${'openRound'} | ${'LAPSED'}   | ${'VOTING'}   | ${'a board that did not meet may meet once more'}
  ${'openRound'} | ${'REJECTED'} | ${undefined}  | ${'the board has said no'}
  ${'pay'}       | ${'APPROVED'} | ${'PAID'}     | ${'payment does not wait for the notice'}
  ${'pay'}       | ${'PAID'}     | ${undefined}  | ${'it is paid once'}
  ${'close'}     | ${'APPROVED'} | ${undefined}  | ${'it is not paid'}
`('$act from $from leads to $to: $because', ({ act, from, to }: { act: never; from: never; to: string }) => {
  expect(stepOf(act, from)?.to).toBe(to);
});

it('owes after the approval: the money in hours, papers and notice in working days of the charter', () => {
  const owed = stepOf('approve', 'VOTING')?.owes ?? [];
  expect(owed.map((one) => [one.duty, countOf(one, charter), one.unit])).toEqual([
    ['PAY', 24, 'hours'],
    ['PAPERS', 10, 'working-days'],
    ['ID_NUMBER', 10, 'working-days'],
    ['POST_NOTICE', 3, 'working-days'],
  ]);
});

it('begins papers and notice anew from the payment, and asks for a signature', () => {
  const paid = stepOf('pay', 'APPROVED');
  expect(paid?.restarts.map((one) => one.duty)).toEqual(['PAPERS', 'ID_NUMBER', 'POST_NOTICE']);
  expect(paid?.owes.map((one) => one.duty)).toEqual(['SIGN_NOTICE']);
  expect(paid?.settles).toEqual(['PAY']);
});

it.each`
  idPending | duties                                | because
  ${false}  | ${'PAY PAPERS POST_NOTICE'}           | ${'the number is known'}
  ${true}   | ${'PAY PAPERS ID_NUMBER POST_NOTICE'} | ${'D4-50 the number is due with the papers'}
`(
  'the approval owes "$duties": $because',
  ({ idPending, duties }: { idPending: boolean; duties: string }) => {
    const step = stepOf('approve', 'VOTING');
    expect(
      step &&
        owedBy(step, { idPending })
          .map((one) => one.duty)
          .join(' '),
    ).toBe(duties);
  },
);

it('has a word and a colour for every state, and no state that only the table knows', () => {
  expect(Object.keys(STATE_WORDS)).toEqual(expect.arrayContaining([...CASE_STATES]));
  expect(Object.keys(STATE_COLOURS).sort()).toEqual([...CASE_STATES].sort());
});

it('lets every case that is not paid be taken back, and none that is', () => {
  const before = CASE_STATES.filter((state) => stepOf('withdraw', state) !== null);
  expect(before).toEqual(['ACCEPTED', 'VERIFIED', 'SIGNING', 'VOTING', 'APPROVED', 'LAPSED']);
  expect(CASE_STATES.filter((state) => stepOf('terminate', state) !== null)).toEqual(before);
});
