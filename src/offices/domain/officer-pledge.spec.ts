import { day } from '../../kernel/day.js';
import { DomainError } from '../../kernel/domain-error.js';
import { OFFICES } from './office.js';
import { checkPledger, owesPledge, pledgeDueOn } from './officer-pledge.js';

it.each<[boolean, string | null, boolean, string | null, string]>([
  [true, 'zhou', false, null, 'oneself, on the screen'],
  [false, 'zhou', false, null, 'oneself, on paper'],
  [true, 'chair', true, 'PLEDGE_OF_ANOTHER', 'nobody taps for another'],
  [false, 'chair', true, null, 'the office records a signed sheet'],
  [false, 'cashier', false, 'PLEDGE_NOT_YOURS', 'no business of his'],
  [true, null, true, 'PLEDGE_OF_ANOTHER', 'a program is nobody'],
])('on screen %s, by %s who records others %s: %s, %s', (onScreen, personId, recordsOthers, code) => {
  const check = () => {
    checkPledger({ personId: 'zhou', onScreen }, { personId, recordsOthers });
  };
  expect(codeOf(check)).toBe(code);
});

it('is owed by whoever acts for the house, and not by whoever only reads its books', () => {
  expect(OFFICES.filter((office) => !owesPledge(office))).toEqual(['AUDITOR']);
});

it('is owed within fifteen days of the first day', () => {
  expect(pledgeDueOn(day('2026-03-02'))).toBe('2026-03-17');
});

function codeOf(act: () => void): string | null {
  try {
    act();
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}
