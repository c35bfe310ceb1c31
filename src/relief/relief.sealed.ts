import { sealedIn } from '../platform/crypto/sealed-column.js';
import type { SealedColumn } from '../platform/crypto/sealed-column.js';

/** What a change of the key must find here. */
export const reliefSealed: readonly SealedColumn[] = [
  ...sealedIn('relief_cases', {
    story_sealed: 'relief/story/{id}',
    verify_note_sealed: 'relief/verify_note/{id}',
    frozen_sealed: 'relief/frozen/{id}',
  }),
  ...sealedIn('relief_assessments', { opinion_sealed: 'relief/opinion/{id}' }),
  ...sealedIn('relief_reviews', { note_sealed: 'relief/review_note/{id}' }),
  ...sealedIn('relief_returns', { note_sealed: 'relief/return_note/{id}' }),
  ...sealedIn('relief_follow_ups', { note_sealed: 'relief/follow_up_note/{id}' }),
  ...sealedIn('relief_letters', { content_sealed: 'relief_letters/content/{id}' }),
];
