import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Config } from '../../src/platform/config.js';
import type { House } from './house.js';
import { formsOf, MARKERS } from './markers.js';
import type { Marker } from './markers.js';

/** All that somebody has who carries the machine away: the files of the database, or every table of the server, and the files beside. */
export async function dumpOf(house: House): Promise<ReadonlyMap<string, Buffer>> {
  const { options } = house.dataSource;
  const tables = options.type === 'better-sqlite3' ? filesOf(options.database) : await tablesOf(house);
  const { dataDir } = house.get(Config);
  const beside = readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
    .map((name) => join(dataDir, name))
    .filter((path) => statSync(path).isFile());
  return new Map([...tables, ...beside.map((path): [string, Buffer] => [path, readFileSync(path)])]);
}

const filesOf = (path: string): [string, Buffer][] =>
  [path, `${path}-wal`].filter((each) => existsSync(each)).map((each) => [each, readFileSync(each)]);

/** Of the server's own list, so that no table is forgotten that the program does not know. */
async function tablesOf({ dataSource }: House): Promise<[string, Buffer][]> {
  const names = await dataSource.query<{ name: string }[]>(
    'SELECT table_name AS "name" FROM information_schema.tables WHERE table_schema = DATABASE()',
  );
  const dumped: [string, Buffer][] = [];
  for (const { name } of names) {
    const rows = await dataSource.query<Record<string, unknown>[]>(`SELECT * FROM "${name}"`);
    const cells = rows.flatMap((row) => Object.values(row));
    const bytes = cells.flatMap((cell) => [Buffer.isBuffer(cell) ? cell : Buffer.from(textOf(cell)), LINE]);
    dumped.push([name, Buffer.concat(bytes)]);
  }
  return dumped;
}

const LINE = Buffer.from('\n');
const textOf = (cell: unknown): string => (typeof cell === 'string' ? cell : JSON.stringify(cell));

/** Where which marker lies, and in which dress. */
export function foundIn(dump: ReadonlyMap<string, Buffer>, markers: readonly Marker[]): string[] {
  const needles = markers.flatMap((marker) =>
    [...formsOf(MARKERS[marker])].map(([form, bytes]) => ({ name: `${marker}, ${form}`, bytes })),
  );
  return [...dump].flatMap(([place, bytes]) =>
    needles.filter((needle) => bytes.includes(needle.bytes)).map(({ name }) => `${place}: ${name}`),
  );
}
