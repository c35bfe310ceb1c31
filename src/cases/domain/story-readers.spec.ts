import type { Role } from '../../kernel/actor.js';
import type { CaseState } from './emergency-procedure.js';
import { showsStory } from './story-readers.js';

it.each<[role: Role, state: CaseState, shown: boolean, because: string]>([
  ['secretary', 'ACCEPTED', true, 'the office works on it'],
  ['clerk', 'PAID', true, 'papers and notice are still to come'],
  ['director', 'VOTING', true, 'a vote has to know what it is about'],
  ['chair', 'REVOKED', true, 'it is decided anew'],
  ['secretary', 'CLOSED', false, 'nobody has to know it any more'],
  ['director', 'REJECTED', false, 'nobody has to know it any more'],
  ['supervisor', 'VOTING', false, 'a supervisor says why'],
  ['cashier', 'APPROVED', false, 'to pay, nobody has to know it'],
])('a %s reads the story of a case that is %s: %s, since %s', (role, state, shown) => {
  expect(showsStory([role], state)).toBe(shown);
});
