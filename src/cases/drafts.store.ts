import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transactions.js';
import { CaseDraft } from './case-parts.entity.js';
import { CaseSeals } from './case.seals.js';
import { DraftNotFound } from './domain/case.errors.js';
import type { DraftContent } from './domain/draft.js';

export type DraftOwner = { readonly societyId: string; readonly accountId: string };
export type DraftTimes = { readonly savedAt: Date; readonly expiresAt: Date };

@Injectable()
export class DraftsStore {
  constructor(private readonly seals: CaseSeals) {}

  async insert(
    tx: Tx,
    id: string,
    owner: DraftOwner,
    content: DraftContent,
    times: DraftTimes,
  ): Promise<void> {
    await tx.insert(CaseDraft, { id, ...owner, ...times, contentSealed: this.seals.sealDraft(id, content) });
  }

  /** A draft of this account that is not too old: nobody opens another's. */
  async get(tx: Tx, id: string, owner: DraftOwner, now: Date): Promise<DraftContent> {
    const row = await tx.rows.findOneBy(CaseDraft, { id, ...owner });
    if (!row || row.expiresAt <= now) throw new DraftNotFound();
    return this.seals.openDraft(id, row.contentSealed);
  }

  async update(
    tx: Tx,
    id: string,
    owner: DraftOwner,
    content: DraftContent,
    times: DraftTimes,
  ): Promise<void> {
    await tx.changeOne(() => new DraftNotFound())`
      UPDATE case_drafts
      SET content_sealed = ${this.seals.sealDraft(id, content)}, saved_at = ${times.savedAt},
          expires_at = ${times.expiresAt}
      WHERE id = ${id} AND account_id = ${owner.accountId} AND society_id = ${owner.societyId}`;
  }

  async remove(tx: Tx, id: string, owner: DraftOwner): Promise<void> {
    await tx.change`DELETE FROM case_drafts WHERE id = ${id} AND account_id = ${owner.accountId}`;
  }

  async removeExpired(tx: Tx, id: string, now: Date): Promise<void> {
    await tx.changeOne(() => new DraftNotFound())`
      DELETE FROM case_drafts WHERE id = ${id} AND expires_at <= ${now}`;
  }
}
