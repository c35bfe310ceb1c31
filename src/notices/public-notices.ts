import { Injectable } from '@nestjs/common';
import { sightOf } from './domain/expiry.js';
import type { Sight } from './domain/expiry.js';
import { NoticeClosed } from './domain/incident.errors.js';
import { readCode } from './domain/notice-number.js';
import { NoticeNotFound } from './domain/notices.errors.js';
import { NoticesQueries } from './notices.queries.js';
import type { Issue, Notice } from './notices.queries.js';

export type PublicNoticeFound = {
  readonly notice: Notice;
  readonly issue: Issue;
  readonly sight: Sight;
};

/**
 * The one door of the public to a notice, by the code on its paper. What was taken down or has expired keeps its number and
 * its state; whoever hands out what it says, its paper, a picture or a photo, asks `open`.
 */
@Injectable()
export class PublicNotices {
  constructor(private readonly queries: NoticesQueries) {}

  async find(typed: string): Promise<PublicNoticeFound | null> {
    const code = readCode(typed);
    const notice = code === null ? null : await this.queries.findByCode(code);
    return notice?.issue ? { notice, issue: notice.issue, sight: sightOf(notice) } : null;
  }

  async get(typed: string): Promise<PublicNoticeFound> {
    const found = await this.find(typed);
    if (!found) throw new NoticeNotFound();
    return found;
  }

  /** Only where the public may still read it: else 410. */
  async open(typed: string): Promise<PublicNoticeFound> {
    const found = await this.get(typed);
    if (found.sight !== 'OPEN') throw new NoticeClosed(found.sight);
    return found;
  }
}
