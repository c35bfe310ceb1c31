import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import { DutiesService } from '../../duties/index.js';
import type { Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { societyOf } from '../../platform/web/caller.js';
import { SocietiesQueries } from '../../societies/index.js';
import { CorrectionsService } from '../corrections/corrections.service.js';
import { namesSomebody } from '../domain/expiry.js';
import { CannotReissue, NotTakenDown } from '../domain/incident.errors.js';
import type { Kept, Worded } from '../domain/notice-words.js';
import { NoticeSubjects } from '../notice-subjects.js';
import { NoticesQueries } from '../notices.queries.js';
import type { Notice } from '../notices.queries.js';
import { NoticesService } from '../notices.service.js';
import { NoticesStore } from '../notices.store.js';

export type Reissue = {
  readonly noticeId: string;
  /** By the number of the case alone, whatever was agreed. */
  readonly numberOnly: boolean;
};

/** 重发: another notice of the same kind in the place of one that was taken down. Its period begins with its own posting. */
@Injectable()
export class ReissuesService {
  constructor(
    private readonly notices: NoticesService,
    private readonly store: NoticesStore,
    private readonly queries: NoticesQueries,
    private readonly subjects: NoticeSubjects,
    private readonly societies: SocietiesQueries,
    private readonly corrections: CorrectionsService,
    private readonly duties: DutiesService,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  /** Whoever asks is the author, and does not sign it. The objections to the old one stay with the old one. */
  async reissue(caller: Caller, asked: Reissue): Promise<{ noticeId: string }> {
    const { accountId, personId } = caller.actor;
    const old = await this.queries.notice(societyOf(caller.actor), asked.noticeId);
    const at = this.clock.now();
    const words = await this.wordsFor(old, asked.numberOnly);
    const { postWorkingDays } = await this.societies.charterOn(old.societyId, dayOf(at));
    return this.commands.run(caller, { act: 'reissueNotice', body: asked }, async (tx, trail) => {
      if (old.state !== 'SUSPENDED') throw new NotTakenDown();
      if (old.kind === 'CORRECTION') throw new CannotReissue('correction');
      if (await this.store.isSuperseded(tx, old, old.version)) throw new CannotReissue('replaced');
      const { societyId, subjectKind, subjectId, threadId } = old;
      const stands = (await this.subjects.of(subjectKind).stands?.(tx, subjectId, old.kind)) ?? true;
      if (!stands) throw new CannotReissue('undone');
      if (words === null) throw new CannotReissue('wordless');
      const drafted = await this.notices.draft(tx, {
        ...{ societyId, subjectKind, subjectId, threadId, author: { accountId, personId } },
        ...words,
        numberOnly: asked.numberOnly,
        earlier: { noticeId: old.id, relation: 'REISSUES' },
      });
      await this.corrections.markAlike(tx, drafted.noticeId, old.id);
      await this.corrections.owe(tx, { societyId, threadId, ...drafted }, postWorkingDays);
      await this.duties.settle(tx, { kind: 'REISSUE_NOTICE', subjectId: old.id, at, byPersonId: personId });
      const said = `重发公示${asked.numberOnly ? '，只写案号' : ''}`;
      trail.on('notice', drafted.noticeId, { threadId, after: drafted, words: said });
      return drafted;
    });
  }

  /**
   * What it says today, from the register. Where its matter cannot be worded anew and nobody stands in it, what it said: that
   * was checked when it was signed, and holds nobody's name to look for.
   */
  private async wordsFor(old: Notice, numberOnly: boolean): Promise<Worded | null> {
    const { kind, societyId, subjectKind, subjectId } = old;
    const fresh = await this.subjects.of(subjectKind).wordsNow?.(societyId, subjectId, { kind, numberOnly });
    if (fresh) return fresh;
    return namesSomebody(old) ? null : sameWords(old);
  }
}

const sameWords = ({ kind, words }: Kept): Worded =>
  ({ kind, words: { ...words, forbidden: [] } }) as unknown as Worded;
