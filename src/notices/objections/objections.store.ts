import { Injectable } from '@nestjs/common';
import { addHours } from '../../kernel/day.js';
import { Ids } from '../../kernel/ids.js';
import { breaksUnique, StaleSnapshot } from '../../platform/database/errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import { MOST_BY_LINE_AN_HOUR } from '../domain/objection.js';
import type { ExtensionReason, Outcome } from '../domain/objection.js';
import {
  AlreadyExtended,
  FindingWaits,
  NotTogether,
  ObjectionMovedOn,
  ReplyHandedBefore,
} from '../domain/objection.errors.js';
import {
  ObjectionFinding,
  ObjectionHanding,
  ObjectionInquiry,
  ObjectionLetter,
  ObjectionLine,
  ObjectionRow,
} from './objection.entity.js';
import type { Inquirer } from './objections.queries.js';

const ONE_CODE = { name: 'uq_notice_objections_code', columns: 'notice_objections.code_hash' };
const ONE_LINE = { name: 'uq_objection_lines_line', columns: 'objection_lines.line_hash' };
const ONE_HANDING = { name: 'uq_objection_handings_one', columns: 'objection_handings.objection_id' };
const ONE_PROPOSAL = { name: 'uq_objection_findings_open', columns: 'objection_findings.open_key' };

/** The rows of objections. Each move names the state it starts from in its WHERE: of ten at once, one moves. */
@Injectable()
export class ObjectionsStore {
  constructor(private readonly ids: Ids) {}

  async insert(tx: Tx, objection: ObjectionRow): Promise<void> {
    try {
      await tx.insert(ObjectionRow, objection);
    } catch (error) {
      throw breaksUnique(error, ONE_CODE) ? new StaleSnapshot('Another objection has this code') : error;
    }
  }

  /** Counts one more from this line; false where so many have come from it within the hour. Whoever is long silent is forgotten. */
  async countLine(tx: Tx, lineHash: string, at: Date): Promise<boolean> {
    const hourAgo = addHours(at, -1);
    await tx.change`DELETE FROM objection_lines WHERE line_hash <> ${lineHash} AND since < ${addHours(at, -24)}`;
    const begun = await tx.change`
      UPDATE objection_lines SET sent = 1, since = ${at} WHERE line_hash = ${lineHash} AND since <= ${hourAgo}`;
    if (begun === 1) return true;
    const counted = await tx.change`
      UPDATE objection_lines SET sent = sent + 1
      WHERE line_hash = ${lineHash} AND since > ${hourAgo} AND sent < ${MOST_BY_LINE_AN_HOUR}`;
    if (counted === 1) return true;
    if ((await tx.rows.countBy(ObjectionLine, { lineHash })) > 0) return false;
    try {
      await tx.insert(ObjectionLine, { id: this.ids.next(), lineHash, sent: 1, since: at });
    } catch (error) {
      throw breaksUnique(error, ONE_LINE) ? new StaleSnapshot('Somebody else writes from this line') : error;
    }
    return true;
  }

  /** How many hold the notice up, as this unit sees it. */
  async openCount(tx: Tx, noticeId: string): Promise<number> {
    const [row] = await tx.read<{ count: number | string }>`
      SELECT open_objections AS "count" FROM notices WHERE id = ${noticeId}`;
    return Number(row?.count ?? 0);
  }

  async insertInquiry(tx: Tx, inquiry: ObjectionInquiry): Promise<void> {
    await tx.insert(ObjectionInquiry, inquiry);
  }

  /** Nobody looks into it yet, and it is an objection to this very notice. */
  async putInto(
    tx: Tx,
    { id: inquiryId, noticeId }: Pick<ObjectionInquiry, 'id' | 'noticeId'>,
    objectionId: string,
  ): Promise<void> {
    await tx.changeOne(() => new NotTogether())`
      UPDATE notice_objections SET inquiry_id = ${inquiryId}
      WHERE id = ${objectionId} AND notice_id = ${noticeId} AND state = 'OPEN' AND inquiry_id IS NULL`;
  }

  async extend(tx: Tx, inquiryId: string, reason: ExtensionReason, at: Date): Promise<void> {
    await tx.changeOne(() => new AlreadyExtended())`
      UPDATE objection_inquiries SET extended_for = ${reason}, extended_at = ${at}
      WHERE id = ${inquiryId} AND state = 'OPEN' AND extended_for IS NULL`;
  }

  /** Others name the two, as long as nobody is named. */
  async moveDesk(
    tx: Tx,
    objectionId: string,
    { from, to }: { readonly from: string; readonly to: string },
  ): Promise<void> {
    await tx.changeOne(() => new ObjectionMovedOn('已经安排人查'))`
      UPDATE notice_objections SET desk_society_id = ${to}
      WHERE id = ${objectionId} AND desk_society_id = ${from} AND state = 'OPEN' AND inquiry_id IS NULL`;
  }

  /** Others look into it from now on. */
  async reassign(
    tx: Tx,
    inquiryId: string,
    [one, other]: readonly [Inquirer, Inquirer],
    { assignedBy, at }: { readonly assignedBy: string; readonly at: Date },
  ): Promise<void> {
    await tx.changeOne(() => new ObjectionMovedOn('已经办结'))`
      UPDATE objection_inquiries
      SET one_society_id = ${one.societyId}, one_id = ${one.personId}, other_society_id = ${other.societyId},
          other_id = ${other.personId}, assigned_by = ${assignedBy}, assigned_at = ${at}
      WHERE id = ${inquiryId} AND state = 'OPEN'`;
  }

