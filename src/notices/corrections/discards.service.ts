import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import { DutiesService } from '../../duties/index.js';
import type { DutyKind } from '../../duties/index.js';
import type { Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import type { Tx } from '../../platform/database/transactions.js';
import { societyOf } from '../../platform/web/caller.js';
import { SocietiesQueries } from '../../societies/index.js';
import { DISCARD_WORDS, discardFault } from '../domain/discard.js';
import type { DiscardReason } from '../domain/discard.js';
import { DraftNotToDiscard } from '../domain/discard.errors.js';
import { NoticeElsewhere } from '../domain/notices.errors.js';
import { IncidentsService } from '../incidents/incidents.service.js';
import { NoticeSubjects } from '../notice-subjects.js';
import { NoticesQueries } from '../notices.queries.js';
import type { Notice, RelatedNotice } from '../notices.queries.js';
import { NoticesStore } from '../notices.store.js';

export type Discard = { readonly noticeId: string; readonly reason: DiscardReason };

export type Discarded = {
  readonly noticeId: string;
  /** What is owed again now; null where nothing is left to be published. */
  readonly owed: Extract<DutyKind, 'CORRECT_NOTICE' | 'REISSUE_NOTICE'> | null;
};

/** 收回: a draft of a correction, or of a notice in the place of one taken down, is given up before anybody signed it. */
@Injectable()
export class DiscardsService {
  constructor(
    private readonly store: NoticesStore,
    private readonly queries: NoticesQueries,
    private readonly incidents: IncidentsService,
    private readonly subjects: NoticeSubjects,
    private readonly societies: SocietiesQueries,
    private readonly duties: DutiesService,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  /** By whoever may draft it. What asked for it is owed again, from the day on which it was owed first: no time is won. */
  async discard(caller: Caller, asked: Discard): Promise<Discarded> {
    const { noticeId, reason } = asked;
    const notice = await this.queries.notice(societyOf(caller.actor), noticeId);
    const answered = await this.answeredBy(notice);
    const earlier = answered && (await this.queries.notice(notice.societyId, answered.noticeId));
    const at = this.clock.now();
    return this.commands.run(caller, { act: 'discardNotice', body: asked }, async (tx, trail) => {
      if (notice.state !== 'DRAFT') throw new NoticeElsewhere('discard', notice.state);
      const isOwedToObjection = await this.store.isOwedToObjection(tx, noticeId);
      const fault = discardFault({ ...draftOf(notice, answered), isOwedToObjection });
      if (fault !== null || earlier === null) throw new DraftNotToDiscard(fault ?? 'decision');
      await this.store.discardOne(tx, noticeId, at);
      await this.duties.cancel(tx, { subjectId: noticeId });
      const owed =
        notice.kind === 'CORRECTION'
          ? isOwedToObjection && (await this.oweCorrection(tx, earlier, notice.createdAt))
            ? ('CORRECT_NOTICE' as const)
            : null
          : (await this.oweReissue(tx, earlier))
            ? ('REISSUE_NOTICE' as const)
            : null;
      const words = `收回没签发的公示：${DISCARD_WORDS[reason]}`;
      trail.on('notice', noticeId, { threadId: notice.threadId, after: { reason, owed }, words });
      return { noticeId, owed };
    });
  }

  /** Whether the page offers it at all; what an objection asks for, the refusal explains. */
  async isDiscardable(notice: Notice): Promise<boolean> {
    if (notice.state !== 'DRAFT') return false;
    const draft = draftOf(notice, await this.answeredBy(notice));
    return discardFault({ ...draft, isOwedToObjection: draft.isCorrection && draft.changes === 0 }) === null;
  }

  /** The notice that it answers, or would answer once it is signed. */
  private async answeredBy({ id }: Notice): Promise<RelatedNotice | null> {
    return (await this.queries.relationsOf(id)).find(({ isLater }) => !isLater) ?? null;
  }

  /** What nobody may read any more needs no correction. What is owed already is owed once. */
  private async oweCorrection(tx: Tx, earlier: Notice, from: Date): Promise<boolean> {
    if (!(await this.store.isPublic(tx, earlier.id))) return false;
    const { id: subjectId, societyId, threadId } = earlier;
    const { postWorkingDays } = await this.societies.charterOn(societyId, dayOf(this.clock.now()));
    const duty = {
      kind: 'CORRECT_NOTICE',
      subjectId,
      rule: { unit: 'working-days', count: postWorkingDays, from },
    } as const;
    if (await this.duties.restart(tx, duty)) return true;
    await this.duties.open(tx, {
      ...duty,
      ...{ societyId, threadId, subjectKind: 'notice', ownerRole: 'secretary' },
    });
    return true;
  }

  private async oweReissue(tx: Tx, old: Notice): Promise<boolean> {
    const { subjectKind, subjectId, kind, suspendedAt } = old;
    const stands = (await this.subjects.of(subjectKind).stands?.(tx, subjectId, kind)) ?? true;
    return stands && suspendedAt !== null && this.incidents.oweReissue(tx, old, suspendedAt);
  }
}

function draftOf({ kind, words }: Notice, answered: RelatedNotice | null) {
  return {
    answers: answered?.relation ?? null,
    isCorrection: kind === 'CORRECTION',
    changes: 'changes' in words ? words.changes.length : 0,
  };
}
