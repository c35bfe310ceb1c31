import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../kernel/clock.js';
import { Calendar } from '../platform/calendar/calendar.js';
import type { Config } from '../platform/config.js';
import { dataSourceOf } from '../platform/database/data-source.js';
import { inTurn } from '../platform/database/migration-turn.js';
import { opened } from '../platform/database/opened.js';
import { runPending } from '../platform/database/pending-migrations.js';
import { Reads } from '../platform/database/reads.js';
import { Transactions } from '../platform/database/transactions.js';
import { schema } from '../schema.js';

/**
 * The one deploy step: brings the schema up to date and fills the calendar. Done twice, it does nothing more, also where two
 * begin at the same moment; killed in its midst and begun again, it ends.
 */
export async function prepareDatabase(config: Config, clock: Clock): Promise<{ migrations: string[] }> {
  const [, path] = /^sqlite:(.+)$/.exec(config.databaseUrl) ?? [];
  if (path !== undefined) mkdirSync(dirname(path), { recursive: true });
  const dataSource = await opened(dataSourceOf(config.databaseUrl, schema));
  try {
    return await inTurn(dataSource, async () => {
      const migrations = await runPending(dataSource);
      const calendar = new Calendar(new Reads(dataSource), clock);
      await new Transactions(dataSource).run((tx) => calendar.fillFromPackage(tx));
      return { migrations };
    });
  } finally {
    await dataSource.destroy();
  }
}
