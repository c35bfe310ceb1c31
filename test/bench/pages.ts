import { gzipSync } from 'node:zlib';
import { ReceiptsQueries, ReceiptsService } from '../../src/donations/index.js';
import { give } from '../support/donations.js';
import type { House } from '../support/house.js';
import { as, givenCase, givenVillage } from '../support/village.js';
import { Child } from './children.js';
import type { BenchWanted } from './commands.js';
import { atOnce, Clients, quantile } from './load.js';
import type { Taken } from './load.js';
import { kindNamed, prepared } from './prepared.js';
import type { PlainGiven } from './plain-server.js';
import type { ServedAnswer, ServedGiven, ServedQuestion } from './served-house.js';

type Page = { readonly id: string; readonly name: string; readonly path: string; readonly goal: number };

const CLIENTS = 32;
const ROWS = 200;
const SLICES = 6;
/** KB of everything a phone fetches at its first visit, and of a page after it (S9). */
const WEIGHTS = { first: 45, later: 6 };

/**
 * S5, S6 and S9 of quality.md, on SQLite: what became of a gift in 200 payments, and the page of signing in, beside bare
 * node:http that renders the same template; and what a phone must fetch.
 */
export async function benchPages({ count, say }: BenchWanted): Promise<object> {
  const sqlite = kindNamed('sqlite');
  if (!sqlite) throw new Error('There is no SQLite');
  const base = await prepared(sqlite, givenTrace);
  const { database, dataDir, at } = base;
  const given: ServedGiven = { databaseUrl: database.url, dataDir, at };
  const { child, ready } = await Child.start<ServedQuestion, ServedAnswer>('served-house.js', given);
  try {
    await child.ask('record');
    const pages: Page[] = [
      { id: 'S5', name: `a gift in ${ROWS} payments`, path: base.filled, goal: 0.85 },
      { id: 'S6', name: 'signing in', path: '/sign-in', goal: 0.5 },
    ];
    const answers: Record<string, object> = {};
    for (const page of pages) answers[page.id] = await besidePlain(page, child, ready.base, count, say);
    answers['S9'] = await weighed(ready.base, say);
    return answers;
  } finally {
    await child.stop();
    await base.drop();
  }
}

/** One gift that went to so many neighbours. */
async function givenTrace(house: House): Promise<string> {
  const village = await givenVillage(house, { heldFen: 0 });
  const giftId = await give(village, ROWS * 10_000);
  for (let n = 0; n < ROWS; n += 1) await givenCase(village, { at: 'PAID', amountFen: 10_000 });
  await house.get(ReceiptsService).issueReceipt(as(village, 'accountant'), { giftId });
  const [receipt] = await house.get(ReceiptsQueries).ofGift(village.societyId, giftId);
  if (!receipt) throw new Error('The gift has no receipt');
  return `/t?no=${receipt.number}&code=${receipt.checkCode}`;
}

async function besidePlain(
  page: Page,
  child: Child<ServedQuestion, ServedAnswer>,
  base: string,
  count: number,
  say: BenchWanted['say'],
): Promise<object> {
  const once = await fetch(base + page.path, { headers: { 'accept-encoding': 'identity' } });
  const html = await once.text();
  const { shown } = await child.ask('shown');
  if (once.status !== 200 || !shown) throw new Error(`${page.id} cannot be opened: ${once.status}`);
  const plain = await Child.start<never, { readonly base: string }>(
    'plain-server.js',
    shown satisfies PlainGiven,
  );
  const taken: Record<'app' | 'plain', Taken[]> = { app: [], plain: [] };
  for (let slice = 0; slice < SLICES; slice += 1) {
    taken.app.push(await asked(base, page.path, count / SLICES));
    taken.plain.push(await asked(plain.ready.base, '/', count / SLICES));
  }
  await plain.child.stop();
  const rate = (all: readonly Taken[]): number =>
    (all.slice(1).reduce((sum, { each }) => sum + each.length, 0) /
      all.slice(1).reduce((sum, { ms }) => sum + ms, 0)) *
    1000;
  const [app, reference] = [rate(taken.app), rate(taken.plain)];
  const ratio = app / reference;
  const p99 = quantile(
    taken.app.slice(1).flatMap(({ each }) => each),
    0.99,
  );
  say(`${page.id}: ${page.name}, ${Math.round(html.length / 1024)} K characters, ${CLIENTS} clients`);
  say(`  huzhu ${app.toFixed(0)}/s (p99 ${p99.toFixed(0)} ms), bare node:http ${reference.toFixed(0)}/s`);
  say(`  ${ratio.toFixed(2)} of it: goal ≥ ${page.goal}, ${ratio >= page.goal ? 'met' : 'missed'}`);
  return { perSecond: app, plainPerSecond: reference, p99Ms: p99, ratio, isMet: ratio >= page.goal };
}

async function asked(base: string, path: string, count: number): Promise<Taken> {
  const clients = new Clients(base, CLIENTS);
  const ask = async (): Promise<void> => {
    const { status } = await clients.ask({ method: 'GET', path, headers: {} });
    if (status !== 200) throw new Error(`A page was refused: ${status}`);
  };
  const taken = await atOnce(
    CLIENTS,
    Array.from({ length: Math.ceil(count) }, () => ask),
  );
  clients.close();
  return taken;
}

/** The first page with all it names, and the page of signing in when the rest is kept; as gzip sends them. */
async function weighed(base: string, say: BenchWanted['say']): Promise<object> {
  const home = await text(`${base}/`);
  const named = [...home.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);
  const kept = await Promise.all([...new Set(named)].map(async (path) => gzipped(await text(base + path))));
  const first = (gzipped(home) + kept.reduce((sum, bytes) => sum + bytes, 0)) / 1024;
  const later = gzipped(await text(`${base}/sign-in`)) / 1024;
  const words = (kb: number, goal: number): string =>
    `${kb.toFixed(1)} KB: goal ≤ ${goal}, ${kb <= goal ? 'met' : 'missed'}`;
  say(`S9: first visit ${words(first, WEIGHTS.first)}; a later page ${words(later, WEIGHTS.later)}`);
  return { firstKb: first, laterKb: later, isMet: first <= WEIGHTS.first && later <= WEIGHTS.later };
}

const text = async (url: string): Promise<string> => (await fetch(url)).text();
const gzipped = (words: string): number => gzipSync(words).length;
