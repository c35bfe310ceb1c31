import type { PaperState } from './papers.js';
import { mayRecord, missingOf, PAPER_KINDS, papersVerdict } from './papers.js';

const papers = (states: string) =>
  PAPER_KINDS.map((kind, i) => ({
    kind,
    state: ({ P: 'PRESENT', W: 'WAIVED', '-': 'MISSING' } as const)[states[i] as 'P'] satisfies PaperState,
  }));

it.each`
  states    | idPending | outcome                | because
  ${'PPPP'} | ${false}  | ${'complete'}          | ${'all four are there'}
  ${'PWPP'} | ${false}  | ${'complete'}          | ${'a waiver in writing stands for the paper'}
  ${'PPP-'} | ${false}  | ${'missing'}           | ${'the receipt is owed'}
  ${'----'} | ${true}   | ${'missing'}           | ${'nothing is there'}
  ${'PPPP'} | ${true}   | ${'id-number-pending'} | ${'D4-50 the number is still owed'}
  ${'WPPP'} | ${true}   | ${'complete'}          | ${'D4-50 there is no card, and it is written why'}
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

it('takes a receipt only when money has left', () => {
  expect(mayRecord('RECEIPT', 'APPROVED')).toBe(false);
  expect(mayRecord('RECEIPT', 'PAID')).toBe(true);
  expect(mayRecord('ID_CARD', 'ACCEPTED')).toBe(true);
});
