import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import mysql from 'mysql2/promise';
import type { RowDataPacket } from 'mysql2/promise';
import { endOf, freePort } from '../../faults/support/server-child.js';

const foundIn = (folders: readonly string[], name: string): string | undefined =>
  folders.map((folder) => join(folder, name)).find((path) => existsSync(path));

const PROGRAMS = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin'];
const SERVER = foundIn(PROGRAMS, 'mariadbd');
const INSTALLER = foundIn(PROGRAMS, 'mariadb-install-db');
const SETPRIV = foundIn(PROGRAMS, 'setpriv');
const PROVIDER = foundIn(['/usr/lib/galera', '/usr/lib64/galera-4', '/usr/lib64/galera'], 'libgalera_smm.so');

/** What this machine lacks for a cluster of its own; empty where nothing is missing. */
export const missingForGalera: readonly string[] = Object.entries({
  mariadbd: SERVER,
  'mariadb-install-db': INSTALLER,
  'galera-4': PROVIDER,
  rsync: foundIn(PROGRAMS, 'rsync'),
  setpriv: SETPRIV,
}).flatMap(([name, path]) => (path === undefined ? [name] : []));
if (missingForGalera.length > 0 && process.env['REQUIRE_GALERA'] === '1')
  throw new Error(`REQUIRE_GALERA=1, and there is no ${missingForGalera.join(', no ')} here`);

const isRoot = process.getuid?.() === 0;
/**
 * Whatever becomes of this process, a server ends with it. Root's servers run as who MariaDB is there: the rsync that takes
 * a copy of another node would as root become nobody, who may read nothing.
 */
const AS_SERVER = [
  ...(isRoot ? ['--reuid=mysql', '--regid=mysql', '--clear-groups'] : []),
  '--pdeathsig=KILL',
];
const run = promisify(execFile);

/** Where whoever the servers run as may go: a folder of this run alone is closed to them. */
function openFolder(): string {
  let folder = tmpdir();
  while (isRoot && (statSync(folder).mode & 0o001) === 0) folder = dirname(folder);
  return mkdtempSync(join(folder, 'huzhu-galera-'));
}

/** A node that says nothing for so long is left behind: `default` is Galera's own, `tuned` that of docs/operations.md. */
const PATIENCE = {
  default: [],
  tuned: [
    'evs.suspect_timeout=PT1S',
    'evs.inactive_timeout=PT3S',
    'evs.install_timeout=PT3S',
    'evs.join_retrans_period=PT0.3S',
    'evs.inactive_check_period=PT0.2S',
    'evs.keepalive_period=PT0.2S',
  ],
} as const;
export const patience: keyof typeof PATIENCE =
  process.env['CLUSTER_PATIENCE'] === 'default' ? 'default' : 'tuned';

/** Where each node writes a row of its own. */
export const WITNESS = 'CREATE TABLE witness.rows (n INTEGER PRIMARY KEY, at DOUBLE)';
const MOST_WAIT_MS = 90_000;
const COUNT = 3;

/** What a node says of itself; null where it says nothing at all. */
export type NodeState = {
  /** `Synced`, `Donor/Desynced`, `Joining`, `Initialized`, `Inconsistent`. */
  readonly state: string;
  /** `Primary`, or `non-Primary` and `Disconnected`, which serve nobody. */
  readonly cluster: string;
  readonly size: number;
};

/** Three MariaDB servers of the test's own that are one database. */
export class Galera {
  private constructor(
    readonly folder: string,
    readonly nodes: readonly GaleraNode[],
  ) {}

  /** Answers when all three are one cluster; whatever goes wrong on the way, no server is left behind. */
  static async start(): Promise<Galera> {
    const folder = openFolder();
    if (isRoot) await run('chown', ['mysql:mysql', folder]);
    const ports = await Promise.all(Array.from({ length: COUNT * 4 }, () => freePort()));
    const peers = Array.from({ length: COUNT }, (_each, n) => `127.0.0.1:${String(ports[n * 4 + 1])}`);
    const nodes = peers.map(
      (_peer, n) => new GaleraNode(n + 1, folder, ports.slice(n * 4, n * 4 + 4), peers.join(',')),
    );
    const galera = new Galera(folder, nodes);
    try {
      for (const node of nodes) await node.install();
      const [first, ...others] = nodes;
      await first?.start(['--wsrep-new-cluster']);
      for (const other of others) await other.start(); // each takes a copy of the first: one at a time
      return galera;
    } catch (error) {
      await galera.remove();
      throw error;
    }
  }

