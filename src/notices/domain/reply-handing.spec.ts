import { handedFault } from './reply-handing.js';

const written = new Date('2026-03-16T02:00:00.000Z');
const now = new Date('2026-03-17T02:00:00.000Z');

it.each`
  at                            | fault             | because
  ${'2026-03-16T02:00:00.000Z'} | ${null}           | ${'it was taken along at once'}
  ${'2026-03-16T01:59:00.000Z'} | ${null}           | ${'a form says no seconds'}
  ${'2026-03-16T01:58:59.999Z'} | ${'before-reply'} | ${'nothing had been written yet'}
  ${'2026-03-17T02:01:00.000Z'} | ${null}           | ${'clocks of phones differ'}
  ${'2026-03-17T02:01:00.001Z'} | ${'future'}       | ${'nobody hands over tomorrow'}
`('$at: $fault, $because', ({ at, fault }: { at: string; fault: string | null }) => {
  expect(handedFault(new Date(at), written, now)).toBe(fault);
});
