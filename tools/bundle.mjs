// The last step of `npm run build`: each program (server, command line, demonstration) becomes one file and what it shares with the
// others, in the place of the thousands that Node would else find, read and compile one by one at each start.
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { build } from 'esbuild';

const PROGRAMS = ['main', 'cli', 'demo', 'platform/pdf/print-worker'];

/** Stay in node_modules: they bring machine code, or read files beside their own. */
const WITH_FILES = [
  '@fastify/static',
  '@node-rs/argon2',
  'chinese-days',
  'fontkit',
  'libsql',
  'mysql2',
  'pdfkit',
  'pino',
  'sass',
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

/**
 * Some of Nest's modules make themselves a `require` that esbuild does not follow: at the start they would read a second TypeORM
 * and a second class-validator from node_modules. Without their own it is the one that it follows.
 */
const followRequires = {
  name: 'follow-requires',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]node_modules[\\/]@nestjs[\\/].*\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace('const require = createRequire(import.meta.url);', ''),
      loader: 'js',
    }));
  },
};

export async function bundlePrograms(folder) {
  await build({
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
    plugins: [followRequires],
    external: [...WITH_FILES, ...ABSENT, ...builtinModules],
    // What is CommonJS asks for Node's own modules and for what stayed outside by `require`.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
    legalComments: 'none',
    logLevel: 'warning',
  });
}
