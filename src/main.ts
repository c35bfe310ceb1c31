import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { createApp } from './app.js';
import { firstAdministrator, prepareDatabase, projectRoot } from './house/index.js';
import { HandClock } from './platform/clocks.js';
import { Config } from './platform/config.js';
import { lockServer } from './platform/database/server-lock.js';
import { SystemClock, SystemIds } from './platform/system.js';

// Until somebody is served there is nothing to finish: it ends on the spot. What is taken away from under a program that
// still starts would look like a fault of its own; and as process 1 of a container no signal ends it by itself.
const endAtOnce = (): never => process.exit(0);
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
for (const signal of SIGNALS) process.on(signal, endAtOnce);

// A log that cannot be written (a full disk, a pipe that was closed) ends nobody's work: the next line may go through.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
if (existsSync('.env')) loadEnvFile('.env');
const config = new Config(process.env);
const clock = config.now ? new HandClock(config.now) : new SystemClock();
lockServer(config.databaseUrl);
// Only the embedded default migrates at its start; a server's database is migrated by one deploy step.
if (config.databaseUrl.startsWith('sqlite:')) await prepareDatabase(config, clock);

const app = await createApp({ config, clock, ids: new SystemIds(clock), root: projectRoot(), log: true });
const firstAdmin = await firstAdministrator(app, config);
await app.listen(config.port, config.host);
// From now on whoever tells it to end is told 0 when all is done, and not that a signal ended it.
for (const signal of SIGNALS) process.off(signal, endAtOnce);
app.enableShutdownHooks([], { useProcessExit: true });
console.log(`互助 is ready at ${config.publicUrl}`);
if (firstAdmin) console.log(`Nobody can sign in yet. The first administrator: ${firstAdmin}`);
