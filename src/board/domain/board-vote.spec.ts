import { countsOf, isAtLeast, neededOf, tallyVote } from './board-vote.js';
import type { Ballot, Choice, Counts, Outcome, VoteRule } from './board-vote.js';

const TWO_THIRDS: VoteRule = {
  quorum: { numerator: 2, denominator: 3 },
  majority: { numerator: 2, denominator: 3 },
};

const CHOICE_OF: Record<string, Choice> = { Y: 'yes', N: 'no', '-': 'abstain' };

/** `YN-`: three directors came; the first says yes, the second no, the third abstains. */
const show = (hands: string): Counts =>
  countsOf(
    Array.from(hands, (hand, i): Ballot => ({ directorId: `d${i}`, choice: CHOICE_OF[hand] ?? 'yes' })),
  );

type Row = { electors: number; hands: string; outcome: Outcome; because: string };

it.each`
  electors | hands       | outcome       | because
  ${4}     | ${'YYYY'}   | ${'approved'} | ${'the case of the village: 5 directors, 1 recused, 4 of 4 say yes'}
  ${4}     | ${'YYN'}    | ${'approved'} | ${'D4-13: 3*3 >= 4*2 is a quorum, 2*3 >= 3*2 is two thirds'}
  ${4}     | ${'YN-'}    | ${'rejected'} | ${'D4-14: an abstention counts as present'}
  ${5}     | ${'YYY'}    | ${'lapsed'}   | ${'D4-15: 3*3 = 9 < 10 is no quorum, however they vote'}
  ${5}     | ${'YYYN'}   | ${'approved'} | ${'4*3 = 12 >= 10, and 3 of 4 are more than two thirds'}
  ${5}     | ${'YYNN'}   | ${'rejected'} | ${'2*3 = 6 < 8: half is not two thirds'}
  ${6}     | ${'YYYN'}   | ${'approved'} | ${'4 of 6 are exactly two thirds'}
  ${6}     | ${'YYY'}    | ${'lapsed'}   | ${'3 of 6 are one short of the quorum'}
  ${3}     | ${'YY'}     | ${'approved'} | ${'2 of 3 are exactly a quorum, and 2 of 2 say yes'}
  ${3}     | ${'Y'}      | ${'lapsed'}   | ${'one of three is no board'}
  ${3}     | ${'YYN'}    | ${'approved'} | ${'2 of 3 present are exactly two thirds'}
  ${3}     | ${'---'}    | ${'rejected'} | ${'all came and nobody said yes'}
  ${9}     | ${'YYYYNN'} | ${'approved'} | ${'6 of 9 and 4 of 6, both exactly two thirds'}
  ${9}     | ${'YYYNN-'} | ${'rejected'} | ${'3 of 6 with one abstention'}
  ${4}     | ${''}       | ${'lapsed'}   | ${'nobody came'}
`('$hands of $electors: $outcome, $because', ({ electors, hands, outcome }: Row) => {
  expect(tallyVote(TWO_THIRDS, electors, show(hands)).outcome).toBe(outcome);
});

it('says what was needed', () => {
  expect(tallyVote(TWO_THIRDS, 4, show('YN-'))).toEqual({
    electors: 4,
    present: 3,
    yes: 1,
    no: 1,
    abstain: 1,
    neededPresent: 3,
    neededYes: 2,
    outcome: 'rejected',
  });
});

it('follows another charter where it says otherwise', () => {
  const half: VoteRule = {
    quorum: { numerator: 1, denominator: 2 },
    majority: { numerator: 1, denominator: 2 },
  };
  expect(tallyVote(half, 5, show('YYN')).outcome).toBe('approved');
  expect(tallyVote(half, 4, show('YN')).outcome).toBe('approved');
  expect(tallyVote(half, 5, show('YY')).outcome).toBe('lapsed');
});

it('lets nobody decide, and nobody vote twice', () => {
  expect(() => tallyVote(TWO_THIRDS, 0, show(''))).toThrow('approve itself');
  expect(() => tallyVote(TWO_THIRDS, 2, show('YYY'))).toThrow('3 ballots of 2 electors');
  const twice: Ballot[] = [
    { directorId: 'd1', choice: 'yes' },
    { directorId: 'd1', choice: 'no' },
  ];
  expect(() => countsOf(twice)).toThrow('two ballots');
});

it('agrees with itself: the needed count is the first that is enough', () => {
  for (const denominator of [1, 2, 3, 4, 5, 7])
    for (let numerator = 1; numerator <= denominator; numerator++)
      for (let whole = 0; whole <= 60; whole++) {
        const share = { numerator, denominator };
        const needed = neededOf(share, whole);
        expect(isAtLeast(needed, share, whole)).toBe(true);
        if (needed > 0) expect(isAtLeast(needed - 1, share, whole)).toBe(false);
      }
});
