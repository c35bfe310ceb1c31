import { day } from '../../kernel/day.js';
import { DomainError } from '../../kernel/domain-error.js';
import { checkAskedOn, refuseOneHand, refuseOwnCopy, refuseOwnVouch } from './person-right.js';

const asked = { personId: 'villager', recordedBy: 'zhou', recordedByAccount: 'account-of-zhou' };
it.each<[string | null, string | null, string | null, string]>([
  ['wu', 'account-of-wu', null, 'somebody else'],
  ['zhou', 'another-account', 'ERASURE_NEEDS_SECOND_PERSON', 'the same person by another account'],
  ['wu', 'account-of-zhou', 'ERASURE_NEEDS_SECOND_PERSON', 'the same account, whoever sits there'],
  ['villager', 'account-of-villager', 'ERASURE_OF_ONESELF', 'whose data it is'],
])('carried out by %s with %s: %s, %s', (personId, accountId, code) => {
  const act = () => {
    refuseOneHand(asked, { personId, accountId });
  };
  expect(codeOf(act)).toBe(code);
});

it.each<[string | null, string | null, string | null, string]>([
  ['wu', 'account-of-wu', null, 'somebody else'],
  ['zhou', 'another-account', 'COPY_NEEDS_SECOND_PERSON', 'the same person by another account'],
  ['wu', 'account-of-zhou', 'COPY_NEEDS_SECOND_PERSON', 'the same account, whoever sits there'],
  ['villager', 'account-of-villager', null, 'whose data it is'],
])('copied by %s with %s: %s, %s', (personId, accountId, code) => {
  const act = () => {
    refuseOwnCopy({ ...asked, vouchedAt: null }, { personId, accountId });
  };
  expect(codeOf(act)).toBe(code);
  const vouched = () => {
    refuseOwnCopy({ ...asked, vouchedAt: new Date(0) }, { personId, accountId });
  };
  expect(codeOf(vouched)).toBeNull(); // two people have had it in hand by then
});

it.each<[string | null, string | null, string | null, string]>([
  ['chair', 'account-of-chair', null, 'somebody else'],
  ['zhou', 'another-account', 'COPY_VOUCHED_BY_WRITER', 'the same person by another account'],
  ['chair', 'account-of-zhou', 'COPY_VOUCHED_BY_WRITER', 'the same account, whoever sits there'],
  ['villager', 'account-of-villager', null, 'whose data it is'],
])('vouched for by %s with %s: %s, %s', (personId, accountId, code) => {
  const act = () => {
    refuseOwnVouch(asked, { personId, accountId });
  };
  expect(codeOf(act)).toBe(code);
});

it('does not take two unknown hands for the same', () => {
  const act = () => {
    const unknown = { personId: 'villager', recordedBy: null, recordedByAccount: null };
    refuseOneHand(unknown, { personId: null, accountId: null });
  };
  expect(codeOf(act)).toBeNull();
});

it.each<[string, string | null, string]>([
  ['2026-03-08', null, 'yesterday'],
  ['2026-03-09', null, 'today'],
  ['2026-03-10', 'REQUEST_FROM_THE_FUTURE', 'tomorrow'],
])('asked on %s: %s, %s', (askedOn, code) => {
  const act = () => {
    checkAskedOn(day(askedOn), day('2026-03-09'));
  };
  expect(codeOf(act)).toBe(code);
});

/** With which code it is refused, if it is. */
function codeOf(act: () => unknown): string | null {
  try {
    act();
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}
