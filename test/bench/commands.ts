import { randomUUID } from 'node:crypto';
import { ApiClient } from '../support/clients.js';
import type { Kind, TestDatabase } from '../support/databases.js';
import { PASSWORD } from '../support/officers.js';
import type { ByHandAnswer, ByHandGiven, ByHandQuestion } from './by-hand.js';
import { Child } from './children.js';
import { atOnce, Clients, quantile } from './load.js';
import type { Taken } from './load.js';
import { copyOf, kindNamed, lastBallots, prepared } from './prepared.js';
import type { LastBallot, Prepared } from './prepared.js';
import type { ServedAnswer, ServedGiven, ServedQuestion, Unit } from './served-house.js';

export type BenchWanted = {
  /** Of commands or of requests. */
  readonly count: number;
  /** Of starts. */
  readonly rounds: number;
  readonly say: (words: string) => void;
};

type Race = {
  readonly id: string;
  readonly kind: Kind;
  readonly societies: number;
  readonly clients: number;
  readonly goal: number;
  /** Of the reference (`times`) or in milliseconds. */
  readonly p99: { readonly times?: number; readonly ms?: number } | null;
};
type Served = { readonly child: Child<ServedQuestion, ServedAnswer>; readonly base: string };

const CLIENTS = 32;
/** App and reference in turn: what the machine does meanwhile meets both. The first is the warming up. */
const SLICES = 6;

/**
 * S1 to S3 of quality.md: the last ballot of a round over HTTP (decision, voucher, balances, duties, trail, key), beside the
 * same rows written by hand in the same run. S1 and S3: 64 societies; S2: everybody in one.
 */
export async function benchCommands({ count, say }: BenchWanted): Promise<object> {
  const [mariadb, sqlite] = [kindNamed('mariadb'), kindNamed('sqlite')];
  const races: Race[] = [];
  if (mariadb) {
    const on = { kind: mariadb, clients: CLIENTS, goal: 0.6 };
    races.push({ ...on, id: 'S1', societies: 64, p99: null });
    races.push({ ...on, id: 'S2', societies: 1, p99: { times: 3 } });
  } else say('S1, S2: not run, TEST_DATABASE_URL names no server');
  if (sqlite) races.push({ id: 'S3', kind: sqlite, societies: 64, clients: 1, goal: 0.5, p99: { ms: 200 } });
  const answers: Record<string, object> = {};
  for (const race of races) answers[race.id] = await raced(race, count, say);
  return answers;
}

async function raced(race: Race, count: number, say: BenchWanted['say']): Promise<object> {
  const { kind, societies } = race;
  const base = await prepared(kind, (house) => lastBallots(house, { societies, commands: count }));
  const copies: TestDatabase[] = [];
  const copy = async (): Promise<TestDatabase> => {
    const made = await copyOf(base, kind);
    copies.push(made);
    return made;
  };
  try {
    const units = await notedOn(await copy(), base);
    return told(race, await measured(race, base, await copy(), units), say);
  } finally {
    for (const each of copies) await each.drop();
    await base.drop();
  }
}

/** What each command writes, as the program itself writes it on a copy. */
async function notedOn(
  copy: TestDatabase,
  base: Prepared & { readonly filled: readonly LastBallot[] },
): Promise<readonly Unit[]> {
  const served = await serve(copy.url, base);
  const casts = await castsOn(served.base, base.filled);
  await served.child.ask('record');
  await atOnce(4, casts);
  const { units } = await served.child.ask('recorded');
  await served.child.stop();
  if (units.length !== base.filled.length)
    throw new Error(`${units.length} units were noted of ${base.filled.length} commands`);
  return units;
}

type Measured = {
  readonly app: Taken;
  readonly byHand: Taken;
  readonly blank: number;
  readonly rssMb: number;
};

