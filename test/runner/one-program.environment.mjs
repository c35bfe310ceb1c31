import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';

const require = createRequire(import.meta.url);
const vm = require('node:vm');
const { ModuleMocker } = require('jest-mock');

/** Stands for “no context of your own”: what Jest compiles for it runs among the worker's own globals. */
const HERE = vm.createContext({});
const { compileFunction } = vm;
vm.compileFunction = (code, names, options) =>
  compileFunction(
    code,
    names,
    options?.parsingContext === HERE ? { ...options, parsingContext: undefined } : options,
  );

setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc');
/** Bytes. Above this a worker looks what of its heap is in use: Jest ends one whose heap is large, be it of rubbish. */
const LARGE_HEAP = 500_000_000;

/**
 * A file of tests runs among the globals of its worker, not in a context of its own, so that the program, which
 * `one-program.runtime.mjs` loads once for a worker, and the tests mean the same `Error` and the same `Date`. What a file
 * leaves behind is taken away after it. There are no fake timers: our clock is in the test's hand.
 */
export default class OneProgramEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimers = null;
  fakeTimersModern = null;
  #before = new Map(
    Reflect.ownKeys(globalThis).map((key) => [key, Object.getOwnPropertyDescriptor(globalThis, key)]),
  );
  #variables = { ...process.env };
  #exit = process.exit;

  async setup() {
    // Jest wants a hundred lines of each stack, and mysql2 takes one with each statement.
    Error.stackTraceLimit = 20;
  }

  async teardown() {
    for (const key of Object.getOwnPropertySymbols(globalThis))
      if (key.description.startsWith('JEST_') || key.description.startsWith('EVENT_')) delete globalThis[key];
    for (const [key, descriptor] of this.#before)
      if (descriptor.configurable) Object.defineProperty(globalThis, key, descriptor);
    for (const name of Object.keys(process.env)) if (!(name in this.#variables)) delete process.env[name];
    Object.assign(process.env, this.#variables);
    process.exit = this.#exit;
    if (process.memoryUsage().heapUsed > LARGE_HEAP) collectGarbage();
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  getVmContext() {
    return HERE;
  }
}
