import { dayWords } from '../../kernel/chinese/words.js';
import type { Day } from '../../kernel/day.js';
import { NOTHING_THERE } from '../../notices/domain/correction.js';
import type { CorrectedText, ListedGift } from '../../notices/domain/notice-words.js';
import { UNNAMED_DONOR } from './donor.js';

/** A gift of a list, in the order of the list: whose it is, and how that donor is called today; null where nobody is known. */
export type GiftOfList = {
  readonly donorId: string | null;
  readonly givenOn: Day;
  readonly name: string | null;
};

/** A giver as a paper prints him. */
export type PrintedGiver = {
  readonly giver: string;
  /** The how-manieth of the paper, from 0. */
  readonly at: number;
  /** How many gifts of the list may be left out before it: a list in the place of another leaves out what went back. */
  readonly leftOut: number;
  /** 2026年3月5日, where it stands beside the giver. */
  readonly day: string | null;
};

/** As a list of donors prints them. */
export function giversOfList(printed: readonly ListedGift[], gifts: number): PrintedGiver[] {
  return printed.map(({ giver, day }, at) => ({ giver, day, at, leftOut: gifts - printed.length }));
}

type Counts = {
  /** How many the corrected list has; null where it is not known. */
  readonly printed: number | null;
  readonly gifts: number;
  /** How many of them are gifts still: no more stood when the correction was drafted. */
  readonly standing: number;
};

/** As a correction of a list quotes them, the old and the new. */
export function giversOfCorrection(
  changes: readonly CorrectedText[],
  { printed, gifts, standing }: Counts,
): PrintedGiver[] {
  return changes.flatMap(({ field, was, now }) => {
    const place = /^捐赠第(\d+)笔·捐赠人$/u.exec(field)?.[1];
    if (place === undefined) return [];
    const at = Number(place) - 1;
    return [
      { giver: was, at, leftOut: gifts - (printed ?? 0), day: null },
      { giver: now, at, leftOut: gifts - standing, day: null },
    ];
  });
}

/**
 * Whether one of these givers is the donor. By his gift where it can be no other; where gifts were left out and it may be
 * one of several, by his name, and where nobody of them is called so any more, it counts as his: he waits rather than hangs.
 */
export function namesDonor(
  givers: readonly PrintedGiver[],
  gifts: readonly GiftOfList[],
  donorIds: readonly string[],
): boolean {
  const isHis = ({ donorId }: GiftOfList) => donorId !== null && donorIds.includes(donorId);
  return givers.some(({ giver, at, leftOut, day }) => {
    if (giver === UNNAMED_DONOR || giver === NOTHING_THERE) return false;
    const may = gifts
      .slice(at, at + leftOut + 1)
      .filter(({ givenOn }) => day === null || dayWords(givenOn) === day);
    if (!may.some(isHis)) return false;
    return (
      may.some((gift) => isHis(gift) && gift.name === giver) ||
      may.every((gift) => isHis(gift) || gift.name !== giver)
    );
  });
}