async function measured(
  { clients }: Race,
  base: Prepared & { readonly filled: readonly LastBallot[] },
  copy: TestDatabase,
  units: readonly Unit[],
): Promise<Measured> {
  const served = await serve(base.database.url, base);
  const casts = await castsOn(served.base, base.filled);
  const { child: hand } = await Child.start<ByHandQuestion, ByHandAnswer>('by-hand.js', {
    databaseUrl: copy.url,
    clients,
  } satisfies ByHandGiven);
  const app: Taken[] = [];
  const byHand: ByHandAnswer[] = [];
  const size = Math.ceil(units.length / SLICES);
  for (let from = 0; from < units.length; from += size) {
    app.push(await atOnce(CLIENTS, casts.slice(from, from + size)));
    byHand.push(await hand.ask({ units: units.slice(from, from + size) }));
  }
  const { rssMb } = await served.child.ask('recorded');
  await served.child.stop();
  await hand.stop();
  const blank = byHand.reduce((sum, taken) => sum + taken.blank, 0);
  return { app: joined(app.slice(1)), byHand: joined(byHand.slice(1)), blank, rssMb };
}

const joined = (all: readonly Taken[]): Taken => ({
  ms: all.reduce((sum, taken) => sum + taken.ms, 0),
  each: all.flatMap((taken) => taken.each),
});

async function serve(databaseUrl: string, { dataDir, at }: Prepared): Promise<Served> {
  const given: ServedGiven = { databaseUrl, dataDir, at };
  const { child, ready } = await Child.start<ServedQuestion, ServedAnswer>('served-house.js', given);
  return { child, base: ready.base };
}

/** Every director is signed in before the clock runs. */
async function castsOn(base: string, ballots: readonly LastBallot[]): Promise<(() => Promise<void>)[]> {
  const clients = new Clients(base, CLIENTS);
  const tokens = new Map<string, string>();
  for (const { login } of ballots) {
    if (tokens.has(login)) continue;
    const whom = { login, password: PASSWORD };
    const { body, status } = await new ApiClient(base, null).post('/sessions', whom, null);
    if (status !== 201) throw new Error(`A director cannot sign in: ${status}`);
    tokens.set(login, String(body['token']));
  }
  return ballots.map(({ login, directorId, roundId }) => async () => {
    const { status } = await clients.ask({
      method: 'POST',
      path: `/api/v1/rounds/${roundId}/ballots`,
      headers: {
        authorization: `Bearer ${tokens.get(login) ?? ''}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify({ directorId, choice: 'yes' }),
    });
    if (status !== 200) throw new Error(`A ballot was refused: ${status}`);
  });
}

function told(race: Race, { app, byHand, blank, rssMb }: Measured, say: BenchWanted['say']): object {
  const rate = ({ ms, each }: Taken): number => (each.length / ms) * 1000;
  const p99 = ({ each }: Taken): number => quantile(each, 0.99);
  const ratio = rate(app) / rate(byHand);
  const isMet = ratio >= race.goal;
  const most = race.p99?.ms ?? (race.p99?.times ?? 0) * p99(byHand);
  const words = (met: boolean): string => (met ? 'met' : 'missed');
  say(
    `${race.id}: the last ballot on ${race.kind.name}, ${race.societies} societies, ${app.each.length} commands`,
  );
  say(
    `  over HTTP, ${CLIENTS} clients ${rate(app).toFixed(0)}/s, p99 ${p99(app).toFixed(0)} ms, RSS ${rssMb} MB`,
  );
  say(`  by hand, ${race.clients} at once  ${rate(byHand).toFixed(0)}/s, p99 ${p99(byHand).toFixed(0)} ms`);
  say(`  ${ratio.toFixed(2)} of the hand: goal ≥ ${race.goal}, ${words(isMet)}`);
  if (race.p99) say(`  p99: goal ≤ ${most.toFixed(0)} ms, ${words(p99(app) <= most)}`);
  if (blank > 0) say(`  ${blank} statements by hand met no row: they came in another order`);
  return {
    ...{ perSecond: rate(app), p99Ms: p99(app), ratio, isMet, rssMb, blank },
    ...{ byHandPerSecond: rate(byHand), byHandP99Ms: p99(byHand) },
    ...(race.p99 ? { isP99Met: p99(app) <= most } : {}),
  };
}