  /** Counted from one, as people do. */
  node(n: number): GaleraNode {
    const node = this.nodes[n - 1];
    if (!node) throw new Error(`There is no node ${String(n)}`);
    return node;
  }

  /** As docs/runbook.md says it of nodes that all died: the one that knows most begins, the others take what they missed. */
  async startAnew(): Promise<void> {
    const positions = await Promise.all(this.nodes.map((node) => node.recovered()));
    const seen = positions.map((position) => Number(position?.split(':')[1] ?? -1));
    const most = Math.max(...seen);
    if (most < 0) throw new Error('No node knows where its files end');
    const first = this.node(seen.indexOf(most) + 1);
    await first.begin();
    for (const other of this.nodes) if (other !== first) await other.rejoin();
  }

  async remove(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.kill()));
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** One server of the cluster, and what may be done to it. */
export class GaleraNode {
  private process: ChildProcess | null = null;
  private readonly home: string;
  private readonly config: string;
  private readonly port: number;

  constructor(
    readonly n: number,
    folder: string,
    private readonly ports: readonly number[],
    private readonly peers: string,
  ) {
    this.home = join(folder, `n${String(n)}`);
    this.config = join(this.home, 'my.cnf');
    this.port = ports[0] ?? 0;
  }

  /** `mysql://…` of a database of the cluster, reached by this node. */
  url(database = ''): string {
    return `mysql://root@127.0.0.1:${String(this.port)}/${database}`;
  }