  /** The inquiry as this unit sees it, as long as nobody has ended it. */
  async openInquiry(tx: Tx, inquiryId: string): Promise<ObjectionInquiry> {
    const inquiry = await tx.rows.findOneBy(ObjectionInquiry, { id: inquiryId, state: 'OPEN' });
    if (!inquiry) throw new ObjectionMovedOn('已经办结');
    return inquiry;
  }

  /** Its objections that are not decided and not taken back. */
  openIn(tx: Tx, inquiryId: string): Promise<ObjectionRow[]> {
    return tx.rows.find(ObjectionRow, { where: { inquiryId, state: 'OPEN' }, order: { id: 'ASC' } });
  }

  async propose(tx: Tx, finding: ObjectionFinding): Promise<void> {
    try {
      await tx.insert(ObjectionFinding, finding);
    } catch (error) {
      throw breaksUnique(error, ONE_PROPOSAL) ? new FindingWaits() : error;
    }
  }

  /** By another hand than the one that proposed it. */
  async answer(
    tx: Tx,
    findingId: string,
    {
      by,
      at,
      refusalSealed,
    }: { readonly by: string; readonly at: Date; readonly refusalSealed: string | null },
  ): Promise<void> {
    const state = refusalSealed === null ? 'CONFIRMED' : 'REFUSED';
    await tx.changeOne(() => new ObjectionMovedOn('结论已经有人答复'))`
      UPDATE objection_findings
      SET state = ${state}, answered_by = ${by}, answered_at = ${at}, refusal_sealed = ${refusalSealed}, open_key = NULL
      WHERE id = ${findingId} AND state = 'PROPOSED' AND proposed_by <> ${by}`;
  }

  async endInquiry(
    tx: Tx,
    inquiryId: string,
    state: 'DECIDED' | 'DROPPED',
    at: Date,
    correctionId: string | null,
  ): Promise<void> {
    await tx.changeOne(() => new ObjectionMovedOn('已经办结'))`
      UPDATE objection_inquiries SET state = ${state}, ended_at = ${at}, correction_id = ${correctionId}
      WHERE id = ${inquiryId} AND state = 'OPEN'`;
  }

  async decide(tx: Tx, objectionId: string, outcome: Outcome, at: Date): Promise<void> {
    await tx.changeOne(() => new ObjectionMovedOn('已经办结'))`
      UPDATE notice_objections SET state = 'DECIDED', outcome = ${outcome}, ended_at = ${at}
      WHERE id = ${objectionId} AND state = 'OPEN'`;
  }

  /** By whoever has its code. */
  async withdraw(tx: Tx, objectionId: string, at: Date): Promise<void> {
    await tx.changeOne(() => new ObjectionMovedOn('已经办结'))`
      UPDATE notice_objections SET state = 'WITHDRAWN', ended_at = ${at}
      WHERE id = ${objectionId} AND state = 'OPEN' AND how = 'QR'`;
  }

  /** A note that takes it back; a clearer photo takes the place of the one before. */
  async handIn(
    tx: Tx,
    objectionId: string,
    { fileId, by }: { readonly fileId: string; readonly by: string | null },
  ): Promise<void> {
    await tx.changeOne(() => new ObjectionMovedOn('已经办结'))`
      UPDATE notice_objections SET withdrawal_file_id = ${fileId}, withdrawal_by = ${by}
      WHERE id = ${objectionId} AND state = 'OPEN'`;
  }

  /** By another hand than the one that took the note in. */
  async confirmWithdrawal(
    tx: Tx,
    objectionId: string,
    { by, at }: { readonly by: string; readonly at: Date },
  ): Promise<void> {
    await tx.changeOne(() => new ObjectionMovedOn('已经办结'))`
      UPDATE notice_objections SET state = 'WITHDRAWN', ended_at = ${at}, withdrawn_by = ${by}
      WHERE id = ${objectionId} AND state = 'OPEN' AND withdrawal_by <> ${by}`;
  }

  /** One more of this inquiry was taken back. True when it was the last: of two at once, the later one sees both. */
  async takeBackFrom(tx: Tx, inquiryId: string): Promise<boolean> {
    await tx.changeOne(() => new ObjectionMovedOn('已经办结'))`
      UPDATE objection_inquiries SET taken_back = taken_back + 1 WHERE id = ${inquiryId} AND state = 'OPEN'`;
    const [row] = await tx.read<{ back: number | string; all: number | string }>`
      SELECT q.taken_back AS "back", (SELECT COUNT(*) FROM notice_objections o WHERE o.inquiry_id = q.id) AS "all"
      FROM objection_inquiries q WHERE q.id = ${inquiryId}`;
    return Number(row?.back ?? 0) === Number(row?.all ?? 0);
  }

  /** The correction that says already that the matter of this notice is decided anew; null where none does. */
  async redecidedBy(tx: Tx, noticeId: string): Promise<string | null> {
    const [row] = await tx.read<{ id: string }>`
      SELECT q.correction_id AS "id" FROM objection_inquiries q
      JOIN objection_findings f ON f.inquiry_id = q.id AND f.state = 'CONFIRMED'
      WHERE q.notice_id = ${noticeId} AND q.state = 'DECIDED' AND f.outcome = 'UPHELD_REDECIDE'
        AND q.correction_id IS NOT NULL
      ORDER BY q.ended_at LIMIT 1`;
    return row?.id ?? null;
  }

  async insertHanding(tx: Tx, handing: ObjectionHanding): Promise<void> {
    try {
      await tx.insert(ObjectionHanding, handing);
    } catch (error) {
      throw breaksUnique(error, ONE_HANDING) ? new ReplyHandedBefore() : error;
    }
  }

  async insertLetter(tx: Tx, letter: ObjectionLetter): Promise<void> {
    await tx.insert(ObjectionLetter, letter);
  }
}
