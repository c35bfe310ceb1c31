import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { societyOf } from '../../platform/web/caller.js';
import { SocietiesQueries } from '../../societies/index.js';
import { NoticeNotFound } from '../domain/notices.errors.js';
import { NoticesQueries } from '../notices.queries.js';
import type { Notice } from '../notices.queries.js';

/** Whose notices somebody may take down: those of the own society, and of every one below it. All others are not found. */
@Injectable()
export class IncidentsReach {
  constructor(
    private readonly queries: NoticesQueries,
    private readonly societies: SocietiesQueries,
  ) {}

  async notice(actor: Actor, noticeId: string): Promise<Notice> {
    return this.within(actor, await this.queries.findById(noticeId));
  }

  async byCode(actor: Actor, code: string): Promise<Notice> {
    return this.within(actor, await this.queries.findByCode(code));
  }

  private async within(actor: Actor, notice: Notice | null): Promise<Notice> {
    const own = societyOf(actor);
    for (let id = notice?.societyId ?? null; id !== null;) {
      if (id === own && notice) return notice;
      id = (await this.societies.society(id)).parentId;
    }
    throw new NoticeNotFound();
  }
}
