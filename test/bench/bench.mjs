// `npm run bench [-- NAME …] [--json] [--rounds N] [--count N]`: the speeds of quality.md, as ratios of one run.
// `data-set` and `queries` take `--scale tiny|city|nation` (several with commas), `--server mysql://…/`, `--seed N`, `--drop`.
import { parseArgs } from 'node:util';
import { benchNotices } from './notices.mjs';

// Those in TypeScript stand beside the program, as `tsc -p test/bench` builds both.
const built = (file) => import(`../../build/bench/test/bench/${file}`);
const BENCHES = {
  notices: { run: benchNotices, rounds: 40, count: 30_000 },
  commands: {
    run: async (wanted) => (await built('commands.js')).benchCommands(wanted),
    rounds: 1,
    count: 768,
  },
  pages: { run: async (wanted) => (await built('pages.js')).benchPages(wanted), rounds: 1, count: 6000 },
  'data-set': {
    run: async (wanted) => (await built('data-set.js')).benchDataSet(wanted),
    rounds: 1,
    count: 1,
  },
  queries: { run: async (wanted) => (await built('queries.js')).benchQueries(wanted), rounds: 200, count: 1 },
  start: { run: async (wanted) => (await built('start.js')).benchStart(wanted), rounds: 7, count: 1 },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    count: { type: 'string' },
    scale: { type: 'string', default: 'city' },
    server: { type: 'string', default: process.env.TEST_DATABASE_URL },
    seed: { type: 'string', default: '1' },
    drop: { type: 'boolean', default: false },
  },
});
if (values.server) process.env.TEST_DATABASE_URL ??= values.server; // read where the test databases are made
const names = positionals.length > 0 ? positionals : Object.keys(BENCHES);
const unknown = names.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}; there is: ${Object.keys(BENCHES).join(', ')}`);
  process.exit(2);
}

const answers = {};
for (const name of names) {
  const say = values.json ? () => {} : console.log;
  const { run, rounds, count } = BENCHES[name];
  answers[name] = await run({
    rounds: Number(values.rounds ?? rounds),
    count: Number(values.count ?? count),
    scale: values.scale,
    server: values.server,
    seed: Number(values.seed),
    drop: values.drop,
    say,
  });
}
if (values.json) console.log(JSON.stringify(answers, null, 2));
process.exit(0); // a browser or a thread that hangs must not keep it
