import { DomainError } from '../../kernel/domain-error.js';
import { correctedValue, groupLike, nameLike, refuseSameHands } from './person-correction.js';
import type { CorrectedField } from './person-correction.js';

it.each<[CorrectedField, string, string, string, string]>([
  ['NAME', '张卫国', '张为国', '张为国', 'as it was typed'],
  ['NAME', '张卫国', ' 张 为 国 ', '张为国', 'no space between Chinese characters'],
  ['NAME', '阿卜杜拉', '阿卜杜拉•买买提', '阿卜杜拉·买买提', 'one kind of dot'],
  ['GROUP', '三组', ' 四组 ', '四组', 'no space around'],
  ['GROUP', '三组', '１０组', '10组', 'one width of digits'],
])('%s %s is corrected by “%s” to %s: %s', (field, before, typed, after) => {
  expect(correctedValue(field, before, typed)).toBe(after);
});

it.each<[CorrectedField, string, string, string]>([
  ['NAME', '', 'CORRECTION_UNFIT', 'nothing'],
  ['NAME', '张3', 'CORRECTION_UNFIT', 'a digit in a name'],
  ['NAME', '张'.repeat(51), 'CORRECTION_UNFIT', 'longer than any name'],
  ['NAME', '张卫 国', 'NOTHING_CORRECTED', 'the same, with a space'],
  ['GROUP', '组'.repeat(41), 'CORRECTION_UNFIT', 'longer than the column'],
  ['GROUP', '  ', 'CORRECTION_UNFIT', 'no group'],
])('refuses %s “%s”: %s, %s', (field, typed, code) => {
  const correct = () => correctedValue(field, '张卫国', typed);
  expect(codeOf(correct)).toBe(code);
});

const proposed = { personId: 'villager', proposedBy: 'zhou', proposedByAccount: 'account-of-zhou' };
it.each<[string | null, string | null, string | null, string]>([
  ['wu', 'account-of-wu', null, 'somebody else'],
  ['zhou', 'another-account', 'NEEDS_SECOND_PERSON', 'the same person, by another account'],
  ['wu', 'account-of-zhou', 'NEEDS_SECOND_PERSON', 'the same account, whoever sits there'],
  ['villager', 'account-of-villager', 'CORRECTION_OF_ONESELF', 'whose name it is'],
])('confirmed by %s with %s: %s, %s', (personId, accountId, code) => {
  const confirm = () => {
    refuseSameHands(proposed, { personId, accountId });
  };
  expect(codeOf(confirm)).toBe(code);
});

it('does not take two unknown hands for the same', () => {
  const unknown = { personId: 'villager', proposedBy: null, proposedByAccount: null };
  const confirm = () => {
    refuseSameHands(unknown, { personId: null, accountId: null });
  };
  expect(codeOf(confirm)).toBeNull();
});

it.each`
  group             | now             | because
  ${'柳溪村三组'}   | ${'柳溪村四组'} | ${'the village stands before it'}
  ${'三组'}         | ${'四组'}       | ${'the same register'}
  ${'柳溪村五组'}   | ${null}         | ${'it says otherwise already'}
  ${'柳溪村十三组'} | ${null}         | ${'thirteen only ends like three'}
  ${'桃花村三组'}   | ${null}         | ${'another village'}
`('a copy in $group moves to $now: $because', ({ group, now }: { group: string; now: string | null }) => {
  const moved = groupLike(group, { before: '三组', after: '四组' }, ['柳溪村']);
  expect(moved).toEqual(now === null ? null : { before: group, after: now });
});

it('leaves a copy alone that is called otherwise, or that would be longer than its column', () => {
  expect(nameLike('范长河', { before: '范常河', after: '范长河' })).toBeNull();
  expect(nameLike('范常河', { before: '范常河', after: '范长河' })).toEqual({
    before: '范常河',
    after: '范长河',
  });
  expect(
    groupLike(`${'村'.repeat(38)}三组`, { before: '三组', after: '第四组' }, ['村'.repeat(38)]),
  ).toBeNull();
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
