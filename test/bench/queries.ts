import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { houseOn, MONDAY } from '../support/house.js';
import type { House } from '../support/house.js';
import { stopTimers } from '../support/village.js';
import { scalesIn, setOf } from './data-set.js';
import type { DataSet, SetWanted } from './data-set.js';
import type { ScaleName } from './data-set/scale.js';
import { quantile } from './load.js';
import { measuredPosting } from './posting.js';
import { questionsOf } from './questions.js';
import type { Question } from './questions.js';

export type QueriesWanted = SetWanted & { readonly rounds: number };

type Taken = { readonly scale: ScaleName; readonly medianMs: number; readonly p99Ms: number };
type Open = { readonly set: DataSet; readonly house: House; readonly questions: readonly Question[] };

/** quality.md S7, in milliseconds, of the median. */
const GOAL_MS = 10;
/** A question grows with the nation if it is so much slower in the larger set, and by more than the clock can tell. */
const MOST_GROWTH = { times: 2, ms: 1 };
const WARM_UP = 20;

/**
 * S7 of quality.md: `npm run bench -- queries --scale city,nation [--server mysql://…/] [--rounds N]`. Each question is asked of
 * the class that the program asks, where it is one of many societies with another each time; of several sets in turn, so that
 * what the machine does meanwhile meets all of them.
 */
export async function benchQueries(wanted: QueriesWanted): Promise<object> {
  const { say, rounds } = wanted;
  const open: Open[] = [];
  try {
    for (const scale of scalesIn(wanted.scale)) open.push(await opened(await setOf(scale, wanted), rounds));
    for (const { set } of open)
      say(`${set.scale}: ${set.societies} societies, ${set.rows['voucher_lines'] ?? 0} lines in ${set.url}`);
    const answers: Record<string, object> = {};
    for (const [i, { name }] of (open[0]?.questions ?? []).entries())
      answers[name] = await asked(
        open.flatMap((each) => {
          const question = each.questions[i];
          return question ? [{ ...each, question }] : [];
        }),
        { rounds, say },
      );
    return { ...answers, posting: await measuredPosting(wanted) };
  } finally {
    for (const { house } of open) await house.close();
  }
}

async function opened(set: DataSet, rounds: number): Promise<Open> {
  const database = { url: set.url, drop: () => Promise.resolve() };
  const house = await houseOn({ database, dataDir: set.dataDir }, MONDAY);
  stopTimers(house);
  return { set, house, questions: await questionsOf(house, set, rounds + WARM_UP) };
}

async function asked(
  of: readonly (Open & { readonly question: Question })[],
  { rounds, say }: Pick<QueriesWanted, 'rounds' | 'say'>,
): Promise<object> {
  const times = of.map((): number[] => []);
  for (let round = -WARM_UP; round < rounds; round++)
    for (const [i, { question }] of of.entries()) {
      const from = performance.now();
      await question.ask(round + WARM_UP);
      if (round >= 0) times[i]?.push(performance.now() - from);
    }
  const taken = of.map(({ set }, i): Taken => {
    const ms = times[i] ?? [];
    return { scale: set.scale, medianMs: quantile(ms, 0.5), p99Ms: quantile(ms, 0.99) };
  });
  const [first] = of;
  if (!first) throw new Error('There is no set');
  const { name, isControl = false } = first.question;
  const isMet = taken.every(({ medianMs }) => medianMs <= GOAL_MS);
  const isFlat = !grows(taken);
  const words = taken.map(
    ({ scale, medianMs, p99Ms }) => `${scale} ${medianMs.toFixed(2)} ms, p99 ${p99Ms.toFixed(1)}`,
  );
  const verdict = isControl ? 'control' : `goal ≤ ${GOAL_MS} ms ${isMet ? 'met' : 'missed'}`;
  const growth = of.length < 2 || isControl ? '' : isFlat ? ', does not grow' : ', GROWS';
  say(`${name}: ${words.join('; ')}: ${verdict}${growth}`);
  const isToExplain = !isControl && (!isMet || !isFlat);
  if (isToExplain) for (const each of of) await explained(each);
  return { taken, isMet, isFlat, isControl };
}

function grows(taken: readonly Taken[]): boolean {
  const [least, most] = [taken[0]?.medianMs ?? 0, taken.at(-1)?.medianMs ?? 0];
  return most > least * MOST_GROWTH.times && most - least > MOST_GROWTH.ms;
}

/** What the database says of each statement of a question that was missed, in a file beside the set. */
async function explained({ set, house, question }: Open & { readonly question: Question }): Promise<void> {
  const { dataSource } = house;
  const prefix = dataSource.options.type === 'better-sqlite3' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
  const statements = await statementsOf(dataSource, () => question.ask(0));
  const plans: string[] = [];
  for (const { sql, values } of statements) {
    const plan = await dataSource.query<object[]>(`${prefix} ${sql}`, values);
    plans.push(sql, ...plan.map((row) => JSON.stringify(row)), '');
  }
  writeFileSync(join(set.dataDir, `explain-${question.name.replaceAll(/\W+/g, '-')}.txt`), plans.join('\n'));
}

async function statementsOf(
  dataSource: DataSource,
  ask: () => Promise<unknown>,
): Promise<{ sql: string; values: unknown[] }[]> {
  const found: { sql: string; values: unknown[] }[] = [];
  const query = dataSource.query.bind(dataSource);
  dataSource.query = (async (sql: string, values: unknown[] = []) => {
    found.push({ sql, values });
    return query(sql, values);
  }) as typeof dataSource.query;
  try {
    await ask();
  } finally {
    dataSource.query = query;
  }
  return found;
}
