import {
  causeKeyOf,
  GRANT_REASONS,
  grants,
  laterCauseKey,
  OVERRIDE_REASONS,
  overrideKeyOf,
  REFUSAL_REASONS,
} from './override.js';

const asked = { personId: 'p', householdId: 'h', cause: 'ILLNESS', year: 2026 } as const;

it('has for each answer its own reasons, no reason for both', () => {
  expect(OVERRIDE_REASONS.map((reason) => [reason, grants(reason)])).toEqual([
    ...GRANT_REASONS.map((reason) => [reason, true]),
    ...REFUSAL_REASONS.map((reason) => [reason, false]),
  ]);
  expect(new Set(OVERRIDE_REASONS).size).toBe(OVERRIDE_REASONS.length);
});

it.each`
  kind                | key                            | because
  ${'SAME_CAUSE'}     | ${'SAME_CAUSE:p:ILLNESS:2026'} | ${'the rule is about one person and one cause'}
  ${'PAPERS_OVERDUE'} | ${'PAPERS_OVERDUE:h:2026'}     | ${'papers are owed by a household'}
`('$kind is asked for once: $because', ({ kind, key }: { kind: 'SAME_CAUSE'; key: string }) => {
  expect(overrideKeyOf({ ...asked, kind })).toBe(key);
});

it('D4-63 gives the second case of a cause a key of its own, and the third another', () => {
  const key = causeKeyOf('p', 'ILLNESS', 2026);
  expect([key, laterCauseKey(key, 0), laterCauseKey(key, 1)]).toEqual([
    'p:ILLNESS:2026',
    'p:ILLNESS:2026:2',
    'p:ILLNESS:2026:3',
  ]);
});
