import type { DataSource } from 'typeorm';
import { checkSettings, faultsOf } from './settings.js';

const sound = {
  variables: {
    innodb_flush_log_at_trx_commit: '1',
    innodb_snapshot_isolation: 'ON',
    tx_isolation: 'REPEATABLE-READ',
    collation_database: 'utf8mb4_bin',
    sql_mode: 'ANSI_QUOTES,STRICT_ALL_TABLES',
    log_bin: 'OFF',
  },
  grants: '',
  secondsOff: 0.4,
  isRestoring: false,
};

it('trusts a sound server, and a MySQL that knows no snapshot isolation', () => {
  expect(faultsOf(sound)).toEqual([]);
  const mysql = Object.entries(sound.variables).filter(([name]) => name !== 'innodb_snapshot_isolation');
  expect(faultsOf({ ...sound, variables: Object.fromEntries(mysql) })).toEqual([]);
});

it.each([
  ['innodb_flush_log_at_trx_commit', '2', /power cut/],
  ['innodb_snapshot_isolation', 'OFF', /updates can be lost/],
  ['tx_isolation', 'READ-COMMITTED', /REPEATABLE READ/],
  ['collation_database', 'utf8mb4_general_ci', /two names/],
  ['sql_mode', 'STRICT_ALL_TABLES', /sql_mode/],
  ['log_bin', 'ON', /triggers/],
])('does not trust a server whose %s is %s', (name, value, fault) => {
  expect(faultsOf({ ...sound, variables: { ...sound.variables, [name]: value } })).toEqual([
    expect.stringMatching(fault),
  ]);
});

it('does not trust a database into which a restore was not brought to its end', () => {
  expect(faultsOf({ ...sound, isRestoring: true })).toEqual([expect.stringMatching(/restore/)]);
});

it('does not trust a clock two seconds off', () => {
  expect(faultsOf({ ...sound, secondsOff: 2 })).toEqual([expect.stringMatching(/clocks/)]);
});

const BEGAN = Date.parse('2026-03-02T01:00:00Z');

it.each([
  ['agree, and the answer waits five seconds for a busy start', 0, 5000, true],
  ['agree, and this machine was set back by a minute meanwhile', 0, -60_000, true],
  ['are two seconds apart', 2000, 0, false],
  ['are three seconds apart, and the answer waits for one', -3000, 1000, false],
])('the clocks %s', async (_what, databaseMs, waitedMs, isTrusted) => {
  let passedMs = 0;
  const answers: Record<string, () => object[]> = {
    'SHOW VARIABLES': () =>
      Object.entries(sound.variables).map(([name, value]) => ({ Variable_name: name, Value: value })),
    'SELECT NOW(3) AS "at"': () => {
      const at = new Date(BEGAN + passedMs + databaseMs);
      passedMs += waitedMs;
      return [{ at }];
    },
  };
  const server = {
    options: { type: 'mysql' },
    query: (sql: string) => Promise.resolve(answers[sql]?.() ?? []),
  } as unknown as DataSource;
  const checked = checkSettings(server, () => BEGAN + passedMs);
  if (isTrusted) await expect(checked).resolves.toBeUndefined();
  else await expect(checked).rejects.toThrow(/[23] s apart/);
});
