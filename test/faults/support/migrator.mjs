// Runs what is pending as `migrate` does, without its turn, and says after each statement that changes the schema or rows how
// many there were, so that it can be killed by their count. `plainly`: without asking what is there already. With a
// number it dies by its own hand just after so many, and not a statement later.
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const built = (file) => import(pathToFileURL(join(process.cwd(), 'dist', 'src', file)).href);
const { dataSourceOf } = await built('platform/database/data-source.js');
const { runPending } = await built('platform/database/pending-migrations.js');
const { schema } = await built('schema.js');

const [url, how, diesAfter] = process.argv.slice(2);
const dataSource = await dataSourceOf(url, schema).initialize();
const create = dataSource.createQueryRunner.bind(dataSource);
let done = 0;

dataSource.createQueryRunner = (...given) => {
  const runner = create(...given);
  const query = runner.query.bind(runner);
  return Object.assign(runner, {
    query: async (sql, ...rest) => {
      const answer = await query(sql, ...rest);
      if (!/^\s*(CREATE|INSERT|ALTER|UPDATE|DROP)\b/.test(sql)) return answer;
      writeSync(1, `${++done}\n`);
      if (String(done) === diesAfter) process.kill(process.pid, 'SIGKILL');
      return answer;
    },
  });
};

await (how === 'plainly' ? dataSource.runMigrations() : runPending(dataSource));
await dataSource.destroy();
