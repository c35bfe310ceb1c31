import { Controller, Get, Header, Param, Render } from '@nestjs/common';
import { dayWords } from '../../kernel/chinese/words.js';
import { dayOf } from '../../kernel/day.js';
import { sightOf } from '../domain/expiry.js';
import { NotCorrected } from '../domain/correction.errors.js';
import { KIND_WORDS } from '../domain/notice-words.js';
import { NoticePapers } from '../notice-papers.js';
import { NoticesQueries } from '../notices.queries.js';
import type { Issue } from '../notices.queries.js';
import { PublicNotices } from '../public-notices.js';
import { changesTable } from './corrections.views.js';
import type { ComparedVersion, VersionsView } from './corrections.views.js';

/** 两版对照: a notice beside the corrections that answer it, for everybody. */
@Controller('n')
export class VersionsPages {
  constructor(
    private readonly notices: PublicNotices,
    private readonly queries: NoticesQueries,
    private readonly papers: NoticePapers,
  ) {}

  @Get(':code/versions')
  @Header('x-robots-tag', 'noindex, noarchive')
  @Render('notice-corrections/versions')
  async compare(@Param('code') code: string): Promise<VersionsView> {
    const { notice, issue } = await this.notices.open(code);
    const corrections = await this.correctionsOf(notice.id);
    if (corrections.length === 0) throw new NotCorrected();
    return {
      title: '两版对照',
      number: `${KIND_WORDS[notice.kind]} ${issue.number}`,
      href: `/n/${issue.code}`,
      signed: dayWords(dayOf(issue.signedAt)),
      html: this.papers.html(issue.content),
      corrections,
      links: [{ words: `回到公示 ${issue.number}`, href: `/n/${issue.code}` }],
    };
  }

  /** Those that the public may still read. */
  private async correctionsOf(noticeId: string): Promise<ComparedVersion[]> {
    const found: ComparedVersion[] = [];
    for (const { relation, isLater, code } of await this.queries.relationsOf(noticeId)) {
      if (relation !== 'CORRECTS' || !isLater) continue;
      const later = await this.queries.findByCode(code);
      if (later?.issue && sightOf(later) === 'OPEN') found.push(this.versionOf(later.issue));
    }
    return found;
  }

  private versionOf({ number, code, signedAt, content }: Issue): ComparedVersion {
    const changes = content.kind === 'CORRECTION' ? content.changes : [];
    return {
      ...{ number, href: `/n/${code}`, signed: dayWords(dayOf(signedAt)) },
      changes: changesTable(changes, '这件事要重新决定，原来的公示不作数；新的决定另行公示。'),
      html: this.papers.html(content),
    };
  }
}
