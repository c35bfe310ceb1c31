import { CASE_STATES, LAST_STATES, stepsFrom } from './emergency-procedure.js';
import type { CaseState } from './emergency-procedure.js';
import { afterUpheld, pathAnew } from './upheld.js';

it.each`
  state          | then               | path             | because
  ${'PAID'}      | ${'decide-anew'}   | ${'/revocation'} | ${'the board takes it back, or makes it smaller'}
  ${'CLOSED'}    | ${'decide-anew'}   | ${'/revocation'} | ${'a complaint may come after the end'}
  ${'REJECTED'}  | ${'decide-anew'}   | ${'/review'}     | ${'the town union looks at it again'}
  ${'APPROVED'}  | ${'decide-anew'}   | ${'/amendment'}  | ${'the bank sent it back: it is changed before it is paid anew'}
  ${'REVOKED'}   | ${'decide-anew'}   | ${''}            | ${'the rest is not demanded, or it is'}
  ${'VOTING'}    | ${'being-decided'} | ${''}            | ${'the board is at it'}
  ${'VERIFIED'}  | ${'being-decided'} | ${''}            | ${'the board will be'}
  ${'RECOVERED'} | ${'over'}          | ${''}            | ${'all is back'}
  ${'ESCALATED'} | ${'over'}          | ${''}            | ${'another decides'}
`('$state: $then, $because', ({ state, then, path }: { state: CaseState; then: string; path: string }) => {
  expect([afterUpheld(state), pathAnew(state)]).toEqual([then, path]);
});

it.each(CASE_STATES)('leaves nobody with a duty that cannot be fulfilled: %s', (state) => {
  if (afterUpheld(state) === 'decide-anew') expect(stepsFrom(state)).not.toEqual([]);
  expect(afterUpheld(state) === 'over').toBe(LAST_STATES.has(state));
});
