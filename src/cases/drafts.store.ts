import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transactions.js';
import { Files } from '../platform/files/files.js';
import { CaseDraft, CaseFile } from './case-parts.entity.js';
import { CaseSeals } from './case.seals.js';
import { DraftNotFound } from './domain/case.errors.js';
import type { CasePhoto, DraftContent } from './domain/draft.js';

export type DraftOwner = { readonly societyId: string; readonly accountId: string };
export type DraftTimes = { readonly savedAt: Date; readonly expiresAt: Date };

@Injectable()
export class DraftsStore {
  constructor(
    private readonly seals: CaseSeals,
    private readonly files: Files,
  ) {}

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

  /** With its photos, which nobody would find again. */
  async removeExpired(tx: Tx, id: string, now: Date): Promise<void> {
    const row = await tx.rows.findOneBy(CaseDraft, { id });
    await tx.changeOne(() => new DraftNotFound())`
      DELETE FROM case_drafts WHERE id = ${id} AND expires_at <= ${now}`;
    if (row) await this.blank(tx, this.seals.openDraft(id, row.contentSealed).photos);
  }

  /** Empties photos that a draft drops; one that a case uses stays. */
  async blank(tx: Tx, photos: readonly CasePhoto[]): Promise<void> {
    for (const { fileId } of photos)
      if ((await tx.rows.countBy(CaseFile, { fileId })) === 0) await this.files.blank(tx, fileId);
  }
}
