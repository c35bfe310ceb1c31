import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { SocietiesQueries } from '../../societies/index.js';
import { TEXT_KEYS, textOf } from '../domain/notice-texts.js';
import type { TextKey } from '../domain/notice-texts.js';
import { NoticeTextsQueries } from './notice-texts.queries.js';
import type { TextVersion } from './notice-texts.queries.js';

/** One text as it holds today. */
export type TextNow = {
  readonly key: TextKey;
  readonly text: string;
  /** Whose words they are: null for the words of the house that all begin with. */
  readonly setBy: string | null;
  readonly isOwn: boolean;
  /** What would hold if this organisation had said nothing. */
  readonly fromAbove: string;
  /** All that was set here, the newest first. */
  readonly versions: readonly TextVersion[];
};

@Injectable()
export class NoticeTextsReading {
  constructor(
    private readonly queries: NoticeTextsQueries,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
  ) {}

  async all(societyId: string): Promise<TextNow[]> {
    const today = dayOf(this.clock.now());
    const names = await this.namesUpwards(societyId);
    const { own, floors } = await this.queries.inForce(societyId, today);
    const { parentId } = await this.societies.society(societyId);
    const above = parentId === null ? {} : (await this.queries.inForce(parentId, today)).own;
    const versions = await this.queries.versions(societyId);
    return TEXT_KEYS.map((key) => {
      const floor = floors.get(key);
      return {
        key,
        text: textOf(key, own),
        setBy: floor === undefined ? null : (names[floor] ?? null),
        isOwn: floor === 0,
        fromAbove: textOf(key, above),
        versions: versions.filter((version) => version.key === key),
      };
    });
  }

  async one(societyId: string, key: TextKey): Promise<TextNow> {
    const found = (await this.all(societyId)).find((text) => text.key === key);
    if (!found) throw new Error(`Every text is there, but not ${key}`);
    return found;
  }

  /** The name of whoever sets the texts of this organisation; null where it does so itself. */
  async setterAbove(societyId: string): Promise<string | null> {
    return (await this.societies.textSetterAbove(societyId))?.name ?? null;
  }

  /** Of the house and of all that stand above it, floor by floor. */
  private async namesUpwards(societyId: string): Promise<string[]> {
    const names: string[] = [];
    for (let id: string | null = societyId; id !== null;) {
      const society: { name: string; parentId: string | null } = await this.societies.society(id);
      names.push(society.name);
      id = society.parentId;
    }
    return names;
  }
}
