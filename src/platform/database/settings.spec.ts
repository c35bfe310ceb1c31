import { faultsOf } from './settings.js';

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

it('does not trust a clock two seconds off', () => {
  expect(faultsOf({ ...sound, secondsOff: 2 })).toEqual([expect.stringMatching(/clocks/)]);
});
