import { isFresh, isStaff } from './proof.js';
import type { Somebody } from './proof.js';

const provedAt = new Date('2026-03-02T01:00:00Z');

it.each([
  [0, true],
  [599_999, true],
  [600_000, true],
  [600_001, false],
])('%i ms after it a proof is good: %s', (ms, good) => {
  expect(isFresh(provedAt, new Date(provedAt.getTime() + ms))).toBe(good);
});

it.each([
  [1_800_000, true],
  [1_800_001, false],
])('%i ms after it a form may be sent: %s', (ms, good) => {
  expect(isFresh(provedAt, new Date(provedAt.getTime() + ms), true)).toBe(good);
});

it.each<[Somebody, boolean, string]>([
  [{ isAdmin: true, societyKind: null, roles: ['signed-in', 'system-admin'] }, true, 'the administrator'],
  [{ isAdmin: false, societyKind: 'FEDERATION', roles: ['signed-in', 'reviewer'] }, true, 'a reviewer'],
  [{ isAdmin: false, societyKind: 'FEDERATION', roles: ['signed-in', 'cashier'] }, true, 'its cashier'],
  [
    { isAdmin: false, societyKind: 'FEDERATION', roles: ['signed-in'] },
    false,
    'somebody without a part there',
  ],
  [{ isAdmin: false, societyKind: 'FEDERATION', roles: ['signed-in', 'donor'] }, false, 'a donor'],
  [
    { isAdmin: false, societyKind: 'SOCIETY', roles: ['signed-in', 'chair'] },
    false,
    'an officer of a village',
  ],
  [{ isAdmin: false, societyKind: null, roles: ['signed-in'] }, false, 'somebody who has not chosen yet'],
])('%j is staff: %s (%s)', (who, staff) => {
  expect(isStaff(who)).toBe(staff);
});
