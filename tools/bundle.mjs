// The last step of `npm run build`: each program (server, command line, demonstration, thread that prints) becomes one
// file and what it shares with the others, in the place of the thousands that Node would else find, read and compile
// one by one at each start.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname } from 'node:path';
import { build } from 'esbuild';
import { asciiModule, isAscii } from './ascii.mjs';

const PROGRAMS = ['main', 'cli', 'demo', 'platform/pdf/print-worker'];

/** Stay in node_modules: they bring machine code, read files beside their own, or hand their own text to a thread. */
const WITH_FILES = [
  '@fastify/static',
  '@node-rs/argon2',
  'fflate',
  'fontkit',
  'libsql',
  'mysql2',
  'pdfkit',
  'pino',
  'sharp',
  'swagger-ui-dist',
];
/** Asked for by our packages where somebody has them; we do not. */
const ABSENT = [
  '@fastify/view',
  '@nestjs/microservices',
  '@nestjs/platform-express',
  '@nestjs/websockets',
  'class-transformer/storage',
];

/** What a package that goes by its own folder would be left with. */
const NO_FOLDER = 'noFolderInABundle';

const OWN_REQUIRE = 'const require = createRequire(import.meta.url);';
let followed = 0;
/**
 * Some of Nest's modules make themselves a `require` that esbuild does not follow: at the start they would read a
 * second TypeORM and a second class-validator from node_modules. Without their own it is the one that it follows.
 */
function followingRequires(text) {
  if (text.includes(OWN_REQUIRE)) followed++;
  return text.replace(OWN_REQUIRE, '');
}

const NESTS = /[\\/]node_modules[\\/]@nestjs[\\/]/;
const asWeNeedThem = {
  name: 'as-we-need-them',
  setup({ onLoad }) {
    onLoad({ filter: /\.[cm]?js$/ }, ({ path }) => {
      const text = asciiModule(readFileSync(path, 'utf8'));
      return { contents: NESTS.test(path) ? followingRequires(text) : text, loader: 'js' };
    });
  },
};

export async function bundlePrograms(folder) {
  const { outputFiles } = await build({
    entryPoints: PROGRAMS.map((name) => `${folder}/${name}.js`),
    outdir: folder,
    outbase: folder,
    allowOverwrite: true,
    chunkNames: 'bundle/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    keepNames: true, // Nest, TypeORM and the API's document go by the names of classes
    plugins: [asWeNeedThem],
    // Two of Node's modules are packages too (`process/`, `string_decoder/`); those stay outside with them.
    external: [...WITH_FILES, ...ABSENT, ...builtinModules],
    define: { __dirname: NO_FOLDER, __filename: NO_FOLDER },
    // What is CommonJS asks for Node's own modules and for what stayed outside by `require`.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
    legalComments: 'none',
    logLevel: 'warning',
    write: false,
  });
  const astray = outputFiles.filter(({ text }) => text.includes(NO_FOLDER));
  if (astray.length > 0) throw new Error('A package looks for files beside its own: name it in WITH_FILES');
  if (followed === 0)
    throw new Error('Nest makes its own `require` in other words now: see followingRequires');
  const wide = outputFiles.filter(({ text }) => !isAscii(text));
  if (wide.length > 0) throw new Error(`Not in ASCII alone: ${wide.map(({ path }) => path).join()}`);
  for (const name of PROGRAMS) rmSync(`${folder}/${name}.js.map`, { force: true });
  for (const { path, contents } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
  }
}
