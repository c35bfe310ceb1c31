import { CHOICES, tallyVote } from './board-vote.js';
import type { Counts, Outcome, VoteRule } from './board-vote.js';
import { closesByItself, CLOSINGS, closingOf, mayClose } from './closing.js';

const share = (numerator: number, denominator: number) => ({ numerator, denominator });
const TWO_THIRDS: VoteRule = { quorum: share(2, 3), majority: share(2, 3) };

/** Two thirds and two thirds is usual; a charter may say anything between one fifth and all. */
const RULES: VoteRule[] = [
  TWO_THIRDS,
  { quorum: share(1, 2), majority: share(1, 2) },
  { quorum: share(1, 2), majority: share(2, 3) },
  { quorum: share(3, 4), majority: share(1, 2) },
  { quorum: share(1, 1), majority: share(1, 1) },
  { quorum: share(1, 5), majority: share(3, 5) },
];
const MOST_ELECTORS = 9;

/** Each missing director by himself: comes and says one of the three, or stays away. */
function* completions(counts: Counts, missing: number): Generator<Counts> {
  if (missing === 0) {
    yield counts;
    return;
  }
  yield* completions(counts, missing - 1);
  for (const choice of CHOICES) yield* completions({ ...counts, [choice]: counts[choice] + 1 }, missing - 1);
}

function* ballotsOf(electors: number): Generator<Counts> {
  for (let yes = 0; yes <= electors; yes++)
    for (let no = 0; yes + no <= electors; no++)
      for (let abstain = 0; yes + no + abstain <= electors; abstain++) yield { yes, no, abstain };
}

describe('D4-73 nobody closes early while a ballot not yet cast could change the outcome', () => {
  it.each(RULES)(
    'agrees with every completion of every round of up to nine electors: $quorum.numerator/$quorum.denominator present, $majority.numerator/$majority.denominator yes',
    (rule) => {
      let tried = 0;
      for (let electors = 1; electors <= MOST_ELECTORS; electors++)
        for (const counts of ballotsOf(electors)) {
          const missing = electors - counts.yes - counts.no - counts.abstain;
          const outcomes = new Set<Outcome>();
          for (const ended of completions(counts, missing)) {
            outcomes.add(tallyVote(rule, electors, ended).outcome);
            tried += 1;
            if (outcomes.size > 1) break; // one other ending is enough to keep it open
          }
          const closes = mayClose(rule, electors, counts);
          if (closes !== (outcomes.size === 1))
            throw new Error(`${JSON.stringify(counts)} of ${electors}: ${[...outcomes].join(' or ')}`);
        }
      expect(tried).toBeGreaterThan(1_000);
    },
  );

  it.each`
    electors | yes  | no   | abstain | closes   | because
    ${4}     | ${4} | ${0} | ${0}    | ${true}  | ${'all have voted'}
    ${4}     | ${3} | ${0} | ${0}    | ${true}  | ${'one more no leaves 3 of 4, still two thirds'}
    ${4}     | ${2} | ${1} | ${0}    | ${false} | ${'D4-13 as it stands: a fourth no would make 2 of 4'}
    ${4}     | ${0} | ${3} | ${0}    | ${true}  | ${'one more yes makes 1 of 4'}
    ${4}     | ${1} | ${1} | ${1}    | ${true}  | ${'one more yes makes 2 of 4, which is no two thirds'}
    ${5}     | ${3} | ${0} | ${0}    | ${false} | ${'no quorum yet: it lapses or it is approved'}
    ${5}     | ${4} | ${0} | ${0}    | ${true}  | ${'a fifth no leaves 4 of 5'}
    ${5}     | ${0} | ${0} | ${0}    | ${false} | ${'nobody has voted'}
  `(
    '$yes yes, $no no, $abstain abstain of $electors: $closes, $because',
    ({ electors, closes, ...counts }: Counts & { electors: number; closes: boolean }) => {
      expect(mayClose(TWO_THIRDS, electors, counts)).toBe(closes);
    },
  );
});

describe('a round closes', () => {
  const deadlineAt = new Date('2026-03-03T01:00:00.000Z');
  const before = new Date(deadlineAt.getTime() - 1);
  const round = { rule: TWO_THIRDS, electors: 4, deadlineAt };

  it('when every elector has voted, at any time', () => {
    expect(closingOf(round, { yes: 2, no: 2, abstain: 0 }, before)).toEqual({
      closes: true,
      closing: 'ALL_VOTED',
    });
  });

  it('early where the missing cannot change it', () => {
    expect(closingOf(round, { yes: 3, no: 0, abstain: 0 }, before)).toEqual({
      closes: true,
      closing: 'SETTLED',
    });
  });

  it('not a millisecond before its deadline where they can', () => {
    const counts = { yes: 2, no: 1, abstain: 0 };
    expect(closingOf(round, counts, before)).toEqual({ closes: false, missing: 1 });
    expect(closingOf(round, counts, deadlineAt)).toEqual({ closes: true, closing: 'DEADLINE' });
  });

  it('D4-16 at once where fewer than three are left to vote', () => {
    const few = { ...round, electors: 2 };
    expect(closingOf(few, { yes: 0, no: 0, abstain: 0 }, before)).toEqual({
      closes: true,
      closing: 'TOO_FEW',
    });
    expect(CLOSINGS.filter(closesByItself)).toEqual(['ALL_VOTED', 'TOO_FEW']);
  });
});
