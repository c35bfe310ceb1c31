import { RELIEF_STATES } from './relief-procedure.js';
import type { ReliefState } from './relief-procedure.js';
import { afterUpheld } from './upheld.js';

it.each`
  state               | then               | because
  ${'PRE_NOTICE'}     | ${'undo'}          | ${'the notice has ended, but nobody has approved'}
  ${'OBJECTION_HOLD'} | ${'undo'}          | ${'nothing was approved while it was looked into'}
  ${'APPROVED'}       | ${'decide-anew'}   | ${'it is owed, and partly paid perhaps'}
  ${'PAID'}           | ${'decide-anew'}   | ${'somebody says how much comes back'}
  ${'CLOSED'}         | ${'decide-anew'}   | ${'a complaint may come after the end'}
  ${'REFUND_DUE'}     | ${'decide-anew'}   | ${'more may have to come back'}
  ${'REJECTED'}       | ${'decide-anew'}   | ${'it is handed in anew'}
  ${'REVIEWED'}       | ${'being-decided'} | ${'the panel is about to be asked'}
  ${'PANEL'}          | ${'being-decided'} | ${'it is being asked'}
  ${'WITHDRAWN'}      | ${'over'}          | ${'the family does not want it'}
`('$state: $then, $because', ({ state, then }: { state: ReliefState; then: string }) => {
  expect(afterUpheld(state)).toBe(then);
});

it('knows every state', () => {
  const of = (then: string) => RELIEF_STATES.filter((state) => afterUpheld(state) === then);
  expect(of('over')).toEqual(['LAPSED', 'WITHDRAWN', 'TERMINATED']);
  expect(of('undo')).toEqual(['PRE_NOTICE', 'OBJECTION_HOLD']);
});
