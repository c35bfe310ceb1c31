import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Caller } from '../../kernel/actor.js';
import { dayWords } from '../../kernel/chinese/words.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf, daysBetween } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { Ids } from '../../kernel/ids.js';
import { societyOf } from '../../platform/web/caller.js';
import { SocietiesQueries } from '../../societies/index.js';
import {
  NoticeTextDayWrong,
  NoticeTextRefused,
  NoticeTextSetAbove,
  NoticeTextUnchanged,
} from '../domain/notice-text.errors.js';
import { TEXTS } from '../domain/notice-texts.js';
import type { TextKey } from '../domain/notice-texts.js';
import { textFault } from '../domain/text-rules.js';
import { NoticeTextSamples } from './notice-text-samples.js';
import { NoticeTextsStore } from './notice-texts.store.js';

export type TextTyped = {
  readonly key: TextKey;
  /** Null takes the own words back: those from above hold again. */
  readonly text: string | null;
  readonly validFrom: Day;
};

export type TextSet = { readonly key: TextKey; readonly version: number; readonly validFrom: Day };

const MOST_DAYS_AHEAD = 366;

/**
 * How a society, a town or a county says what every notice says (domain.md 1.6). Written down for the notices to come: what is
 * signed never changes, and a draft has the words of the day on which it was drafted.
 */
@Injectable()
export class NoticeTextsService {
  constructor(
    private readonly store: NoticeTextsStore,
    private readonly samples: NoticeTextSamples,
    private readonly societies: SocietiesQueries,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * A text that could not be printed is refused here, and not when the first notice is to be signed. A village has words
   * of its own only where nothing stands above it.
   */
  async setText(caller: Caller, typed: TextTyped): Promise<TextSet> {
    const societyId = societyOf(caller.actor);
    const { key, text, validFrom } = typed;
    const now = this.clock.now();
    const ahead = daysBetween(dayOf(now), validFrom);
    if (ahead < 0 || ahead > MOST_DAYS_AHEAD) throw new NoticeTextDayWrong(MOST_DAYS_AHEAD);
    const setter = await this.societies.textSetterAbove(societyId);
    if (setter !== null) throw new NoticeTextSetAbove(setter.name);
    const fault = text === null ? null : textFault(key, text);
    if (fault !== null) throw new NoticeTextRefused(key, fault);
    if (text !== null) await this.samples.print(societyId, key, text);
    return this.commands.run(caller, { act: 'setNoticeText', body: typed }, async (tx, trail) => {
      const version = await this.store.nextVersion(tx, societyId, key);
      if (text === null && version === 1) throw new NoticeTextUnchanged();
      const id = this.ids.next();
      const by = { setBy: caller.actor.personId, setAt: now };
      await this.store.insert(tx, { id, societyId, key, version, text, validFrom, ...by });
      const what = text === null ? '改回上一级的说法' : '改用本社的说法';
      const words = `公示用语“${TEXTS[key].label}”从${dayWords(validFrom)}起${what}`;
      trail.on('notice-text', id, { after: { key, text, version, validFrom }, words });
      return { key, version, validFrom };
    });
  }
}
