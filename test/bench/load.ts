import { Agent, request } from 'node:http';

export type Asked = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type Answered = { readonly status: number; readonly bytes: number };

/** Over one connection for each client, kept open, as a browser or a proxy keeps it. */
export class Clients {
  private readonly agent: Agent;

  constructor(
    private readonly base: string,
    readonly count: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: count });
  }

  ask({ method, path, headers, body }: Asked): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const url = new URL(path, this.base);
      const sent = request(
        url,
        { method, agent: this.agent, headers: { ...headers, ...length } },
        (reply) => {
          let bytes = 0;
          reply.on('data', (chunk: Buffer) => (bytes += chunk.length));
          reply.on('end', () => {
            resolve({ status: reply.statusCode ?? 0, bytes });
          });
          reply.on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

export type Taken = { readonly ms: number; readonly each: readonly number[] };

/** Each of the works once, so many at a time, the next as soon as one is done. Times in milliseconds. */
export async function atOnce(count: number, works: readonly (() => Promise<unknown>)[]): Promise<Taken> {
  const each: number[] = [];
  const waiting = works.values();
  const worker = async (): Promise<void> => {
    for (const work of waiting) {
      const from = performance.now();
      await work();
      each.push(performance.now() - from);
    }
  };
  const from = performance.now();
  await Promise.all(Array.from({ length: count }, worker));
  return { ms: performance.now() - from, each };
}

/** The value below which such a share of them lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
