import type { PaperState } from './papers.js';
import { mayRecord, missingOf, PAPER_KINDS, papersVerdict, unconfirmedOf } from './papers.js';

/** P: there, W: waived, C: waived and confirmed, -: missing. */
const papers = (states: string) =>
  PAPER_KINDS.map((kind, i) => ({
    kind,
    state: ({ P: 'PRESENT', W: 'WAIVED', C: 'WAIVED', '-': 'MISSING' } as const)[
      states[i] as 'P'
    ] satisfies PaperState,
    confirmedAt: states[i] === 'C' ? new Date('2026-03-09T01:00:00Z') : null,
  }));

it.each`
  states    | idPending | outcome                 | because
  ${'PPPP'} | ${false}  | ${'complete'}           | ${'all four are there'}
  ${'PCPP'} | ${false}  | ${'complete'}           | ${'a confirmed waiver stands for the paper'}
  ${'PWPP'} | ${false}  | ${'waiver-unconfirmed'} | ${'the office does not check itself'}
  ${'CWPP'} | ${true}   | ${'waiver-unconfirmed'} | ${'every one of them is confirmed'}
  ${'PWP-'} | ${false}  | ${'missing'}            | ${'what is missing comes first'}
  ${'PPP-'} | ${false}  | ${'missing'}            | ${'the receipt is owed'}
  ${'----'} | ${true}   | ${'missing'}            | ${'nothing is there'}
  ${'PPPP'} | ${true}   | ${'id-number-pending'}  | ${'D4-50 the number is still owed'}
  ${'CPPP'} | ${true}   | ${'complete'}           | ${'D4-50 there is no card, and it is written why'}
`(
  '$states with number pending $idPending: $outcome, $because',
  (row: { states: string; idPending: boolean; outcome: string }) => {
    expect(papersVerdict(papers(row.states), row.idPending).outcome).toBe(row.outcome);
  },
);

it('names what is missing in the order of the file, also when no row was ever written', () => {
  expect(missingOf(papers('P-P-'))).toEqual(['CAUSE_PROOF', 'RECEIPT']);
  expect(missingOf([])).toEqual([...PAPER_KINDS]);
});

it('names the waivers that nobody has confirmed', () => {
  expect(unconfirmedOf(papers('WCP-'))).toEqual(['ID_CARD']);
  expect(unconfirmedOf([])).toEqual([]);
});

it('takes a receipt only when money has left', () => {
  expect(mayRecord('RECEIPT', 'APPROVED')).toBe(false);
  expect(mayRecord('RECEIPT', 'PAID')).toBe(true);
  expect(mayRecord('ID_CARD', 'ACCEPTED')).toBe(true);
});
