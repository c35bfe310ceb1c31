import { mayMove, nextActOf, NOTICE_STATES, rolesFor, TRANSITIONS } from './notice-state.js';

it('leads from the draft to the archive, and back only for an objection that was received in time', () => {
  const order = (state: (typeof NOTICE_STATES)[number]) => NOTICE_STATES.indexOf(state);
  const back = TRANSITIONS.filter(({ from, to }) => order(to) < order(from));
  expect(new Set(back.map(({ act, to }) => `${act} ${to}`))).toEqual(new Set(['reopenNotice RUNNING']));
  const reached = new Set(['DRAFT', ...TRANSITIONS.map(({ to }) => to)]);
  expect([...reached].sort()).toEqual([...NOTICE_STATES].sort());
});

it.each`
  from           | to             | may      | because
  ${'DRAFT'}     | ${'SIGNED'}    | ${true}  | ${'the chair signs'}
  ${'DRAFT'}     | ${'RUNNING'}   | ${false} | ${'nothing unsigned goes on a wall'}
  ${'SIGNED'}    | ${'POSTED'}    | ${true}  | ${'hung, the photo follows'}
  ${'SIGNED'}    | ${'ENDED'}     | ${false} | ${'a period that never began does not end'}
  ${'POSTED'}    | ${'ENDED'}     | ${false} | ${'without a photo there is no period'}
  ${'RUNNING'}   | ${'ENDED'}     | ${true}  | ${'the clock ends it'}
  ${'RUNNING'}   | ${'ARCHIVED'}  | ${false} | ${'the period runs out first'}
  ${'ENDED'}     | ${'RUNNING'}   | ${true}  | ${'a letter of the last day is written down'}
  ${'ARCHIVED'}  | ${'RUNNING'}   | ${true}  | ${'even when the file was closed meanwhile'}
  ${'RUNNING'}   | ${'SUSPENDED'} | ${true}  | ${'it shows too much of somebody'}
  ${'ARCHIVED'}  | ${'SUSPENDED'} | ${true}  | ${'and so it does years later'}
  ${'DRAFT'}     | ${'SUSPENDED'} | ${false} | ${'nobody has seen it yet'}
  ${'SUSPENDED'} | ${'RUNNING'}   | ${false} | ${'another takes its place, and its period starts anew'}
`('$from → $to: $may, $because', ({ from, to, may }: { from: 'DRAFT'; to: 'SIGNED'; may: boolean }) => {
  expect(mayMove(from, to)).toBe(may);
});

it('keeps signing to chair and deputy, and ending to the clock', () => {
  expect(rolesFor('signNotice')).toEqual(['chair', 'deputy']);
  expect(rolesFor('endNotice')).toEqual([]);
});

it('lets whoever sees a leak take the paper down, and names that to nobody as the next step', () => {
  for (const role of ['secretary', 'clerk', 'chair', 'deputy', 'supervisor'] as const)
    expect(rolesFor('suspendNotice')).toContain(role);
  expect(nextActOf('RUNNING', ['supervisor'])).toBeNull();
  expect(nextActOf('ENDED', ['secretary', 'supervisor'])).toBe('archiveNotice');
});

it('tells each person the next act that is theirs', () => {
  expect(nextActOf('DRAFT', ['chair', 'director'])).toBe('signNotice');
  expect(nextActOf('DRAFT', ['secretary'])).toBeNull();
  expect(nextActOf('SIGNED', ['secretary'])).toBe('recordPosting');
  expect(nextActOf('RUNNING', ['chair', 'secretary'])).toBeNull();
});
