import { Injectable } from '@nestjs/common';
import { Sealing } from '../platform/crypto/sealing.js';
import type { Charter } from '../societies/index.js';
import type { DraftContent } from './domain/draft.js';
import type { Tie } from './domain/recusals.js';

/**
 * What a round was opened on, copied into the case (architecture.md 2: limits come from the version of the rule at
 * that moment). The steps after the vote read nothing else, so that old decisions never change when a rule does, and
 * no unit of work waits for a second connection.
 */
export type Frozen = {
  readonly societyName: string;
  readonly charter: Charter;
  readonly maskedName: string;
  readonly group: string;
  /** Consent to a masked notice, and of age: else the notice shows the number of the case alone. */
  readonly mayPrintName: boolean;
  readonly idPending: boolean;
  readonly payeeName: string;
  /** For the letters that the decision may lead to: who reads them, and who reviews. */
  readonly applicantName: string;
  readonly guardianName: string | null;
  readonly reviewer: string;
  /** Names that must not stand in any public text of this case. */
  readonly names: readonly string[];
  /** Who may not touch the case: holders of an office whom the register ties to the applicant, and how. */
  readonly tied: readonly Tie[];
};

/** Free words and everything personal of a case, each sealed to its own row. */
@Injectable()
export class CaseSeals {
  constructor(private readonly sealing: Sealing) {}

  sealStory(caseId: string, story: string): string {
    return this.sealing.seal(story, `cases/story/${caseId}`);
  }

  openStory(caseId: string, sealed: string): string {
    return this.sealing.open(sealed, `cases/story/${caseId}`);
  }

  sealFrozen(caseId: string, frozen: Frozen): string {
    return this.sealing.seal(JSON.stringify(frozen), `cases/frozen/${caseId}`);
  }

  frozenOf({ id, frozenSealed }: { readonly id: string; readonly frozenSealed: string | null }): Frozen {
    if (frozenSealed === null) throw new Error('Nothing was frozen: no round has been opened on this case');
    return JSON.parse(this.sealing.open(frozenSealed, `cases/frozen/${id}`)) as Frozen;
  }

  sealAmendment(amendmentId: string, side: 'before' | 'after', text: string): string {
    return this.sealing.seal(text, `case_amendments/${side}/${amendmentId}`);
  }

  sealFindings(revocationId: string, findings: string): string {
    return this.sealing.seal(findings, `case_revocations/findings/${revocationId}`);
  }

  sealEndNote(caseId: string, note: string): string {
    return this.sealing.seal(note, `cases/end_note/${caseId}`);
  }

  openEndNote(caseId: string, sealed: string): string {
    return this.sealing.open(sealed, `cases/end_note/${caseId}`);
  }

  sealPayeeReason(caseId: string, reason: string): string {
    return this.sealing.seal(reason, `cases/payee_reason/${caseId}`);
  }

  openPayeeReason(caseId: string, sealed: string): string {
    return this.sealing.open(sealed, `cases/payee_reason/${caseId}`);
  }

  sealHandover(handoverId: string, field: 'note' | 'answer_note', words: string): string {
    return this.sealing.seal(words, `case_handovers/${field}/${handoverId}`);
  }

  openHandover(handoverId: string, field: 'note' | 'answer_note', sealed: string): string {
    return this.sealing.open(sealed, `case_handovers/${field}/${handoverId}`);
  }

  sealOverride(overrideId: string, field: 'asked_note' | 'words', words: string): string {
    return this.sealing.seal(words, `case_overrides/${field}/${overrideId}`);
  }

  openOverride(overrideId: string, field: 'asked_note' | 'words', sealed: string): string {
    return this.sealing.open(sealed, `case_overrides/${field}/${overrideId}`);
  }

  sealNote(visitId: string, note: string): string {
    return this.sealing.seal(note, `case_visits/note/${visitId}`);
  }

  openNote(visitId: string, sealed: string): string {
    return this.sealing.open(sealed, `case_visits/note/${visitId}`);
  }

  sealWaiver(paperId: string, waiver: string): string {
    return this.sealing.seal(waiver, `case_papers/waiver/${paperId}`);
  }

  openWaiver(paperId: string, sealed: string): string {
    return this.sealing.open(sealed, `case_papers/waiver/${paperId}`);
  }

  sealDraft(draftId: string, content: DraftContent): string {
    return this.sealing.seal(JSON.stringify(content), `case_drafts/content/${draftId}`);
  }

  openDraft(draftId: string, sealed: string): DraftContent {
    return JSON.parse(this.sealing.open(sealed, `case_drafts/content/${draftId}`)) as DraftContent;
  }

  sealLead(leadId: string, field: 'contact' | 'words', plain: string): string {
    return this.sealing.seal(plain, `leads/${field}/${leadId}`);
  }

  openLead(leadId: string, field: 'contact' | 'words', sealed: string): string {
    return this.sealing.open(sealed, `leads/${field}/${leadId}`);
  }
}
