import { faultOfNode } from './cluster.js';

const synced = { state: 'Synced', cluster: 'Primary', size: 3, isReady: true };

it('sends people to a node that keeps up, and to one that gives another a copy', () => {
  expect(faultOfNode(synced)).toBeNull();
  expect(faultOfNode({ ...synced, state: 'Donor/Desynced' })).toBeNull();
});

it.each([
  ['voted out', { state: 'Inconsistent', cluster: 'Disconnected', isReady: false }, /voted this node out/],
  ['alone', { state: 'Initialized', cluster: 'non-Primary', isReady: false }, /majority/],
  ['cut off', { state: 'Initialized', cluster: 'Disconnected', isReady: false }, /majority/],
  ['taking a copy', { state: 'Joining: receiving State Transfer', isReady: false }, /caught up/],
])('sends nobody to a node that is %s', (_what, differently, why) => {
  expect(faultOfNode({ ...synced, ...differently })).toMatch(why);
});
