import type { INestApplicationContext } from '@nestjs/common';
import { AccessQueries, AccessService } from '../access/index.js';
import type { Config } from '../platform/config.js';

/**
 * How the first administrator comes in, for the line that the program says at its start; null once there is one. In
 * production it makes no link: the log is read by others too, and of several programs each would make one.
 */
export async function firstAdministrator(
  app: INestApplicationContext,
  { production, publicUrl }: Pick<Config, 'production' | 'publicUrl'>,
): Promise<string | null> {
  if (await app.get(AccessQueries).hasAdmin()) return null;
  if (production) return 'huzhu admin:create';
  const link = await app.get(AccessService).firstAdminLink();
  return link && `${publicUrl}${link}`;
}
