// `npm run bench [-- NAME …] [--json] [--rounds N] [--count N]`: the speeds of quality.md, as ratios of one run.
import { parseArgs } from 'node:util';
import { benchNotices } from './notices.mjs';

const BENCHES = { notices: benchNotices };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '40' },
    count: { type: 'string', default: '30000' },
  },
});
const names = positionals.length > 0 ? positionals : Object.keys(BENCHES);
const unknown = names.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}; there is: ${Object.keys(BENCHES).join(', ')}`);
  process.exit(2);
}

const answers = {};
for (const name of names) {
  const say = values.json ? () => {} : console.log;
  answers[name] = await BENCHES[name]({ rounds: Number(values.rounds), count: Number(values.count), say });
}
if (values.json) console.log(JSON.stringify(answers, null, 2));
process.exit(0); // a browser or a thread that hangs must not keep it
