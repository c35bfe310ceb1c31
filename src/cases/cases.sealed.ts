import { sealedIn } from '../platform/crypto/sealed-column.js';
import type { SealedColumn } from '../platform/crypto/sealed-column.js';

/** What a change of the key must find here. */
export const casesSealed: readonly SealedColumn[] = [
  ...sealedIn('cases', {
    story_sealed: 'cases/story/{id}',
    payee_reason_sealed: 'cases/payee_reason/{id}',
    frozen_sealed: 'cases/frozen/{id}',
    end_note_sealed: 'cases/end_note/{id}',
  }),
  ...sealedIn('case_visits', { note_sealed: 'case_visits/note/{id}' }),
  ...sealedIn('case_papers', { waiver_sealed: 'case_papers/waiver/{id}' }),
  ...sealedIn('case_amendments', {
    before_sealed: 'case_amendments/before/{id}',
    after_sealed: 'case_amendments/after/{id}',
  }),
  ...sealedIn('case_drafts', { content_sealed: 'case_drafts/content/{id}' }),
  ...sealedIn('case_revocations', { findings_sealed: 'case_revocations/findings/{id}' }),
  ...sealedIn('case_letters', { content_sealed: 'case_letters/content/{id}' }),
  ...sealedIn('case_handovers', {
    note_sealed: 'case_handovers/note/{id}',
    answer_note_sealed: 'case_handovers/answer_note/{id}',
  }),
  ...sealedIn('case_overrides', {
    asked_note_sealed: 'case_overrides/asked_note/{id}',
    words_sealed: 'case_overrides/words/{id}',
  }),
  ...sealedIn('leads', { contact_sealed: 'leads/contact/{id}', words_sealed: 'leads/words/{id}' }),
];
