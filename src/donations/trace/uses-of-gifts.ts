import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import { dayOf } from '../../kernel/day.js';
import type { PublicNotice } from '../../notices/index.js';
import { SocietiesQueries } from '../../societies/index.js';
import type { Ladder, Rung } from '../../societies/index.js';
import { CROWD, shownPlaceOf } from '../domain/crowd.js';
import type { ShownPlace } from '../domain/crowd.js';

/** A case that money was paid to, by what its givers may know of it: no name, no story, no number, no holder. */
export type GivenUse = {
  readonly threadId: string;
  /** Where the family lives: the society that answers for it. */
  readonly societyId: string;
  /** Tells one household from another, and is never shown. */
  readonly householdId: string;
  /** Of the closed list: 突发疾病. */
  readonly causeWords: string;
  /** Who decided, by role: 理事会表决通过. */
  readonly decidedWords: string;
  readonly decidedOn: Day | null;
  /** Null while no payment of it stands. */
  readonly paidOn: Day | null;
  /** What hangs or hung in public. */
  readonly notice: GivenNotice | null;
};

export type GivenNotice = {
  readonly number: string;
  readonly code: string;
  readonly postedOn: Day | null;
  readonly endedOn: Day | null;
};

export function givenNoticeOf(notice: PublicNotice | undefined): GivenNotice | null {
  if (!notice) return null;
  const { number, code, postedAt, endedAt } = notice;
  return { number, code, postedOn: postedAt && dayOf(postedAt), endedOn: endedAt && dayOf(endedAt) };
}

/** Rooms below in which money becomes help register here; each answers about what it knows, in a fixed number of questions. */
export type SourceOfUses = {
  usesOf(threadIds: readonly string[]): Promise<readonly GivenUse[]>;
  /** How many cases were ever paid to families who live in each of these places; a place without one may be left out. */
  paidIn(regionIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
};

/** A use as it may be shown: with the place that hides the family, and with the notice only beside its own place. */
export type ShownUse = Omit<GivenUse, 'societyId'> & {
  readonly place: ShownPlace;
  /** For counting and grouping, never for showing. */
  readonly societyId: string;
};

/** What the money of gifts became, and how much of it a giver may be told (domain/crowd.ts). */
@Injectable()
export class UsesOfGifts {
  private readonly sources: SourceOfUses[] = [];

  constructor(private readonly societies: SocietiesQueries) {}

  register(source: SourceOfUses): void {
    this.sources.push(source);
  }

  /** By thread; with the places, which whoever shows the uses names too, and those of other societies that he names. */
  async shown(
    threadIds: readonly string[],
    societyIds: readonly string[] = [],
  ): Promise<{ uses: ReadonlyMap<string, ShownUse>; places: Places }> {
    const found = (await Promise.all(this.sources.map((source) => source.usesOf(threadIds)))).flat();
    const places = await this.placesOf([...found.map(({ societyId }) => societyId), ...societyIds]);
    const uses = found.map((use): ShownUse => {
      const place = places.placeOf(use.societyId);
      return { ...use, place, notice: place.isOwn ? use.notice : null };
    });
    return { uses: new Map(uses.map((use) => [use.threadId, use])), places };
  }

  /** The class of cause of each of these cases, by thread: for the open books, which name neither place nor family. */
  async causes(threadIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = await Promise.all(this.sources.map((source) => source.usesOf(threadIds)));
    return new Map(found.flat().map(({ threadId, causeWords }) => [threadId, causeWords]));
  }

  /**
   * What may be said today of where these societies lie. Each place is counted only while all narrower ones are too small:
   * most often a town is a crowd already, and nobody counts a province for the page of one giver.
   */
  private async placesOf(societyIds: readonly string[]): Promise<Places> {
    const ladders = await this.societies.ladders([...new Set(societyIds)]);
    const paidIn = new Map<string, number>();
    const isCrowd = ({ regionId }: Rung): boolean => (paidIn.get(regionId) ?? 0) >= CROWD;
    for (let height = 0; ; height++) {
      const open = ladders.filter(({ rungs }) => !rungs.slice(0, height).some(isCrowd));
      const asked = new Set(
        open.flatMap(({ rungs }) => rungs.slice(height, height + 1)).map(({ regionId }) => regionId),
      );
      if (asked.size === 0) return new Places(ladders, paidIn);
      for (const regionId of asked) paidIn.set(regionId, 0);
      for (const source of this.sources)
        for (const [regionId, cases] of await source.paidIn([...asked]))
          paidIn.set(regionId, (paidIn.get(regionId) ?? 0) + cases);
    }
  }
}

/** Societies with the place that may be named of each. */
export class Places {
  private readonly ladders: ReadonlyMap<string, Ladder>;

  constructor(
    ladders: readonly Ladder[],
    private readonly paidIn: ReadonlyMap<string, number>,
  ) {
    this.ladders = new Map(ladders.map((ladder) => [ladder.societyId, ladder]));
  }

  placeOf(societyId: string): ShownPlace {
    const rungs = this.ladders.get(societyId)?.rungs ?? [];
    return shownPlaceOf(
      rungs.map(({ regionId, level, name }) => ({ level, name, paidCases: this.paidIn.get(regionId) ?? 0 })),
    );
  }

  nameOf(societyId: string): string {
    return this.ladders.get(societyId)?.name ?? '';
  }

  isFederation(societyId: string): boolean {
    return this.ladders.get(societyId)?.kind === 'FEDERATION';
  }
}
