import { existsSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);
const { default: Runtime } = require('jest-runtime');

const TESTS = join(root, 'test') + sep;
/** In the place of a package, or of a part of the program, while tests run. */
const STAND_INS = new Map([['@node-rs/argon2', join(root, 'test/support/argon2.ts')]]);

/** WITHOUT_MASKS=1: the program without its masks, and without what reads a notice for names before it is signed. */
const MASKS = [
  'kernel/chinese/id-number.ts',
  'kernel/chinese/name-mask.ts',
  'notices/domain/privacy-lint.ts',
];
if (process.env.WITHOUT_MASKS === '1')
  for (const path of MASKS)
    STAND_INS.set(join(root, 'src', path), join(root, 'test/support/unmasked', basename(path)));

const sources = new Map();

/** Ours is written in TypeScript and named by what it is compiled to. */
function sourceOf(path) {
  if (!sources.has(path)) {
    const source = path.replace(/\.js$/, '.ts');
    sources.set(path, source !== path && existsSync(source) ? source : undefined);
  }
  return sources.get(path);
}

let reader;
const sourceMaps = new Map();

const { _resolveFilename } = Module;
Module._resolveFilename = function (name, parent, ...rest) {
  const from = parent?.filename && name.startsWith('.') ? dirname(parent.filename) : undefined;
  const source = from && sourceOf(resolve(from, name));
  const standIn = STAND_INS.get(source ?? name);
  if (standIn && parent?.filename !== standIn) return standIn;
  return source ?? _resolveFilename.call(this, name, parent, ...rest);
};

Module._extensions['.ts'] = (module, path) => {
  const code = reader.transformCache.transform(path, {});
  const map = reader.getSourceMaps().get(path);
  if (map) sourceMaps.set(path, map);
  module._compile(code, path);
};

/**
 * Loads the program and its packages once for a worker, by Node itself, and only the tests and their helpers anew for
 * each file, as Jest does with everything. To load, compile and warm up five hundred modules for three hundred files was
 * most of the time of a run. A module that kept something between two houses would be found by this too.
 */
export default class OneProgramRuntime extends Runtime {
  constructor(...given) {
    super(...given);
    reader = this;
    for (const [path, map] of sourceMaps) this.getSourceMaps().set(path, map);
  }

  requireModuleOrMock(from, name) {
    if (name === '@jest/globals') return super.requireModuleOrMock(from, name);
    const path = name.startsWith('.') ? resolve(dirname(from), name) : undefined;
    if (path?.startsWith(TESTS)) return super.requireModuleOrMock(from, name);
    return require(path ? (sourceOf(path) ?? path) : name);
  }
}
