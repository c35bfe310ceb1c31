import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import { breaksUnique, StaleSnapshot } from '../../platform/database/errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import { resolved } from '../domain/notice-texts.js';
import type { OwnTexts, TextKey } from '../domain/notice-texts.js';
import { inForce } from './texts-in-force.js';
import { NoticeText } from './notice-text.entity.js';

const ONE_VERSION = {
  name: 'uq_notice_texts_version',
  columns: 'notice_texts.society_id, notice_texts.text_key, notice_texts.version',
};

/** The rows of texts. */
@Injectable()
export class NoticeTextsStore {
  /** What a notice of this society says in words of its own on that day: read in the unit that drafts it. */
  async ownTexts(tx: Tx, societyId: string, on: Day): Promise<OwnTexts> {
    return resolved(await inForce((text, ...values) => tx.read(text, ...values), societyId, on)).own;
  }

  async ownTextsOf(tx: Tx, noticeId: string, on: Day): Promise<OwnTexts> {
    const [notice] = await tx.read<{ societyId: string }>`
      SELECT society_id AS "societyId" FROM notices WHERE id = ${noticeId}`;
    return notice ? this.ownTexts(tx, notice.societyId, on) : {};
  }

  async nextVersion(tx: Tx, societyId: string, key: TextKey): Promise<number> {
    const where = { societyId, key };
    const [last] = await tx.rows.find(NoticeText, { where, order: { version: 'DESC' }, take: 1 });
    return (last?.version ?? 0) + 1;
  }

  /** Somebody who sets the same version at this moment makes this unit begin again, and come after it. */
  async insert(tx: Tx, text: NoticeText): Promise<void> {
    try {
      await tx.insert(NoticeText, text);
    } catch (error) {
      throw breaksUnique(error, ONE_VERSION) ? new StaleSnapshot('The same version was set') : error;
    }
  }
}
