import { existsSync } from 'node:fs';
import type { INestApplicationContext } from '@nestjs/common';
import { HandClock } from '../platform/clocks.js';
import { Config } from '../platform/config.js';
import type { Environment } from '../platform/config.js';
import { dataSourceOf } from '../platform/database/data-source.js';
import { NodeServesNobody, opened } from '../platform/database/opened.js';
import { SystemClock } from '../platform/system.js';
import { schema } from '../schema.js';
import type { Add, Answer } from './command-answer.js';
import { signOfNode, signsOfDatabase, signsOfLags, signsOfMachine } from './doctor.js';
import type { Sign } from './doctor.js';
import { LagsQueries } from './lags.queries.js';

type Inside = (work: (app: INestApplicationContext) => Promise<Answer>) => Promise<Answer>;

/** Looks at everything that a house stands on, and changes nothing. 0 where nothing is broken, 1 where something is. */
export function addDoctor(add: Add, environment: Environment, inside: Inside): void {
  add('doctor', 'what the house stands on: each ok, warn or fault, with what to do', async () => {
    let config: Config;
    try {
      config = new Config(environment);
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      return answerOf([{ check: 'settings', level: 'fault', words, advice: 'docs/operations.md, Settings' }]);
    }
    const clock = config.now ? new HandClock(config.now) : new SystemClock();
    const signs = [...(await signsOfMachine(config, clock)), ...(await databaseSigns(config, clock))];
    if (signs.some(({ level, check }) => level === 'fault' && check !== 'last verify'))
      return answerOf(signs);
    return inside(async (app) =>
      answerOf([...signs, ...signsOfLags(await app.get(LagsQueries, { strict: false }).all())]),
    );
  });
}

/** A file that is not there would be made by looking at it. */
async function databaseSigns({ databaseUrl }: Config, clock: HandClock | SystemClock): Promise<Sign[]> {
  const [, path] = /^sqlite:(.+)$/.exec(databaseUrl) ?? [];
  const none = (words: string): Sign[] => [
    { check: 'database', level: 'fault', words, advice: 'is DATABASE_URL right? a new house: migrate' },
  ];
  if (path !== undefined && !existsSync(path)) return none('there is none yet');
  const dataSource = dataSourceOf(databaseUrl, schema);
  try {
    await opened(dataSource);
  } catch (error) {
    if (error instanceof NodeServesNobody) return [signOfNode(error.node)];
    // Not its message, which may hold the password of the address.
    return none(`it does not answer (${(error as { code?: string }).code ?? 'no code'})`);
  }
  try {
    return await signsOfDatabase(dataSource, clock);
  } finally {
    await dataSource.destroy();
  }
}

function answerOf(signs: readonly Sign[]): Answer {
  const faults = signs.filter(({ level }) => level === 'fault').length;
  const warnings = signs.filter(({ level }) => level === 'warn').length;
  const lines = signs.map(
    ({ check, level, words, advice }) =>
      `${level.padEnd(5)} ${check}: ${words}${advice ? ` → ${advice}` : ''}`,
  );
  const sum = `${String(faults)} faults, ${String(warnings)} warnings`;
  return { status: faults > 0 ? 1 : 0, lines: [...lines, sum], json: { signs, faults, warnings } };
}
