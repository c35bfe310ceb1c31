import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CASE_STATES } from '../cases/index.js';
import { RELIEF_STATES } from '../relief/index.js';
import { procedurePage } from './procedure-page.js';

it('is what docs/procedure.md says (npm run huzhu -- export:procedure docs/procedure.md)', () => {
  expect(readFileSync(join(process.cwd(), 'docs', 'procedure.md'), 'utf8')).toBe(procedurePage());
});

it('leaves no state out', () => {
  const page = procedurePage();
  expect([...CASE_STATES, ...RELIEF_STATES].filter((state) => !page.includes(`\`${state}\``))).toEqual([]);
});
