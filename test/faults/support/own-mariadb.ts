import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import mysql from 'mysql2/promise';
import { onServer } from '../../support/databases.js';
import type { Kind } from '../../support/databases.js';
import { endOf, freePort } from './server-child.js';

const found = (name: string): string | undefined =>
  ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin']
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));

const SERVER = found('mariadbd');
const INSTALLER = found('mariadb-install-db');

/** MariaDB does not run as root unless it is told to. */
const AS_MYSELF = process.getuid?.() === 0 ? ['--user=root'] : [];

/** Whether this machine has a MariaDB of its own to start and to kill. REQUIRE_OWN_MARIADB=1 makes its absence a failure. */
export const hasOwnMariadb = SERVER !== undefined && INSTALLER !== undefined;
if (!hasOwnMariadb && process.env['REQUIRE_OWN_MARIADB'] === '1')
  throw new Error('REQUIRE_OWN_MARIADB=1, and there is no mariadbd here');

/** A MariaDB of the test's own: what is done to it harms nobody else. */
export class OwnMariadb {
  private process: ChildProcess | null = null;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
    private readonly settings: readonly string[],
  ) {}

  /** Its folder lies in that for temporary files, or on a disk of the test's own. */
  static async install({ on = tmpdir(), settings = [] as readonly string[] } = {}): Promise<OwnMariadb> {
    const folder = mkdtempSync(join(on, 'huzhu-mariadb-'));
    await promisify(execFile)(INSTALLER ?? '', [
      '--no-defaults',
      `--datadir=${join(folder, 'data')}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      ...settings,
      ...AS_MYSELF,
    ]);
    return new OwnMariadb(folder, await freePort(), settings);
  }

  /** Answers once it lets people in. `flush` is `innodb_flush_log_at_trx_commit`. */
  async start({ flush = 1 } = {}): Promise<void> {
    this.process = spawn(
      SERVER ?? '',
      [
        '--no-defaults',
        `--datadir=${join(this.folder, 'data')}`,
        `--socket=${join(this.folder, 'socket')}`,
        `--pid-file=${join(this.folder, 'pid')}`,
        `--port=${String(this.port)}`,
        '--bind-address=127.0.0.1',
        '--skip-name-resolve',
        `--innodb-flush-log-at-trx-commit=${String(flush)}`,
        '--innodb-buffer-pool-size=64M',
        ...this.settings,
        ...AS_MYSELF,
      ],
      { stdio: 'ignore' },
    );
    while (!(await this.answers())) {
      if (!this.isAlive) throw new Error('mariadbd ended by itself');
      await sleep(20);
    }
  }

  get isAlive(): boolean {
    return this.process?.exitCode === null && this.process.signalCode === null;
  }

  get kind(): Kind {
    return {
      name: 'mariadb',
      create: async () => {
        await this.tell('CREATE DATABASE huzhu CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
        return { url: this.addressOf('root'), drop: () => this.tell('DROP DATABASE huzhu') };
      },
    };
  }

  /** The database as this user reaches it. */
  addressOf(user: string): string {
    return `mysql://${user}@127.0.0.1:${String(this.port)}/huzhu`;
  }

  /** As the administrator of the server. */
  async tell(sql: string): Promise<void> {
    await onServer(`mysql://root@127.0.0.1:${String(this.port)}/`, sql);
  }

  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    await endOf(this.process, signal);
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private async answers(): Promise<boolean> {
    try {
      const connection = await mysql.createConnection({ host: '127.0.0.1', port: this.port, user: 'root' });
      await connection.end();
      return true;
    } catch {
      return false;
    }
  }
}
