import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '../../support/clients.js';
import type { ApiAnswer } from '../../support/clients.js';
import { PASSWORD } from '../../support/officers.js';
import { photo } from '../../support/village.js';
import type { Books, Office } from './ground.js';

/** One command of one person. `subject` is what the books can tell it by: its amount, or its order. */
export type Command = {
  readonly kind: 'gift' | 'inflow' | 'payment';
  readonly subject: number | string;
  readonly key: string;
};

let addresses = 0;
/** No two commands bring the same amount. */
let made = 0;

/** Everybody comes from an address of his own: the limit of requests is another test's. */
function elsewhere(): Record<string, string> {
  const n = ++addresses;
  return { 'x-forwarded-for': `10.${String((n >> 16) & 255)}.${String((n >> 8) & 255)}.${String(n & 255)}` };
}

export type Tokens = { readonly accountant: string; readonly cashier: string };

export async function signIn(base: string, { logins }: Office): Promise<Tokens> {
  const token = async (login: string): Promise<string> => {
    const whom = { login, password: PASSWORD };
    const answer = await new ApiClient(base, null, elsewhere()).post('/sessions', whom, null);
    if (answer.status !== 201) throw new Error(`${login} cannot sign in: ${answer.status} ${answer.text}`);
    return String(answer.body['token']);
  };
  return { accountant: await token(logins.accountant), cashier: await token(logins.cashier) };
}

/**
 * The people of an office who record gifts, inflows and payments, and what they wrote down of it: each answer they got,
 * and each command of which they do not know whether it was done.
 */
export class Load {
  readonly answers = new Map<Command, ApiAnswer>();
  readonly unknown = new Set<Command>();
  /** Refusals and faults: there are none, whatever happens to the machine. */
  readonly faults: string[] = [];
  private readonly orders: string[];

  constructor(
    private readonly office: Office,
    private readonly base: string,
    public tokens: Tokens,
  ) {
    this.orders = [...office.orderIds];
  }

  /** Every seventh pays an order, as long as there are some. */
  next(): Command {
    const n = ++made;
    const orderId = n % 7 === 0 ? this.orders.shift() : undefined;
    if (orderId !== undefined) return { kind: 'payment', subject: orderId, key: randomUUID() };
    return { kind: n % 2 === 0 ? 'gift' : 'inflow', subject: 10_000 + n, key: randomUUID() };
  }

  nextInflow(): Command {
    return { kind: 'inflow', subject: 10_000 + ++made, key: randomUUID() };
  }

  /** So many people at once, until `isOver`; each takes up his next command when the last is answered. */
  async run(people: number, isOver: () => boolean): Promise<void> {
    const one = async (): Promise<void> => {
      while (!isOver()) await this.give(this.next());
    };
    await Promise.all(Array.from({ length: people }, one));
  }

  /** Until so many were answered in all; throws where something else came of it, or nothing does. */
  async answered(count: number, withinMs = 120_000): Promise<void> {
    const giveUpAt = performance.now() + withinMs;
    while (this.answers.size < count) {
      if (this.faults.length > 0) throw new Error(`Refused or failed: ${this.faults.join(', ')}`);
      if (performance.now() > giveUpAt)
        throw new Error(`${String(this.answers.size)} answers, and no more come`);
      await sleep(5);
    }
  }

  /** Sends it, and writes down what came of it. */
  async give(command: Command): Promise<void> {
    this.unknown.add(command);
    const answer = await this.send(command).catch(() => null);
    if (answer === null || answer.status === 503) return;
    this.unknown.delete(command);
    if (answer.status === 201) this.answers.set(command, answer);
    else this.faults.push(`${command.kind}: ${answer.status} ${answer.code}`);
  }

  /** The same until there is an answer. */
  async patiently(command: Command): Promise<ApiAnswer> {
    for (;;) {
      const answer = await this.send(command);
      if (answer.status === 503) continue;
      if (answer.status === 201) this.answers.set(command, answer);
      else this.faults.push(`${command.kind}: ${answer.status} ${answer.code}`);
      return answer;
    }
  }

  /** What anybody does who got no answer: the same again, under the same key, until one comes. */
  async repeatUnknown(withinMs = 30_000): Promise<number> {
    const open = this.unknown.size;
    const giveUpAt = performance.now() + withinMs;
    while (this.unknown.size > 0 && performance.now() < giveUpAt) {
      for (const command of [...this.unknown]) await this.give(command);
      if (this.unknown.size > 0) await sleep(50);
    }
    return open;
  }

  /** Everything that was answered is sent once more: how many answers differ from the first. */
  async differing(): Promise<number> {
    let differing = 0;
    for (const [command, first] of this.answers) {
      const again = await this.send(command);
      if (again.status !== first.status || again.text !== first.text) differing++;
    }
    return differing;
  }

  /** What the pool holds, asked by the same line. */
  async poolFen(): Promise<number> {
    const { body } = await new ApiClient(this.base, this.tokens.accountant, elsewhere()).get('/ledger');
    return (body['fund'] as { balanceFen: number }).balanceFen;
  }

  async send({ kind, subject, key }: Command): Promise<ApiAnswer> {
    const token = kind === 'payment' ? this.tokens.cashier : this.tokens.accountant;
    const client = new ApiClient(this.base, token, elsewhere());
    const receivedOn = this.office.today;
    if (kind === 'gift') {
      const gift = { nature: 'GIFT', method: 'CASH', intent: 'UNRESTRICTED', amountFen: subject, receivedOn };
      return client.post('/donations', gift, key);
    }
    if (kind === 'inflow')
      return client.post('/ledger/inflows', { kind: 'FEE', amountFen: subject, receivedOn }, key);
    const slip = await photo();
    return client.upload(
      `/payments/${String(subject)}/transfer`,
      { bankReference: key },
      { photo: slip },
      key,
    );
  }
}

export type Verdict = { readonly lost: number; readonly doubled: number; readonly poolOffFen: number };

/** What the books say of what was answered: each of them once, and the pool holds what came in less what went out. */
export function judged({ answers }: Pick<Load, 'answers'>, { heldFen }: Office, books: Books): Verdict {
  let [lost, doubled, wantedFen] = [0, 0, heldFen];
  for (const { subject } of answers.keys()) {
    const found = (typeof subject === 'number' ? books.lots.get(subject) : books.paid.get(subject)) ?? 0;
    if (found === 0) lost++;
    if (found > 1) doubled++;
    wantedFen += typeof subject === 'number' ? subject : -100_000;
  }
  return { lost, doubled, poolOffFen: books.poolFen - wantedFen };
}

export const NOTHING_LOST: Verdict = { lost: 0, doubled: 0, poolOffFen: 0 };
