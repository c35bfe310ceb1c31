import { Injectable } from '@nestjs/common';
import { Not } from 'typeorm';
import { DUTY_WORDS } from '../duties/index.js';
import type { DutyKind } from '../duties/index.js';
import { dayOf, yearOf } from '../kernel/day.js';
import { ERASED } from '../people/index.js';
import type { Whom } from '../people/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { Files } from '../platform/files/files.js';
import type { CaseRow } from './case.entity.js';
import { CaseDraft, CaseFile, CasePaper } from './case-parts.entity.js';
import { CaseSeals } from './case.seals.js';
import { OverrideRow } from './overrides.entity.js';

/** Empties what a case says of somebody's health and need; what was decided, and on which papers it was paid, stays. */
@Injectable()
export class HeldCaseStore {
  constructor(
    private readonly seals: CaseSeals,
    private readonly files: Files,
  ) {}

  /** What is still open about a case that is done, in words that follow 还. */
  async owedOf(tx: Tx, caseId: string): Promise<string[]> {
    const duties = await tx.read<{ kind: DutyKind }>`
      SELECT kind AS "kind" FROM duties WHERE thread_id = ${caseId} AND open_key IS NOT NULL ORDER BY due_at, id`;
    const [revocation] = await tx.read<{ id: string }>`
      SELECT id AS "id" FROM case_revocations WHERE case_id = ${caseId} AND state = 'OPEN' LIMIT 1`;
    const [handover] = await tx.read<{ id: string }>`
      SELECT id AS "id" FROM case_handovers WHERE case_id = ${caseId} AND state = 'OPEN' LIMIT 1`;
    return [
      ...duties.map(({ kind }) => `有事没办：${DUTY_WORDS[kind].label}`),
      ...(revocation ? ['在请理事会决定要不要撤销'] : []),
      ...(handover ? ['在等转办的答复'] : []),
    ];
  }

  /** A rule that the town lifted is lifted for its year. */
  async waitsForTown(tx: Tx, { societyId, personId }: Whom, now: Date): Promise<boolean> {
    const [row] = await tx.read<{ id: string }>`
      SELECT id AS "id" FROM case_overrides
      WHERE society_id = ${societyId} AND person_id = ${personId}
        AND (state = 'ASKED' OR (state = 'GRANTED' AND year >= ${yearOf(dayOf(now))})) LIMIT 1`;
    return row !== undefined;
  }

  async hasDraft(tx: Tx, { societyId, personId }: Whom, now: Date): Promise<boolean> {
    const drafts = (await tx.rows.findBy(CaseDraft, { societyId })).filter(
      ({ expiresAt }) => expiresAt > now,
    );
    return drafts.some(
      ({ id, contentSealed }) => this.seals.openDraft(id, contentSealed).need.applicantId === personId,
    );
  }

  async eraseCase(tx: Tx, row: CaseRow): Promise<number> {
    const { id } = row;
    const reason = row.payeeReasonSealed === null ? null : this.seals.sealPayeeReason(id, ERASED);
    const note = row.endNoteSealed === null ? null : this.seals.sealEndNote(id, ERASED);
    let fields = await tx.change`
      UPDATE cases SET story_sealed = NULL, payee_reason_sealed = ${reason}, end_note_sealed = ${note}
      WHERE id = ${id} AND (story_sealed IS NOT NULL OR payee_reason_sealed IS NOT NULL OR end_note_sealed IS NOT NULL)`;
    fields += await tx.change`
      UPDATE case_visits SET note_sealed = NULL WHERE case_id = ${id} AND note_sealed IS NOT NULL`;
    fields += await tx.change`
      UPDATE case_amendments SET before_sealed = NULL, after_sealed = NULL
      WHERE case_id = ${id} AND field = 'STORY' AND (before_sealed IS NOT NULL OR after_sealed IS NOT NULL)`;
    fields += await tx.change`
      UPDATE case_handovers SET note_sealed = NULL, answer_note_sealed = NULL
      WHERE case_id = ${id} AND (note_sealed IS NOT NULL OR answer_note_sealed IS NOT NULL)`;
    fields += await this.eraseWaivers(tx, id);
    fields += await this.eraseLeads(tx, id);
    return row.paidAt === null ? fields + (await this.blankPhotos(tx, id)) : fields;
  }

  /** A draft is opened to see whose it is: few lie about, and none for longer than a week. */
  async eraseDrafts(tx: Tx, { societyId, personId }: Whom): Promise<number> {
    let gone = 0;
    for (const { id, contentSealed } of await tx.rows.findBy(CaseDraft, { societyId })) {
      const { need, photos } = this.seals.openDraft(id, contentSealed);
      if (need.applicantId !== personId) continue;
      for (const { fileId } of photos) await this.files.blank(tx, fileId);
      gone += await tx.change`DELETE FROM case_drafts WHERE id = ${id}`;
    }
    return gone;
  }

  async eraseOverrides(tx: Tx, { societyId, personId }: Whom): Promise<number> {
    let fields = 0;
    for (const { id, wordsSealed } of await tx.rows.findBy(OverrideRow, { societyId, personId })) {
      const asked = this.seals.sealOverride(id, 'asked_note', ERASED);
      const words = wordsSealed === null ? null : this.seals.sealOverride(id, 'words', ERASED);
      fields += await tx.change`
        UPDATE case_overrides SET asked_note_sealed = ${asked}, words_sealed = ${words} WHERE id = ${id}`;
    }
    return fields;
  }

  /** A lead that nobody made a case of, or whose case is erased: who called, and what they said. */
  async eraseLead(tx: Tx, leadId: string): Promise<number> {
    const contact = this.seals.sealLead(leadId, 'contact', ERASED);
    return tx.change`
      UPDATE leads SET contact_sealed = ${contact}, words_sealed = NULL, place = ${ERASED}
      WHERE id = ${leadId} AND place <> ${ERASED}`;
  }

  private async eraseLeads(tx: Tx, caseId: string): Promise<number> {
    const leads = await tx.read<{ id: string }>`SELECT id AS "id" FROM leads WHERE case_id = ${caseId}`;
    let fields = 0;
    for (const { id } of leads) fields += await this.eraseLead(tx, id);
    return fields;
  }

  private async eraseWaivers(tx: Tx, caseId: string): Promise<number> {
    let fields = 0;
    for (const { id, waiverSealed } of await tx.rows.findBy(CasePaper, { caseId }))
      if (waiverSealed !== null)
        fields += await tx.change`
          UPDATE case_papers SET waiver_sealed = ${this.seals.sealWaiver(id, ERASED)} WHERE id = ${id}`;
    return fields;
  }

  /** Nothing was paid, so the photos are no part of a voucher. A signed consent stays: it proves that it was given. */
  private async blankPhotos(tx: Tx, caseId: string): Promise<number> {
    let fields = 0;
    for (const { fileId } of await tx.rows.findBy(CaseFile, { caseId, kind: Not('CONSENT') }))
      if (await this.files.blank(tx, fileId)) fields += 1;
    return fields;
  }
}
