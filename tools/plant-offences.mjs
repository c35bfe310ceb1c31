// Plants one offence per dependency rule in a copy of src/ and proves that each is caught, by that rule and no other.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
const contexts = forbidden.flatMap(({ name }) => /^arrows-(.+)$/.exec(name)?.[1] ?? []).concat('outreach');

const arrows = Object.fromEntries(
  contexts
    .slice(0, -1)
    .map((context, i) => [
      `arrows-${context}`,
      { [`src/${context}/planted.service.ts`]: `import '../${contexts[i + 1]}/index.js';` },
    ]),
);
const offences = {
  ...arrows,
  'no-cycles': {
    'src/platform/ring-a.ts': `import './ring-b.js';`,
    'src/platform/ring-b.ts': `import './ring-a.js';`,
  },
  'kernel-imports-nothing': { 'src/kernel/planted.ts': `import 'node:crypto';` },
  'domain-is-pure': { 'src/funds/domain/planted.ts': `import 'typeorm';` },
  'platform-knows-no-context': { 'src/platform/planted.ts': `import '../audit/index.js';` },
  'nobody-enters-the-house': { 'src/platform/planted-visit.ts': `import '../planted-entry.js';` },
  'contexts-by-the-front-door': { 'src/cases/planted.queries.ts': `import '../people/planted.service.js';` },
  'house-by-the-front-door': { 'src/planted.ts': `import './people/planted.service.js';` },
  'only-services-open-transactions': {
    'src/cases/planted.store.ts': `import { Transactions } from '../platform/database/transactions.js';\nexport { Transactions };`,
  },
  'pages-touch-no-rows': { 'src/cases/planted.pages.ts': `import './planted.store.js';` },
};

const copy = mkdtempSync(join(tmpdir(), 'offences-'));
try {
  for (const path of ['src', 'migrations', 'tsconfig.json', 'package.json', '.dependency-cruiser.cjs'])
    cpSync(path, join(copy, path), { recursive: true });
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  const plant = ([path, text]) => {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), `${text}\n`);
  };
  // The rooms that are not built yet have a door for the time of the test.
  for (const context of contexts)
    if (!existsSync(join(copy, `src/${context}`))) plant([`src/${context}/index.ts`, 'export {};']);
  plant(['src/planted-entry.ts', 'export {};']);
  for (const files of Object.values(offences)) Object.entries(files).forEach(plant);

  const found = cruise(copy).summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
  const rules = forbidden.map(({ name }) => name);
  const failures = [
    ...rules.filter((rule) => !(rule in offences)).map((rule) => `no offence is planted for ${rule}`),
    ...rules
      .filter((rule) => !found.some((offence) => offence.rule === rule))
      .map((rule) => `not caught: ${rule}`),
    ...found
      .filter(({ rule, from }) => !(from in (offences[rule] ?? {})))
      .map(({ rule, from }) => `caught unplanned: ${rule} in ${from}`),
  ];
  failures.forEach((failure) => console.error(failure));
  console.log(`${rules.length} rules, ${rules.length - failures.length} proved, ${failures.length} failures`);
  process.exitCode = failures.length === 0 ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true });
}

function cruise(cwd) {
  const cli = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  try {
    return JSON.parse(
      execFileSync(process.execPath, [cli, 'src', '-T', 'json'], { cwd, encoding: 'utf8', maxBuffer: 1e8 }),
    );
  } catch (error) {
    return JSON.parse(error.stdout); // exit status = number of violations
  }
}