  async install(): Promise<void> {
    mkdirSync(this.home);
    writeFileSync(this.config, this.settings());
    if (isRoot) await run('chown', ['-R', 'mysql:mysql', this.home]);
    await this.run(
      INSTALLER,
      '--no-defaults',
      `--datadir=${join(this.home, 'data')}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    );
  }

  /** As a service manager starts it; answers when it has caught up with the others. */
  async start(besides: readonly string[] = []): Promise<void> {
    const words = [SERVER ?? '', `--defaults-file=${this.config}`, ...besides];
    this.process = spawn(SETPRIV ?? '', [...AS_SERVER, ...words], { stdio: 'ignore', env: this.environment });
    await this.until(({ state }) => state === 'Synced', 'catch up');
  }

  /** As it comes back after its death: from where its own files end, by what the others still remember of the rest. */
  async rejoin(): Promise<void> {
    await this.start(await this.position());
  }

  /** The first of a cluster that is begun anew from what it has. */
  async begin(): Promise<void> {
    const state = join(this.home, 'data', 'grastate.dat');
    writeFileSync(state, readFileSync(state, 'utf8').replace('safe_to_bootstrap: 0', 'safe_to_bootstrap: 1'));
    await this.start(['--wsrep-new-cluster', ...(await this.position())]);
  }

  /** As it comes back when its own rows are not to be believed: all of them anew from another. */
  async rebuild(): Promise<void> {
    await this.kill();
    for (const name of ['grastate.dat', 'gvwstate.dat', 'galera.cache'])
      rmSync(join(this.home, 'data', name), { force: true });
    await this.start();
  }

  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** An orderly end: the others are told. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    await endOf(this.process, signal);
  }

  pause(): void {
    this.process?.kill('SIGSTOP');
  }

  resume(): void {
    this.process?.kill('SIGCONT');
  }

  /** All in one session; the rows of the last. */
  async ask(...statements: readonly string[]): Promise<RowDataPacket[]> {
    const connection = await mysql.createConnection({ uri: this.url(), connectTimeout: 2000 });
    try {
      let rows: RowDataPacket[] = [];
      for (const sql of statements)
        [rows] = await connection.query<RowDataPacket[]>({ sql, timeout: 10_000 });
      return rows;
    } finally {
      connection.destroy();
    }
  }

  /** Writes a row of its own (`WITNESS`) again and again, and says how long it had to try for one of them, in milliseconds. */
  async longestWrite(isOver: () => boolean): Promise<number> {
    let [longest, began] = [0, performance.now()];
    while (!isOver()) {
      const written = await this.ask(
        `REPLACE INTO witness.rows VALUES (${String(this.n)}, ${String(began)})`,
      ).catch(() => null);
      longest = Math.max(longest, performance.now() - began);
      if (written) began = performance.now() + 20;
      await sleep(20);
    }
    return longest;
  }

  async state(): Promise<NodeState | null> {
    try {
      const rows = await this.ask("SHOW GLOBAL STATUS LIKE 'wsrep%'");
      const value = (name: string): string =>
        String(rows.find((row) => row['Variable_name'] === name)?.['Value'] ?? '');
      return {
        state: value('wsrep_local_state_comment'),
        cluster: value('wsrep_cluster_status'),
        size: Number(value('wsrep_cluster_size')),
      };
    } catch {
      return null;
    }
  }

  /** Throws when it dies, or with what it said last when it takes too long. */
  async until(isSo: (state: NodeState) => boolean, what: string): Promise<void> {
    const giveUpAt = performance.now() + MOST_WAIT_MS;
    let last: NodeState | null = null;
    while (performance.now() < giveUpAt) {
      last = await this.state();
      if (last && isSo(last)) return;
      if (last?.state === 'Inconsistent') throw new VotedOut(`Node ${String(this.n)} was voted out`);
      if (this.process?.exitCode !== null || this.process.signalCode !== null)
        throw new Error(`Node ${String(this.n)} ended by itself:\n${this.lastLines()}`);
      await sleep(100);
    }
    const said = JSON.stringify(last);
    throw new Error(`Node ${String(this.n)} does not ${what} (${said}):\n${this.lastLines()}`);
  }

  /** Where its own files end: known to InnoDB alone once it was killed. */
  async recovered(): Promise<string | null> {
    const log = join(this.home, 'recover.log');
    rmSync(log, { force: true });
    await this.run(SERVER, `--defaults-file=${this.config}`, `--log-error=${log}`, '--wsrep-recover');
    return /Recovered position:\s*(\S+:-?\d+)/.exec(readFileSync(log, 'utf8'))?.[1] ?? null;
  }

  private async position(): Promise<string[]> {
    const position = await this.recovered();
    return position === null ? [] : [`--wsrep-start-position=${position}`];
  }

  private settings(): string {
    const [, peer, incremental, copies] = this.ports.map((port) => `127.0.0.1:${String(port)}`);
    const options = [
      `gmcast.listen_addr=tcp://${String(peer)}`,
      `ist.recv_addr=${String(incremental)}`,
      ...['gcache.size=32M', 'gcache.recover=yes', ...PATIENCE[patience]],
    ];
    return [
      '[mysqld]',
      `datadir=${join(this.home, 'data')}`,
      `socket=${join(this.home, 's')}`,
      `pid-file=${join(this.home, 'pid')}`,
      `log-error=${join(this.home, 'error.log')}`,
      `port=${String(this.port)}`,
      'bind-address=127.0.0.1',
      'skip-name-resolve=1',
      'max-connections=200',
      'innodb-buffer-pool-size=64M',
      'innodb-log-file-size=48M',
      'innodb-flush-log-at-trx-commit=1',
      'innodb-lock-wait-timeout=5',
      'innodb-autoinc-lock-mode=2',
      'binlog-format=ROW',
      'wsrep-on=ON',
      `wsrep-provider=${PROVIDER ?? ''}`,
      'wsrep-cluster-name=huzhu-test',
      `wsrep-cluster-address=gcomm://${this.peers}`,
      `wsrep-node-name=n${String(this.n)}`,
      `wsrep-node-address=${String(peer)}`,
      `wsrep-node-incoming-address=127.0.0.1:${String(this.port)}`,
      'wsrep-sst-method=rsync',
      `wsrep-sst-receive-address=${String(copies)}`,
      'wsrep-slave-threads=2',
      'wsrep-ignore-apply-errors=0',
      `wsrep-provider-options="${options.join(';')}"`,
      '',
    ].join('\n');
  }

  private get environment(): NodeJS.ProcessEnv {
    return { ...process.env, TMPDIR: this.home };
  }

  private run(program: string | undefined, ...words: readonly string[]) {
    return run(SETPRIV ?? '', [...AS_SERVER, program ?? '', ...words], { env: this.environment });
  }

  private lastLines(): string {
    const log = join(this.home, 'error.log');
    return existsSync(log) ? readFileSync(log, 'utf8').slice(-2000) : 'it wrote no log';
  }
}

/** The others found that its rows are not theirs: it serves nobody until it is rebuilt. */
export class VotedOut extends Error {}
