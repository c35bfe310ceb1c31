import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import { DutiesService } from '../../duties/index.js';
import { instantOf, Reads } from '../../platform/database/reads.js';
import { ASSIGN_DAYS } from '../domain/objection.js';
import { ObjectionMovedOn } from '../domain/objection.errors.js';
import { NoticesQueries } from '../notices.queries.js';
import { ObjectionDesk } from './objection-desk.js';
import { ObjectionsStore } from './objections.store.js';

type Waiting = {
  readonly id: string;
  readonly societyId: string;
  readonly noticeId: string;
  readonly deskSocietyId: string;
  readonly receivedAt: Date | string;
  readonly ownerRole: string;
};

/**
 * Offices change hands while an objection waits for the two to be named: it goes to the home page of whoever names them
 * today, of the society or of the union above it. The day by which it is owed stays.
 */
@Injectable()
export class DeskMovesService {
  constructor(
    private readonly commands: Commands,
    private readonly reads: Reads,
    private readonly store: ObjectionsStore,
    private readonly desk: ObjectionDesk,
    private readonly notices: NoticesQueries,
    private readonly duties: DutiesService,
  ) {}

  async moveDue(): Promise<{ moved: number }> {
    const waiting = await this.reads.all<Waiting>`
      SELECT o.id AS "id", o.society_id AS "societyId", o.notice_id AS "noticeId",
             o.desk_society_id AS "deskSocietyId", o.received_at AS "receivedAt", d.owner_role AS "ownerRole"
      FROM notice_objections o JOIN duties d ON d.open_key = 'ASSIGN_OBJECTION:' || o.id
      WHERE o.state = 'OPEN' AND o.inquiry_id IS NULL ORDER BY o.id`;
    let moved = 0;
    for (const each of waiting) if (await this.move(each)) moved++;
    return { moved };
  }

  /** Where nobody is free anywhere it stays, and runs out. */
  private async move({ id, noticeId, ...waiting }: Waiting): Promise<boolean> {
    const notice = await this.notices.notice(waiting.societyId, noticeId);
    const { societyId, role, personIds } = await this.desk.assigners(notice);
    const isThere = societyId === waiting.deskSocietyId && role === waiting.ownerRole;
    if (personIds.length === 0 || isThere) return false;
    const duty = { kind: 'ASSIGN_OBJECTION', subjectId: id } as const;
    try {
      await this.commands.timer('moveObjection', async (tx, trail) => {
        await this.store.moveDesk(tx, id, { from: waiting.deskSocietyId, to: societyId });
        await this.duties.cancel(tx, duty);
        await this.duties.open(tx, {
          ...{ ...duty, societyId, ownerRole: role, subjectKind: 'objection', threadId: noticeId },
          rule: { unit: 'working-days', count: ASSIGN_DAYS, from: instantOf(waiting.receivedAt) },
        });
        const words = '安排人查的人换了，转给现在能安排的人';
        trail.on('objection', id, { threadId: notice.threadId, after: { societyId, role }, words });
      });
      return true;
    } catch (error) {
      if (error instanceof ObjectionMovedOn) return false; // somebody was named meanwhile
      throw error;
    }
  }
}
