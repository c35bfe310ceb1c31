import type { House } from './house.js';

/** Changed by asking, whatever is asked: who was seen when, and who was refused. */
const RESTLESS = new Set(['audit_acts', 'commands', 'sessions', 'sign_in_failures', 'known_devices']);

/** Every row of the house but those that any request touches, by table: equal before and after means that nothing was changed. */
export async function everyRow({ dataSource }: Pick<House, 'dataSource'>): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { tableName } of dataSource.entityMetadatas) {
    if (RESTLESS.has(tableName)) continue;
    const all = await dataSource.query<unknown[]>(`SELECT * FROM ${tableName}`);
    found[tableName] = all
      .map((row) => JSON.stringify(row))
      .sort()
      .join('\n');
  }
  return found;
}
