import { addDays, dayOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import type { Share } from '../../kernel/fen.js';

export const RULE_MOTION_STATES = ['VOTING', 'ADOPTED', 'REJECTED', 'LAPSED'] as const;
/** LAPSED: too few came, or too few were left to vote. Nothing was decided, and it may be asked again. */
export type RuleMotionState = (typeof RULE_MOTION_STATES)[number];

export const RULE_MOTION_WORDS: Readonly<Record<RuleMotionState, string>> = {
  VOTING: '正在表决',
  ADOPTED: '已经通过',
  REJECTED: '没有通过',
  LAPSED: '到会人数不够，没有形成决议',
};

/** One term that is to change, in words. */
export type RuleChange = { readonly label: string; readonly before: string; readonly after: string };

type Term = { readonly label: string; readonly value: string };

/** From which day it holds is no change by itself: the same terms from another day are the same rule. */
const FROM_WHEN = '生效日';

/** What differs between two versions that are told term by term, in the same order. */
export function changesBetween(before: readonly Term[], after: readonly Term[]): RuleChange[] {
  return after.flatMap(({ label, value }) => {
    const was = before.find((term) => term.label === label)?.value ?? '没有规定';
    return label === FROM_WHEN || was === value ? [] : [{ label, before: was, after: value }];
  });
}

/** 单笔最多由“3,000 元”改为“5,000 元” */
export const changeWords = ({ label, before, after }: RuleChange): string =>
  `${label}由“${before}”改为“${after}”`;

const TWO_THIRDS: Share = { numerator: 2, denominator: 3 };

/**
 * The charter itself is changed by two thirds of those present, of two thirds of all, even where it lets other matters
 * pass by fewer (domain.md 1.8, model charter of social groups). Where it asks for more, more is asked.
 */
export function toChangeCharter<Terms extends { readonly quorum: Share; readonly majority: Share }>(
  charter: Terms,
): Terms {
  return {
    ...charter,
    quorum: atLeast(charter.quorum, TWO_THIRDS),
    majority: atLeast(charter.majority, TWO_THIRDS),
  };
}

function atLeast(share: Share, least: Share): Share {
  return share.numerator * least.denominator >= least.numerator * share.denominator ? share : least;
}

/**
 * No rule holds before the board can have decided on it: the day after the one on which the vote ends at the latest.
 * `voteHours` are those of the charter, by the clock.
 */
export function earliestFrom(askedAt: Date, voteHours: number): Day {
  return addDays(dayOf(new Date(askedAt.getTime() + voteHours * HOUR_MS)), 1);
}
const HOUR_MS = 3_600_000;

/** The day that was voted on; the day after the decision where that came later than anybody could know. */
export function inForceFrom(validFrom: Day, decidedOn: Day): Day {
  return validFrom > decidedOn ? validFrom : addDays(decidedOn, 1);
}
