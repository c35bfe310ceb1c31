import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kind } from '../../support/databases.js';

/** What the line does to whoever uses it, until told otherwise. */
export type Faults = {
  /** Added to each piece, each way. */
  readonly latencyMs?: number;
  /** Nobody is let in. */
  readonly down?: boolean;
  /** Everybody is let in, and nothing comes through: neither a word nor a refusal. */
  readonly hang?: boolean;
  /** What the server says does not come back. */
  readonly mute?: boolean;
};

export type CommitFault =
  /** COMMIT reaches the server, and the line breaks before its answer comes back. */
  | 'blind'
  /** The line breaks before COMMIT reaches the server. */
  | 'dropped';

const COM_QUERY = 3;

/** A line between a program and its server that does what lines do, when the test says so. */
export class FaultProxy {
  readonly commits = { seen: 0, blind: 0, dropped: 0 };
  private faults: Faults = {};
  private commitFault: { readonly kind: CommitFault; readonly each: number; left: number } | null = null;
  private readonly lines = new Set<Line>();

  private constructor(
    private readonly server: Server,
    private readonly target: number,
  ) {}

  /** To a port of this machine. */
  static async to(target: number): Promise<FaultProxy> {
    const server = createServer();
    const proxy = new FaultProxy(server, target);
    server.on('connection', (client) => {
      proxy.open(client);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** From now on; what hung goes on when it hangs no more. */
  set(faults: Faults): void {
    this.faults = faults;
    for (const line of this.lines) line.wake();
  }

  /** Every `each`-th COMMIT of MySQL's protocol from now on, `times` times. */
  breakCommits(kind: CommitFault, { each = 1, times = Infinity } = {}): void {
    this.commitFault = { kind, each, left: times };
  }

  /** Lets every COMMIT through again. */
  mendCommits(): void {
    this.commitFault = null;
  }

  /** Breaks every line that is open now. */
  cut(): number {
    const open = this.lines.size;
    for (const line of this.lines) line.break();
    return open;
  }

  async close(): Promise<void> {
    this.server.close();
    this.cut();
    await once(this.server, 'close');
  }

  private open(client: Socket): void {
    if (this.faults.down) {
      client.resetAndDestroy();
      return;
    }
    const server = connect(this.target, '127.0.0.1');
    const line = new Line(client, server, {
      faults: () => this.faults,
      onCommit: () => this.commitFaultOf(),
      onEnd: () => this.lines.delete(line),
    });
    this.lines.add(line);
  }

  private commitFaultOf(): CommitFault | null {
    this.commits.seen++;
    if (!this.commitFault || this.commitFault.left === 0) return null;
    if (this.commits.seen % this.commitFault.each !== 0) return null;
    this.commitFault.left--;
    this.commits[this.commitFault.kind]++;
    return this.commitFault.kind;
  }
}

/** The same server, reached by the line that the test breaks; a database is made and dropped by a sound one. */
export function behind(proxy: FaultProxy, kind: Kind): Kind {
  return {
    ...kind,
    async create() {
      const database = await kind.create();
      const url = Object.assign(new URL(database.url), { port: String(proxy.port) }).href;
      return { url, drop: () => database.drop() };
    },
  };
}

type Way = { readonly to: Socket; readonly waiting: Buffer[]; isBusy: boolean };

type Told = {
  readonly faults: () => Faults;
  readonly onCommit: () => CommitFault | null;
  readonly onEnd: () => void;
};

class Line {
  private readonly up: Way;
  private readonly down: Way;
  private isBlind = false;
  private isBroken = false;

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    private readonly told: Told,
  ) {
    this.up = { to: server, waiting: [], isBusy: false };
    this.down = { to: client, waiting: [], isBusy: false };
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        if (!this.isBlind) this.break();
      });
    }
    client.on('data', (data) => {
      this.fromClient(data);
    });
    server.on('data', (data) => {
      this.fromServer(data);
    });
  }

  wake(): void {
    void this.pass(this.up);
    void this.pass(this.down);
  }

  break(): void {
    if (this.isBroken) return;
    this.isBroken = true;
    this.told.onEnd();
    this.client.resetAndDestroy();
    this.server.resetAndDestroy();
  }

  private fromClient(data: Buffer): void {
    const fault = isCommit(data) ? this.told.onCommit() : null;
    if (fault === 'dropped') {
      this.break();
      return;
    }
    this.isBlind ||= fault === 'blind';
    this.up.waiting.push(data);
    void this.pass(this.up);
  }

  private fromServer(data: Buffer): void {
    if (this.isBlind) {
      // The server has answered, so that the unit is in the books; nobody hears of it.
      this.isBlind = false;
      this.break();
      return;
    }
    if (this.told.faults().mute) return;
    this.down.waiting.push(data);
    void this.pass(this.down);
  }

  private nextOf({ waiting }: Way): Buffer | undefined {
    return this.isBroken || this.told.faults().hang ? undefined : waiting.shift();
  }

  private async pass(way: Way): Promise<void> {
    if (way.isBusy) return;
    way.isBusy = true;
    for (let data = this.nextOf(way); data; data = this.nextOf(way)) {
      const { latencyMs = 0 } = this.told.faults();
      if (latencyMs > 0) await sleep(latencyMs);
      way.to.write(data);
    }
    way.isBusy = false;
  }
}

/** A packet of MySQL: three bytes of length, a number, the command, its text. */
function isCommit(data: Buffer): boolean {
  return data.length > 5 && data[4] === COM_QUERY && /^commit\b/i.test(data.toString('latin1', 5, 16));
}
