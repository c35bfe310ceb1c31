import type { Share } from '../../kernel/fen.js';

/** The two parts of the charter that decide, as copied into the round when it opened (domain.md 1.8). */
export type VoteRule = { readonly quorum: Share; readonly majority: Share };

export const CHOICES = ['yes', 'no', 'abstain'] as const;
export type Choice = (typeof CHOICES)[number];

export type Ballot = { readonly directorId: string; readonly choice: Choice };

/** Ballots as numbers: all that the outcome depends on. */
export type Counts = { readonly yes: number; readonly no: number; readonly abstain: number };

/** What the ballots say. */
export type TallyOutcome = 'approved' | 'rejected' | 'lapsed';
/** What becomes of the motion: with fewer electors than a board has, no ballot decides (D4-16). */
export type Outcome = TallyOutcome | 'escalated';

export type Tally = Counts & {
  readonly electors: number;
  readonly present: number;
  readonly neededPresent: number;
  /** What `present` directors must say yes to; it grows with those who come. */
  readonly neededYes: number;
  readonly outcome: TallyOutcome;
};

/** At least `share` of `whole`, in whole numbers: 2 of 3 are two thirds, and no charter says 0.6667. */
export function isAtLeast(count: number, share: Share, whole: number): boolean {
  return count * share.denominator >= whole * share.numerator;
}

/** The smallest count that is at least `share` of `whole`. */
export function neededOf(share: Share, whole: number): number {
  const wanted = whole * share.numerator;
  const rest = wanted % share.denominator;
  return (wanted - rest) / share.denominator + (rest > 0 ? 1 : 0);
}

export function countsOf(ballots: readonly Ballot[]): Counts {
  if (new Set(ballots.map(({ directorId }) => directorId)).size !== ballots.length)
    throw new Error('A director has two ballots in one round');
  const given = (choice: Choice) => ballots.filter((ballot) => ballot.choice === choice).length;
  return { yes: given('yes'), no: given('no'), abstain: given('abstain') };
}

/**
 * Model charter of social groups (domain.md 1.8): the board decides when two thirds of the electors left after recusal
 * are present, by two thirds of those present. An abstention is presence and nothing else. Without a quorum nothing is
 * decided: the round lapses, however the few have voted.
 */
export function tallyVote(rule: VoteRule, electors: number, { yes, no, abstain }: Counts): Tally {
  if (electors < 1) throw new Error('A round without electors would approve itself');
  const present = yes + no + abstain;
  if (present > electors) throw new Error(`${present} ballots of ${electors} electors`);
  return {
    yes,
    no,
    abstain,
    electors,
    present,
    neededPresent: neededOf(rule.quorum, electors),
    neededYes: neededOf(rule.majority, present),
    outcome: outcomeOf(rule, electors, present, yes),
  };
}

function outcomeOf(rule: VoteRule, electors: number, present: number, yes: number): TallyOutcome {
  // Nobody there is no quorum either, whatever share a charter asks for.
  if (present === 0 || !isAtLeast(present, rule.quorum, electors)) return 'lapsed';
  return isAtLeast(yes, rule.majority, present) ? 'approved' : 'rejected';
}
