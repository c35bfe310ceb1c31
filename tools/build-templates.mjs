// Every template compiled ahead, each under the hash of its text: starting the program takes a second less, and so does
// every house of the tests. A text that has changed since is compiled at the start, as if this file were not there.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';

const root = join(import.meta.dirname, '..');
const templates = join(root, 'templates');
// The same words as in src/platform/web/templates.ts: they go into the hash, so a difference costs time and nothing else.
const OPTIONS = { strict: true, preventIndent: true };

const compiled = Object.fromEntries(
  readdirSync(templates, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.hbs'))
    .map((file) => {
      const text = readFileSync(join(templates, file), 'utf8');
      const key = JSON.stringify([Handlebars.VERSION, OPTIONS, text]);
      return [createHash('sha256').update(key).digest('hex'), Handlebars.precompile(text, OPTIONS)];
    }),
);
mkdirSync(join(root, 'build'), { recursive: true });
writeFileSync(join(root, 'build', 'templates.json'), JSON.stringify(compiled));
