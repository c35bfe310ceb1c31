import { isInDoubt, isLostConnection, isOutOfOrder, isTransient } from './errors.js';

const named = (facts: object): Error => Object.assign(new Error('x'), facts);

it.each([
  ['SQLite has no room', { code: 'SQLITE_FULL' }],
  ['SQLite may not write', { code: 'SQLITE_READONLY' }],
  ['the disk refuses SQLite', { code: 'SQLITE_IOERR_WRITE' }],
  ['MariaDB has no room', { errno: 1021, code: 'ER_DISK_FULL' }],
  ['a table of MariaDB cannot grow', { errno: 1114 }],
  ['MariaDB was made read-only', { errno: 1290 }],
  ['the folder of the photos has no room', { code: 'ENOSPC', errno: -28 }],
  ['the folder of the photos is read-only', { code: 'EROFS', errno: -30 }],
])('%s: out of order, and no use to do it again at once', (_what, facts) => {
  const wrapped = Object.assign(new Error('QueryFailedError'), { driverError: named(facts) });
  for (const error of [named(facts), wrapped]) {
    expect(isOutOfOrder(error)).toBe(true);
    expect(isTransient(error)).toBe(false);
  }
});

it.each([
  ['a deadlock', { errno: 1213 }, true],
  ['a server that lends no more connections', { errno: 1040 }, true],
  ['one that lends them to others only', { errno: 1203 }, true],
  ['a node that serves nobody just now', { errno: 1047 }, true],
  ['a statement that was interrupted', { errno: 1317 }, true],
  ['a server that went away', { code: 'ECONNRESET' }, true],
  ['one that says nothing', { code: 'ETIMEDOUT', fatal: true }, true],
  ['a row that a constraint refuses', { code: 'SQLITE_CONSTRAINT_CHECK' }, false],
  ['a fault of our own', {}, false],
])('%s is not the disk', (_what, facts, isRepeated) => {
  expect(isOutOfOrder(named(facts))).toBe(false);
  expect(isTransient(named(facts))).toBe(isRepeated);
});

it('doubts a commit whose line broke or whose node left the cluster, and not one that was refused', () => {
  expect(isInDoubt(named({ code: 'ECONNRESET' }))).toBe(true);
  expect(isInDoubt(named({ errno: 1180 }))).toBe(true);
  expect(isInDoubt(named({ errno: 1317 }))).toBe(true);
  expect(isInDoubt(named({ errno: 1213 }))).toBe(false);
  expect(isTransient(named({ errno: 1180 }))).toBe(false);
});

it('tells a lost connection from a refused statement', () => {
  expect(isLostConnection(named({ fatal: true }))).toBe(true);
  expect(isLostConnection(named({ errno: 1062 }))).toBe(false);
  expect(isLostConnection('no error at all')).toBe(false);
});
