import type { DataSource } from 'typeorm';
import { apartMs } from '../clock-step.js';

type Row = Readonly<Record<string, unknown>>;

/**
 * The program refuses to run on a database that would lose or bend what it is told. Called once, at start. `wall`: what
 * the clock of this machine says, in milliseconds since 1970.
 */
export async function checkSettings(dataSource: DataSource, wall: () => number = Date.now): Promise<void> {
  const faults = dataSource.options.type === 'better-sqlite3' ? sqliteFaults : mysqlFaults;
  const found = await faults(dataSource, wall);
  if (found.length > 0) throw new Error(`This database cannot be trusted:\n- ${found.join('\n- ')}`);
}

/** Asks the connection that writes: SQLite keeps these settings per connection. */
async function sqliteFaults(dataSource: DataSource): Promise<string[]> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction();
    const pragma = async (name: string) => {
      const rows = (await runner.query(`PRAGMA ${name}`)) as Row[];
      return Object.values(rows[0] ?? {})[0];
    };
    const wanted = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1, query_only: 0 };
    const faults: string[] = [];
    for (const [name, value] of Object.entries(wanted)) {
      const found = await pragma(name);
      if (found !== value) faults.push(`${name} is ${String(found)}, not ${value}`);
    }
    return faults;
  } finally {
    await runner.release();
  }
}

async function mysqlFaults(dataSource: DataSource, wall: () => number): Promise<string[]> {
  const ask = (sql: string): Promise<Row[]> => dataSource.query(sql);
  const variables = Object.fromEntries(
    (await ask('SHOW VARIABLES')).map((row) => [String(row['Variable_name']), String(row['Value'])]),
  );
  const grants = JSON.stringify(await ask('SHOW GRANTS'));
  const isRestoring = (await ask(`SHOW TABLES LIKE '${RESTORING}'`)).length > 0;
  const before = wall();
  const [now] = await ask('SELECT NOW(3) AS "at"');
  const secondsOff = Math.abs(apartMs(before, (now?.['at'] as Date).getTime(), wall())) / 1000;
  return faultsOf({ variables, grants, secondsOff, isRestoring });
}

export type ServerFacts = {
  readonly variables: Readonly<Record<string, string>>;
  readonly grants: string;
  readonly secondsOff: number;
  /** Whether a restore is at work there, or was killed. */
  readonly isRestoring: boolean;
};

/** The table that stands in a server's database from the first row of a restore to the last. */
export const RESTORING = 'huzhu_restoring';

/** What is wrong with a MySQL or MariaDB that says this of itself. */
export function faultsOf({ variables, grants, secondsOff, isRestoring }: ServerFacts): string[] {
  const is = (name: string, ...values: string[]) => values.includes(variables[name] ?? 'absent');
  const isolation = 'transaction_isolation' in variables ? 'transaction_isolation' : 'tx_isolation';
  const mayMakeTriggers =
    is('log_bin', 'OFF') ||
    is('log_bin_trust_function_creators', 'ON') ||
    /\bSUPER\b|ALL PRIVILEGES ON \*/.test(grants);
  const checks: [holds: boolean, fault: string][] = [
    [
      is('innodb_flush_log_at_trx_commit', '1'),
      'innodb_flush_log_at_trx_commit is not 1: a power cut loses commits',
    ],
    [
      is('innodb_snapshot_isolation', 'ON', 'absent'),
      'innodb_snapshot_isolation is OFF: updates can be lost',
    ],
    [is(isolation, 'REPEATABLE-READ'), 'the isolation level is not REPEATABLE READ'],
    [is('collation_database', 'utf8mb4_bin'), 'the database is not utf8mb4_bin: two names can count as one'],
    [/ANSI_QUOTES.*STRICT_ALL_TABLES/.test(variables['sql_mode'] ?? ''), 'the session has lost its sql_mode'],
    [mayMakeTriggers, 'triggers need log_bin_trust_function_creators=1 while the binary log is on'],
    [!isRestoring, 'a restore is at work there or was killed: wait for its end, or make the database anew'],
    [secondsOff < 2, `the clocks of program and database are ${secondsOff} s apart`],
  ];
  return checks.filter(([holds]) => !holds).map(([, fault]) => fault);
}
