// `npm run build`: compiles, and lets the plugin of the API's document read the comments and types of our forms.
// Nest's own command line does the same, with a hundred packages that want a newer Node than ours.
import { rmSync } from 'node:fs';
import { before as documented } from '@nestjs/swagger/plugin';
import ts from 'typescript';
import { bundlePrograms } from './bundle.mjs';

const host = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: ts.sys.getCurrentDirectory,
  getNewLine: () => ts.sys.newLine,
};
const stop = (diagnostics) => {
  console.error(ts.formatDiagnosticsWithColorAndContext(diagnostics, host));
  process.exit(1);
};

rmSync('dist', { recursive: true, force: true });
const { options, fileNames, errors } = ts.getParsedCommandLineOfConfigFile(
  'tsconfig.build.json',
  { incremental: false },
  { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (diagnostic) => stop([diagnostic]) },
);
if (errors.length > 0) stop(errors);
const program = ts.createProgram(fileNames, options);
const faults = ts.getPreEmitDiagnostics(program);
if (faults.length > 0) stop(faults);
const { diagnostics } = program.emit(undefined, undefined, undefined, false, {
  before: [documented({ introspectComments: true }, program)],
});
if (diagnostics.length > 0) stop(diagnostics);
await bundlePrograms('dist/src');
