import { availableParallelism } from 'node:os';

const swc = [
  '@swc/jest',
  {
    swcrc: false,
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
    jsc: {
      target: 'es2022',
      keepClassNames: true,
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    },
  },
];

export default {
  // The program is loaded once for a worker, not once for a file: half the time of a run.
  testEnvironment: '<rootDir>/test/runner/one-program.environment.mjs',
  runtime: '<rootDir>/test/runner/one-program.runtime.mjs',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testRegex: '\\.(spec|int-spec|e2e-spec|browser-spec|fault-spec)\\.ts$',
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '\\.ts$': swc },
  reporters: ['default', '<rootDir>/test/support/by-database.reporter.mjs'],
  testSequencer: '<rootDir>/test/support/longest-first.sequencer.mjs',
  // A test often waits for its database: three files for two processors. MariaDB lends 151 connections, ten to a house.
  maxWorkers: Math.min(Math.ceil(availableParallelism() * 1.5), 8),
  // What a hundred files leave behind in one program makes it slow at last.
  workerIdleMemoryLimit: '800MB',
  // Not in the folder for temporary files: that is new in each run, and gone after it.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  // A hung test must end some day; how long an honest one takes is the machine's affair and no verdict.
  testTimeout: 1_200_000,
};
