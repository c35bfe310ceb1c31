import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import { DutiesService } from '../../duties/index.js';
import { instantOf, Reads } from '../../platform/database/reads.js';
import { Config } from '../../platform/config.js';
import { lastEndExpired } from '../domain/expiry.js';
import { NoticeJustMoved } from '../domain/notices.errors.js';
import { NoticesStore } from '../notices.store.js';

type Expired = { readonly id: string; readonly threadId: string; readonly endedAt: Date | string };

/** So many at a time: the next tick takes the rest. */
const MOST_AT_ONCE = 500;

/** What a notice says of a person is public for its time and some days after, and then no more (PIPL art. 19). */
@Injectable()
export class ExpiriesService {
  constructor(
    private readonly reads: Reads,
    private readonly store: NoticesStore,
    private readonly duties: DutiesService,
    private readonly commands: Commands,
    private readonly config: Config,
  ) {}

  /** The timer calls it. Each is withdrawn for itself, so that two programs that wake at once do it once. */
  async withdrawDue(now: Date): Promise<{ withdrawn: number }> {
    const until = lastEndExpired(now, this.config.noticeOnlineDays);
    const due = await this.reads.all<Expired>`
      SELECT id AS "id", thread_id AS "threadId", ended_at AS "endedAt" FROM notices
      WHERE withdrawn_at IS NULL AND names_somebody = 1 AND ended_at <= ${until}
        AND state IN ('ENDED', 'ARCHIVED') ORDER BY ended_at, id LIMIT ${MOST_AT_ONCE}`;
    let withdrawn = 0;
    for (const { id, threadId, endedAt } of due) {
      try {
        await this.commands.timer('withdrawNotice', async (tx, trail) => {
          await this.store.withdraw(tx, id, now);
          await this.duties.cancel(tx, { kind: 'CORRECT_NOTICE', subjectId: id }); // it would be read once more
          const after = { endedAt: instantOf(endedAt), withdrawnAt: now };
          trail.on('notice', id, { threadId, after, words: '公示内容到期撤下' });
        });
        withdrawn++;
      } catch (error) {
        if (!(error instanceof NoticeJustMoved)) throw error; // another program was first
      }
    }
    return { withdrawn };
  }
}
