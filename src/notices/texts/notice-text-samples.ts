import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { addDays, dayOf } from '../../kernel/day.js';
import { Calendar } from '../../platform/calendar/calendar.js';
import { SocietiesQueries } from '../../societies/index.js';
import { contentOf } from '../domain/notice-content.js';
import type { NoticeContent } from '../domain/notice-content.js';
import { plannedPeriodWords } from '../domain/notice-period.js';
import type { TextKey } from '../domain/notice-texts.js';
import { keptOf } from '../domain/notice-words.js';
import { sampleOf } from '../domain/text-sample.js';
import { NoticePapers } from '../notice-papers.js';
import { NoticeTextsQueries } from './notice-texts.queries.js';

/** A notice as it would read with a text: about nobody, with the name, office and phone of the house itself. */
@Injectable()
export class NoticeTextSamples {
  constructor(
    private readonly queries: NoticeTextsQueries,
    private readonly societies: SocietiesQueries,
    private readonly papers: NoticePapers,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  async html(societyId: string, key: TextKey, text: string): Promise<string> {
    return this.papers.html(await this.content(societyId, key, text));
  }

  /** Throws `MissingGlyph` where the fonts lack a character of it. */
  async print(societyId: string, key: TextKey, text: string): Promise<void> {
    await this.papers.printSample(await this.content(societyId, key, text), this.clock.now());
  }

  private async content(societyId: string, key: TextKey, text: string): Promise<NoticeContent> {
    const today = dayOf(this.clock.now());
    const { name: societyName } = await this.societies.society(societyId);
    const charter = await this.societies.charterOn(societyId, today);
    const { own } = await this.queries.inForce(societyId, today);
    const texts = { ...own, [key]: text };
    const sample = sampleOf(key, { societyName, charter, names: [] }, texts);
    const period = plannedPeriodWords(addDays(today, 1), sample.words, await this.calendar.load());
    const open = { version: 1, signedOn: null, code: '', verifyUrl: null, number: '（样稿，签发时编号）' };
    return contentOf(keptOf(sample), { ...open, period });
  }
}
