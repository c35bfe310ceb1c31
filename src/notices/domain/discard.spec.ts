import { discardFault } from './discard.js';
import type { Draft } from './discard.js';

const draft: Draft = { answers: 'CORRECTS', isCorrection: true, isOwedToObjection: false, changes: 1 };

it.each<[what: string, more: Partial<Draft>, fault: ReturnType<typeof discardFault>]>([
  ['a correction of one’s own', {}, null],
  [
    'a correction that an objection asks for, since it can be drafted anew',
    { isOwedToObjection: true },
    null,
  ],
  ['that the matter is decided anew', { isOwedToObjection: true, changes: 0 }, 'decided-anew'],
  ['a notice in the place of one taken down', { answers: 'REISSUES', isCorrection: false, changes: 0 }, null],
  ['a notice that takes a grant back', { answers: 'REVOKES', isCorrection: false, changes: 0 }, 'decision'],
  ['a notice of a decision', { answers: null, isCorrection: false, changes: 0 }, 'decision'],
])('%s', (_what, more, fault) => {
  expect(discardFault({ ...draft, ...more })).toBe(fault);
});
