import { mayMove, nextActOf, NOTICE_STATES, rolesFor, TRANSITIONS } from './notice-state.js';

it('leads from the draft to the archive, and never back', () => {
  const order = (state: (typeof NOTICE_STATES)[number]) => NOTICE_STATES.indexOf(state);
  for (const { from, to } of TRANSITIONS) expect(order(to)).toBeGreaterThan(order(from));
  const reached = new Set(['DRAFT', ...TRANSITIONS.map(({ to }) => to)]);
  expect([...reached].sort()).toEqual([...NOTICE_STATES].sort());
});

it.each`
  from         | to            | may      | because
  ${'DRAFT'}   | ${'SIGNED'}   | ${true}  | ${'the chair signs'}
  ${'DRAFT'}   | ${'RUNNING'}  | ${false} | ${'nothing unsigned goes on a wall'}
  ${'SIGNED'}  | ${'POSTED'}   | ${true}  | ${'hung, the photo follows'}
  ${'SIGNED'}  | ${'ENDED'}    | ${false} | ${'a period that never began does not end'}
  ${'POSTED'}  | ${'ENDED'}    | ${false} | ${'without a photo there is no period'}
  ${'RUNNING'} | ${'ENDED'}    | ${true}  | ${'the clock ends it'}
  ${'RUNNING'} | ${'ARCHIVED'} | ${false} | ${'the period runs out first'}
`('$from → $to: $may, $because', ({ from, to, may }: { from: 'DRAFT'; to: 'SIGNED'; may: boolean }) => {
  expect(mayMove(from, to)).toBe(may);
});

it('keeps signing to chair and deputy, and ending to the clock', () => {
  expect(rolesFor('signNotice')).toEqual(['chair', 'deputy']);
  expect(rolesFor('endNotice')).toEqual([]);
});

it('tells each person the next act that is theirs', () => {
  expect(nextActOf('DRAFT', ['chair', 'director'])).toBe('signNotice');
  expect(nextActOf('DRAFT', ['secretary'])).toBeNull();
  expect(nextActOf('SIGNED', ['secretary'])).toBe('recordPosting');
  expect(nextActOf('RUNNING', ['chair', 'secretary'])).toBeNull();
});
