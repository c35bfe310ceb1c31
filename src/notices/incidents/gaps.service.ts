import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import { DutiesService } from '../../duties/index.js';
import type { Caller } from '../../kernel/actor.js';
import { dayShort } from '../../kernel/chinese/words.js';
import { Clock } from '../../kernel/clock.js';
import { addDays, daysBetween, startOfDay } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { Ids } from '../../kernel/ids.js';
import { Calendar } from '../../platform/calendar/calendar.js';
import { Files } from '../../platform/files/files.js';
import { societyOf } from '../../platform/web/caller.js';
import { daysLost, gapFault, GAP_WORDS } from '../domain/gap.js';
import type { GapReason } from '../domain/gap.js';
import { GapWrong, NoPeriodRuns } from '../domain/incident.errors.js';
import { periodAgain } from '../domain/notice-period.js';
import { PhotoNeeded } from '../domain/notices.errors.js';
import { NoticesQueries } from '../notices.queries.js';
import { NoticesStore } from '../notices.store.js';
import { IncidentsStore } from './incidents.store.js';

export type GapAsked = {
  readonly noticeId: string;
  readonly goneAt: Date;
  readonly upAt: Date;
  readonly reason: GapReason;
  /** Of the paper that hangs again. */
  readonly photo: Buffer | null;
};

export type GapAnswer = { readonly days: number; readonly lastDay: Day };

/** 公示中断: the paper was gone from its wall. What the village lost of the period is added to it (domain.md 2.3). */
@Injectable()
export class GapsService {
  constructor(
    private readonly store: IncidentsStore,
    private readonly notices: NoticesStore,
    private readonly queries: NoticesQueries,
    private readonly duties: DutiesService,
    private readonly calendar: Calendar,
    private readonly commands: Commands,
    private readonly files: Files,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async recordGap(caller: Caller, asked: GapAsked): Promise<GapAnswer> {
    const { noticeId, goneAt, upAt, reason } = asked;
    const { actor } = caller;
    const notice = await this.queries.notice(societyOf(actor), noticeId);
    if (!asked.photo) throw new PhotoNeeded();
    const photo = await this.files.prepareImage(asked.photo);
    const now = this.clock.now();
    const calendar = await this.calendar.load();
    const body = { noticeId, goneAt, upAt, reason, photo: photo.sha256 };
    return this.commands.run(caller, { act: 'recordGap', body }, async (tx, trail) => {
      const { state, postedAt, firstDay, endsAt, extendedDays, words, societyId, threadId } = notice;
      if (state !== 'RUNNING' || !postedAt || !firstDay || !endsAt) throw new NoPeriodRuns();
      const days = daysLost(asked, { firstDay, endsAt });
      const period = periodAgain(firstDay, words, calendar, extendedDays + days);
      await this.notices.extend(tx, notice, days, period);
      const earlier = await this.store.gapsOf(tx, noticeId);
      const fault = gapFault(asked, { postedAt }, earlier, now);
      if (fault) throw new GapWrong(fault);
      const by = { recordedBy: actor.personId, recordedAt: now };
      const gap = { id: this.ids.next(), noticeId, place: earlier.length + 1, goneAt, upAt, reason, days };
      await this.store.insertGap(tx, { ...gap, ...by });
      const fileId = await this.files.attach(tx, photo, { societyId, purpose: 'posting-photo', by: actor });
      const shown = { noticeId, moment: 'POSTING', fileId, handedInBy: actor.personId } as const;
      await this.notices.insertPhoto(tx, { id: this.ids.next(), ...shown, handedInAt: now });
      if (days > 0) await this.duties.restart(tx, endOf(noticeId, firstDay, period.lastDay));
      const longer = days > 0 ? `，公示期延长 ${days} 天，到${dayShort(period.lastDay)}` : '';
      const said = `公示单${GAP_WORDS[reason]}后重新贴好${longer}`;
      trail.on('notice', noticeId, { threadId, after: { goneAt, upAt, days }, words: said });
      return { days, lastDay: period.lastDay };
    });
  }
}

/** The clock of the period, set to its last day as it is now. */
function endOf(subjectId: string, firstDay: Day, lastDay: Day) {
  const before = addDays(firstDay, -1);
  const rule = {
    unit: 'natural-days',
    count: daysBetween(before, lastDay),
    from: startOfDay(before),
  } as const;
  return { kind: 'END_NOTICE', subjectId, rule } as const;
}
