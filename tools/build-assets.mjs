// Styles, script and icon under names that carry their hash, with .br and .gz beside them, and a manifest of the names.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { spawnSync } from 'node:child_process';
import { compile, Logger } from 'sass';

const root = join(import.meta.dirname, '..');
const templates = join(root, 'templates');
const out = join(root, 'build', 'assets');
const SCRIPT_LIMIT = 3 * 1024;
const WEEK_MS = 7 * 24 * 3600 * 1000;

const styles = compile(join(templates, 'styles', 'app.scss'), {
  style: 'compressed',
  charset: false,
  loadPaths: [join(root, 'node_modules')],
  logger: Logger.silent,
});

const script = (name) => Buffer.from(smaller(readFileSync(join(templates, 'scripts', name), 'utf8')));
const assets = {
  'app.css': Buffer.from(styles.css),
  'app.js': script('app.js'),
  'desk.js': script('desk.js'), // asked for by the pages of the desk alone
  'icon.svg': readFileSync(join(templates, 'styles', 'icon.svg')),
};

mkdirSync(out, { recursive: true });
dropOld();
const manifest = {};
for (const [name, bytes] of Object.entries(assets)) {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  const hashed = name.replace(extname(name), `.${hash}${extname(name)}`);
  const zipped = gzipSync(bytes, { level: 9 });
  writeFileSync(join(out, hashed), bytes);
  writeFileSync(join(out, `${hashed}.gz`), zipped);
  writeFileSync(
    join(out, `${hashed}.br`),
    brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  );
  manifest[name] = hashed;
  if (name.endsWith('.js') && zipped.length > SCRIPT_LIMIT)
    throw new Error(
      `${name} is ${zipped.length} bytes zipped; a phone on a bad line is promised ${SCRIPT_LIMIT}`,
    );
}
writeFileSync(join(out, 'manifest.json'), JSON.stringify(manifest, null, 2));

const fonts = join(import.meta.dirname, 'unpack-fonts.mjs');
if (existsSync(fonts)) {
  const { status } = spawnSync(process.execPath, [fonts], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** A server that still runs asks for the names it started with, so the files of this week stay beside the new ones. */
function dropOld() {
  for (const name of readdirSync(out)) {
    const file = join(out, name);
    if (Date.now() - statSync(file).mtimeMs > WEEK_MS) rmSync(file);
  }
}

/** Drops whole-line comments and indentation; nothing that could change what the script does. */
function smaller(text) {
  return text
    .replace(/^\s*\/\*\*?[\s\S]*?\*\/\n/gm, '')
    .replace(/^\s*\/\/.*\n/gm, '')
    .replace(/^\s+/gm, '');
}
