// The program on three nodes of a MariaDB Galera cluster: npm run test:cluster. CLUSTER=long for the counts of quality.md.
process.env.CLUSTER ??= 'short';
process.argv.splice(2, 0, '-i', '--testRegex', '\\.cluster-spec\\.ts$', '--');
await import('./test.mjs');
