import { Injectable } from '@nestjs/common';
import { SealQueries } from '../audit/index.js';
import { hashOf } from '../platform/crypto/hash.js';
import { NumberGaps } from '../platform/database/number-gaps.js';
import type { Numbered } from '../platform/database/number-gaps.js';
import { Reads } from '../platform/database/reads.js';
import { Verifier } from '../platform/verify.js';
import type { Finding } from '../platform/verify.js';
import { NOTICE_SERIES } from './domain/notice-number.js';
import { NoticePapers } from './notice-papers.js';
import { NoticesQueries } from './notices.queries.js';
import type { NoticeLine } from './notices.queries.js';

const NUMBERS: Numbered = {
  series: NOTICE_SERIES,
  table: 'notice_issues',
  scope: 'society_id',
  year: 'year',
  number: 'serial',
  what: '公示',
  kind: 'notice number gap',
  subjectOf: (societyId) => `organisations/${societyId}`,
};

/** Whether what was published is still what was signed, and whether each state has its facts. */
@Injectable()
export class NoticesVerifier extends Verifier {
  constructor(
    private readonly reads: Reads,
    private readonly gaps: NumberGaps,
    private readonly queries: NoticesQueries,
    private readonly papers: NoticePapers,
    private readonly seals: SealQueries,
  ) {
    super();
  }

  override async check(): Promise<Finding[]> {
    return [...(await this.contents()), ...(await this.states()), ...(await this.gaps.find(NUMBERS))];
  }

  /** Content, its hash, the columns beside it and the paper: all four say the same. */
  private async contents(): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (let after = '', batch = await this.queries.signed(after); batch.length > 0;) {
      for (const notice of batch) findings.push(...(await this.contentOf(notice)));
      after = batch.at(-1)?.id ?? '';
      batch = await this.queries.signed(after);
    }
    return findings;
  }

  private async contentOf({ id, issue }: NoticeLine): Promise<Finding[]> {
    if (!issue) return [];
    const finding = (words: string): Finding => ({ kind: 'notice content', subject: `notices/${id}`, words });
    const { content, contentHash, number, code } = issue;
    if (hashOf(content) !== contentHash) return [finding(`公示 ${number} 的内容和签发时的内容哈希不一致`)];
    if (content.number !== number || content.code !== code)
      return [finding(`公示 ${number} 的文号或校验码和签发的内容不一致`)];
    if (content.seal !== undefined && !(await this.seals.holds(content.seal)))
      return [finding(`公示 ${number} 上印的封存号 ${content.seal} 不在封存记录里：以前的记录被改写过`)];
    if ((await this.papers.findPdf(issue)) === null)
      return [finding(`公示 ${number} 的 PDF 和签发时的 SHA-256 不一致`)];
    return [];
  }

  private async states(): Promise<Finding[]> {
    const faults = await Promise.all([
      this.reads.all<{ id: string }>`
        SELECT n.id AS "id" FROM notices n LEFT JOIN notice_issues i ON i.notice_id = n.id
        WHERE (n.state IN ('DRAFT', 'DISCARDED')) <> (i.id IS NULL)`,
      this.reads.all<{ id: string }>`
        SELECT n.id AS "id" FROM notices n LEFT JOIN notice_postings p ON p.notice_id = n.id
        WHERE (n.state <> 'SUSPENDED' AND (n.state IN ('DRAFT', 'DISCARDED', 'SIGNED')) <> (p.id IS NULL))
           OR p.posted_at <> n.posted_at`,
      this.reads.all<{ id: string }>`
        SELECT n.id AS "id" FROM notices n WHERE n.state IN ('RUNNING', 'ENDED', 'ARCHIVED')
        AND NOT EXISTS (SELECT 1 FROM notice_photos f WHERE f.notice_id = n.id AND f.moment = 'POSTING')`,
      this.reads.all<{ id: string }>`
        SELECT n.id AS "id" FROM notices n WHERE n.ended_at < n.ends_at`,
      this.reads.all<{ id: string }>`
        SELECT n.id AS "id" FROM notices n WHERE n.ends_at <> n.last_day || ' 16:00:00.000'`,
      this.reads.all<{ id: string }>`
        SELECT n.id AS "id" FROM notices n WHERE n.state = 'ARCHIVED'
        AND NOT EXISTS (SELECT 1 FROM notice_photos f WHERE f.notice_id = n.id AND f.moment = 'END')`,
    ]);
    const words = [
      '签发的状态和签发记录不一致',
      '张贴的状态和张贴记录不一致',
      '公示期已经开始，却没有张贴照片',
      '公示期没满就结束了',
      '期满的时刻不是最后一天的结束（北京时间）',
      '已经归档，却没有期满照片',
    ];
    return faults.flatMap((rows, i) =>
      rows.map(({ id }) => ({ kind: 'notice state', subject: `notices/${id}`, words: words[i] ?? '' })),
    );
  }
}
