// The fault suite in its long form: npm run test:faults. FAULTS=short for the form that `npm test` runs.
process.env.FAULTS ??= 'long';
// Two hundred kills take longer than any honest test of the suite.
const patience = process.env.FAULTS === 'long' ? ['--testTimeout=14400000'] : [];
process.argv.splice(2, 0, ...patience, 'test/faults');
await import('./test.mjs');
