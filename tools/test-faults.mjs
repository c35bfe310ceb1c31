// The fault suite in its long form: npm run test:faults. FAULTS=short for the form that `npm test` runs.
process.env.FAULTS ??= 'long';
process.argv.splice(2, 0, 'test/faults');
await import('./test.mjs');
