import { Injectable } from '@nestjs/common';
import { hashOf } from '../../platform/crypto/hash.js';
import { NumberGaps } from '../../platform/database/number-gaps.js';
import type { Numbered } from '../../platform/database/number-gaps.js';
import { Reads } from '../../platform/database/reads.js';
import { Verifier } from '../../platform/verify.js';
import type { Finding } from '../../platform/verify.js';
import { OBJECTION_SERIES } from '../domain/objection.js';
import { ObjectionSeals } from './objections.seals.js';

type Sum = number | string;
type Row = { readonly id: string };
type LetterRow = Row & { readonly sealed: string; readonly hash: string; readonly kind: string };

const NUMBERS: Numbered = {
  series: OBJECTION_SERIES,
  table: 'notice_objections',
  scope: 'society_id',
  year: 'year',
  number: 'serial',
  what: '异议',
  kind: 'objection number gap',
  subjectOf: (societyId) => `organisations/${societyId}`,
};

const BATCH = 200;

/** Whether each notice waits for just the objections that are open, and whether each answer has its two hands. */
@Injectable()
export class ObjectionsVerifier extends Verifier {
  constructor(
    private readonly reads: Reads,
    private readonly gaps: NumberGaps,
    private readonly seals: ObjectionSeals,
  ) {
    super();
  }

  override async check(): Promise<Finding[]> {
    return [
      ...(await this.counters()),
      ...(await this.answers()),
      ...(await this.gaps.find(NUMBERS)),
      ...(await this.letters()),
    ];
  }

  /** The counter of a notice is the count of its rows; what has ended waits for none. */
  private async counters(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; kept: Sum; found: Sum; state: string }>`
      SELECT n.id AS "id", n.state AS "state", MAX(n.open_objections) AS "kept", COUNT(o.id) AS "found"
      FROM notices n
      LEFT JOIN notice_objections o ON o.notice_id = n.id AND o.state = 'OPEN' AND o.in_time = 1
      GROUP BY n.id, n.state
      HAVING MAX(n.open_objections) <> COUNT(o.id)
          OR (n.state IN ('DRAFT', 'DISCARDED', 'ENDED', 'ARCHIVED') AND COUNT(o.id) > 0)`;
    return rows.map(({ id, kept, found }) => ({
      kind: 'notice objections',
      subject: `notices/${id}`,
      words: `公示记着 ${String(kept)} 件没有答复的异议，实际有 ${String(found)} 件`,
    }));
  }

  private async answers(): Promise<Finding[]> {
    const faults = await Promise.all([
      this.reads.all<Row>`
        SELECT o.id AS "id" FROM notice_objections o
        LEFT JOIN objection_inquiries q ON q.id = o.inquiry_id
        LEFT JOIN objection_findings f ON f.inquiry_id = q.id AND f.state = 'CONFIRMED'
        WHERE o.state = 'DECIDED' AND (q.id IS NULL OR q.state <> 'DECIDED' OR f.id IS NULL OR f.outcome <> o.outcome
          OR f.proposed_by = f.answered_by OR f.proposed_by NOT IN (q.one_id, q.other_id)
          OR f.answered_by NOT IN (q.one_id, q.other_id))`,
      this.reads.all<Row>`
        SELECT o.id AS "id" FROM notice_objections o JOIN objection_inquiries q ON q.id = o.inquiry_id
        WHERE o.notice_id <> q.notice_id OR (o.state = 'OPEN' AND q.state <> 'OPEN')`,
      this.reads.all<Row>`
        SELECT o.id AS "id" FROM notice_objections o JOIN objection_inquiries q ON q.id = o.inquiry_id
        WHERE o.outcome IN ('UPHELD_TEXT', 'UPHELD_REDECIDE') AND NOT EXISTS (
          SELECT 1 FROM notice_links l
          JOIN notices e ON e.id = l.earlier_id JOIN notices n ON n.id = o.notice_id
          WHERE l.notice_id = q.correction_id AND l.relation IN ('CORRECTS', 'REISSUES')
            AND e.subject_kind = n.subject_kind AND e.subject_id = n.subject_id)`,
      this.reads.all<Row>`
        SELECT o.id AS "id" FROM notice_objections o
        WHERE o.state = 'DECIDED' AND (o.name_sealed IS NOT NULL) <> (EXISTS (
          SELECT 1 FROM objection_letters l WHERE l.objection_id = o.id AND l.kind = 'REPLY'))`,
      this.reads.all<Row>`
        SELECT o.id AS "id" FROM notice_objections o
        LEFT JOIN objection_handings h ON h.objection_id = o.id
        LEFT JOIN duties d ON d.open_key = 'HAND_REPLY:' || o.id
        WHERE (CASE WHEN o.state = 'DECIDED' AND o.name_sealed IS NOT NULL THEN 1 ELSE 0 END)
           <> (CASE WHEN h.id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN d.id IS NULL THEN 0 ELSE 1 END)`,
      this.reads.all<Row>`
        SELECT o.id AS "id" FROM notice_objections o
        WHERE o.state = 'OPEN' AND NOT EXISTS (
          SELECT 1 FROM duties d WHERE d.open_key = CASE WHEN o.inquiry_id IS NULL
            THEN 'ASSIGN_OBJECTION:' || o.id ELSE 'ANSWER_OBJECTION:' || o.inquiry_id END)`,
    ]);
    const words = [
      '已经答复，却没有两个人的结论',
      '没有办结，查它的却已经结束或者不是一张公示',
      '成立了，却没有更正公告',
      '实名的没有书面答复，或者匿名的有',
      '书面答复没有交，也没有人欠着；或者交过了还欠着',
      '没有办结，却没有人欠着',
    ];
    return faults.flatMap((rows, i) =>
      rows.map(({ id }) => ({
        kind: 'objection answer',
        subject: `notice_objections/${id}`,
        words: words[i] ?? '',
      })),
    );
  }

  /** Whether every letter still says what it said when it was written. */
  private async letters(): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (let after = '', batch = await this.batch(after); batch.length > 0; batch = await this.batch(after)) {
      for (const { id, sealed, hash, kind } of batch) {
        const content = this.seals.openLetter(id, sealed);
        if (hashOf(content) !== hash || content.kind !== kind) findings.push(changed(id));
      }
      after = batch.at(-1)?.id ?? '';
    }
    return findings;
  }

  private batch(after: string): Promise<LetterRow[]> {
    return this.reads.all<LetterRow>`
      SELECT id AS "id", content_sealed AS "sealed", content_hash AS "hash", kind AS "kind"
      FROM objection_letters WHERE id > ${after} ORDER BY id LIMIT ${BATCH}`;
  }
}

const changed = (id: string): Finding => ({
  kind: 'letter content',
  subject: `objection_letters/${id}`,
  words: '文书的内容和写下时的内容哈希不一致',
});
