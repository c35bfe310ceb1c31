import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import Connection from 'libsql';
import type { QueryRunner } from 'typeorm';
import { runCommandLine } from '../../src/house/command-line.js';
import { readThrough } from '../../src/platform/backup/backup.js';
import { readBackupKey } from '../../src/platform/backup/backup-key.js';
import { sealChunks } from '../../src/platform/backup/chunks.js';
import { encoded, Tally } from '../../src/platform/backup/records.js';
import type { BackupRecord, Cell, Sums } from '../../src/platform/backup/records.js';
import { restoreBackup } from '../../src/platform/backup/restore.js';
import { snapshotOf } from '../../src/platform/backup/snapshots.js';
import { targetOf } from '../../src/platform/backup/targets.js';
import { Config } from '../../src/platform/config.js';
import type { Environment } from '../../src/platform/config.js';
import { dataSourceOf } from '../../src/platform/database/data-source.js';
import { schema } from '../../src/schema.js';
import { kinds } from '../support/databases.js';
import type { Kind, TestDatabase } from '../support/databases.js';
import { dumpOf, foundIn } from '../support/dump.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { MARKERS } from '../support/markers.js';
import { expectSound } from '../support/sound.js';
import { givenCase, givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';

type Said = { readonly status: number; readonly out: string; readonly err: string };
type Json = { about: { madeAt: string; database: string }; sums: Sums; findings?: unknown[] };
/** An empty database and an empty folder, with the key ring of the house brought there apart. */
type Place = { readonly environment: Environment; readonly config: Config; readonly database: TestDatabase };

const HIDDEN = ['name', 'id', 'mobile', 'card', 'note'] as const;

describe.each(kinds)('$name', (kind) => {
  let house: House;
  let village: Village;
  let directory: string;
  let keyFile: string;
  let environment: Environment;
  /** A backup of a house at rest, for all that only reads it. */
  let whole: string;
  const places: Place[] = [];

  beforeAll(async () => {
    house = await givenHouse(kind);
    village = await givenVillage(house, { heldFen: 300_000_000 }); // enough for every case of the load
    directory = mkdtempSync(join(tmpdir(), 'huzhu-backups-'));
    keyFile = join(directory, 'backup.key');
    const { databaseUrl, dataDir } = house.get(Config);
    environment = settings(databaseUrl, dataDir);
    expect((await huzhu(environment, 'backup:key', keyFile)).status).toBe(0);
    await givenCase(village, {
      at: 'RUNNING',
      applicant: { name: MARKERS.name, idNumber: MARKERS.id, phone: MARKERS.mobile },
      cardNumber: MARKERS.card,
      note: MARKERS.note,
    });
    whole = join(directory, 'whole.backup');
    expect(await backUp(whole)).toMatchObject({ status: 0, err: '' });
  });
  afterAll(async () => {
    await expectSound(house);
    await house.close();
    for (const { database, config } of places) {
      await database.drop();
      rmSync(config.dataDir, { recursive: true, force: true });
    }
    rmSync(directory, { recursive: true });
  });

  const settings = (url: string, dataDir: string): Record<string, string> => ({
    DATABASE_URL: url,
    HUZHU_DATA_DIR: dataDir,
    HUZHU_NOW: house.clock.now().toISOString(),
  });

  const huzhu = async (of: Environment, ...words: string[]): Promise<Said> => {
    const [out, err]: [string[], string[]] = [[], []];
    const spies = [
      jest.spyOn(console, 'log').mockImplementation((line: unknown) => void out.push(String(line))),
      jest.spyOn(console, 'error').mockImplementation((line: unknown) => void err.push(String(line))),
      jest.spyOn(process.stderr, 'write').mockImplementation((line) => err.push(String(line)) > 0),
    ];
    try {
      const status = await runCommandLine(words, of);
      return { status, out: out.join('\n'), err: err.join('\n') };
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  };
  const backUp = (file: string): Promise<Said> =>
    huzhu(environment, 'backup', file, '--key-file', keyFile, '--json');
  const restore = (place: Place, file: string, key = keyFile): Promise<Said> =>
    huzhu(place.environment, 'restore', file, '--key-file', key, '--json');
  const jsonIn = ({ out }: Said): Json => JSON.parse(out) as Json;

  const emptyPlace = async (of: Kind = kind, { withKeys = true } = {}): Promise<Place> => {
    const database = await of.create();
    const dataDir = mkdtempSync(join(tmpdir(), 'huzhu-restored-'));
    if (withKeys) copyFileSync(house.get(Config).keyFile, join(dataDir, 'keys.json'));
    const own = settings(database.url, dataDir);
    const place = { environment: own, config: new Config(own), database };
    places.push(place);
    return place;
  };
  /** As empty as it was: no table, no file, nothing half done. */
  const expectUntouched = async ({ config }: Place): Promise<void> => {
    expect(await targetOf(config.databaseUrl).isEmpty()).toBe(true);
    expect(readdirSync(config.dataDir).filter((name) => name !== 'keys.json')).toEqual([]);
  };
  const rowsIn = async (url: string, table: string): Promise<Cell[][]> => {
    const snapshot = await snapshotOf(url);
    const wanted = snapshot.tables.find(({ name }) => name === table) ?? { name: table, columns: ['id'] };
    const rows: Cell[][] = [];
    for await (const portion of snapshot.rows(wanted)) rows.push(...portion);
    await snapshot.close();
    return rows;
  };

  /** What a later version of the program adds to the schema. */
  class CreateLater9999999999999 {
    readonly name = 'CreateLater9999999999999';

    async up(runner: QueryRunner): Promise<void> {
      await runner.query('CREATE TABLE "later" ("id" INTEGER NOT NULL, PRIMARY KEY ("id"))');
      await runner.query('INSERT INTO "later" VALUES (7)');
    }

    async down(runner: QueryRunner): Promise<void> {
      await runner.query('DROP TABLE "later"');
    }
  }

  it('by a later program: its migrations follow, and are there when the database is opened again', async () => {
    const place = await emptyPlace();
    const migrations = [...Object.values(schema.migrations), CreateLater9999999999999];
    await restoreBackup(place.config, { ...schema, migrations }, { file: whole, keyFile });
    expect(await rowsIn(place.database.url, 'later')).toEqual([[7]]);
    expect(await rowsIn(place.database.url, 'cases')).toEqual(
      await rowsIn(house.get(Config).databaseUrl, 'cases'),
    );
  });

  // On SQLite the lock of the one server refuses the second program.
  if (kind.name === 'mariadb')
    it('of two restores into one place, one is refused and takes nothing of the other away', async () => {
      const place = await emptyPlace();
      const both = await Promise.allSettled(
        [1, 2].map(() => restoreBackup(place.config, schema, { file: whole, keyFile })),
      );
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await rowsIn(place.database.url, 'cases')).toEqual(
        await rowsIn(house.get(Config).databaseUrl, 'cases'),
      );
      expect(readdirSync(join(place.config.dataDir, 'files')).length).toBeGreaterThan(0);
    });

  if (kind.name === 'mariadb')
    it('killed right after its claim: the next one says that the database is to be made anew', async () => {
      const place = await emptyPlace();
      await targetOf(place.database.url).claim();
      const { status, err } = await restore(place, whole);
      expect(status).toBe(1);
      expect(err).toContain('如果它中途被打断、已经不在运行，请删掉这个数据库，重新建一个空的，再恢复');
    });

  it('what another restore brought since it was looked at stands, and is neither overwritten nor taken away', async () => {
    const place = await emptyPlace();
    let looked = 0;
    const late = restoreBackup(place.config, schema, { file: whole, keyFile }, async () => {
      if (looked++ === 0) await restoreBackup(place.config, schema, { file: whole, keyFile });
      return { freeBytes: Number.MAX_SAFE_INTEGER };
    });
    await expect(late).rejects.toMatchObject({ code: 'TARGET_NOT_EMPTY' });
    expect(looked).toBeGreaterThan(0);
    expect(await rowsIn(place.database.url, 'cases')).toEqual(
      await rowsIn(house.get(Config).databaseUrl, 'cases'),
    );
    expect(readdirSync(join(place.config.dataDir, 'files')).length).toBeGreaterThan(0);
  });

  if (kind.name === 'sqlite')
    it('broken off when the files had come and the database had not, it may be called again', async () => {
      const place = await emptyPlace();
      await restoreBackup(place.config, schema, { file: whole, keyFile });
      const path = place.database.url.slice('sqlite:'.length);
      renameSync(path, `${path}.restoring`);
      expect(await restore(place, whole)).toMatchObject({ status: 0 });
      expect(existsSync(`${path}.restoring`)).toBe(false);
      expect(readdirSync(join(place.config.dataDir, 'files')).length).toBeGreaterThan(0);
    });

  it('while cases are registered, voted on and paid: what was acknowledged is there, and nothing is half', async () => {
    const before = [await givenCase(village, { at: 'PAID' }), await givenCase(village, { at: 'VOTING' })];
    const load = { isOn: true, made: 0 };
    const writing = [1, 2].map(async () => {
      do {
        await givenCase(village, { at: 'PAID' });
        load.made += 1;
      } while (load.isOn);
    });
    const file = join(directory, 'loaded.backup');
    const said = await backUp(file);
    load.isOn = false;
    await Promise.all(writing);
    expect(said).toMatchObject({ status: 0, err: '' });
    expect(load.made).toBeGreaterThanOrEqual(2);

    const place = await emptyPlace();
    const restored = await restore(place, file);
    expect(restored).toMatchObject({ status: 0, err: '' });
    expect(jsonIn(restored).findings).toEqual([]);
    const cases = await rowsIn(place.config.databaseUrl, 'cases');
    for (const { caseId } of before) expect(cases.some((row) => row.includes(caseId))).toBe(true);
    const photos = jsonIn(said).sums.files.count;
    expect(photos).toBeGreaterThan(0);
    const store = readdirSync(join(place.config.dataDir, 'files'), { recursive: true, encoding: 'utf8' });
    expect(store.filter((name) => /[0-9a-f]{64}$/.test(name))).toHaveLength(photos);
  });

  it('reads all tables as of one moment; control: asked one after the other, lines lack their voucher', async () => {
    const { databaseUrl } = house.get(Config);
    const torn = async (between: () => Promise<unknown>, isOne: boolean): Promise<number> => {
      const first = await snapshotOf(databaseUrl);
      const read = async (of: typeof first, table: string, column: string): Promise<Cell[]> => {
        const wanted = of.tables.find(({ name }) => name === table);
        const cells: Cell[] = [];
        if (wanted)
          for await (const rows of of.rows(wanted))
            cells.push(...rows.map((row) => row[wanted.columns.indexOf(column)] ?? null));
        return cells;
      };
      const vouchers = new Set(await read(first, 'vouchers', 'id'));
      await between();
      const then = isOne ? first : await snapshotOf(databaseUrl);
      const lines = await read(then, 'voucher_lines', 'voucher_id');
      await first.close();
      if (!isOne) await then.close();
      expect(lines.length).toBeGreaterThan(0);
      return lines.filter((voucherId) => !vouchers.has(voucherId)).length;
    };
    const pay = () => givenCase(village, { at: 'PAID' });
    expect(await torn(pay, true)).toBe(0);
    expect(await torn(pay, false)).toBeGreaterThan(0);
  });

  it.each(kinds)('comes back whole into $name, with every CHECK and trigger', async (other) => {
    const place = await emptyPlace(other);
    const restored = await restore(place, whole);
    expect(restored).toMatchObject({ status: 0, err: '' });
    expect(jsonIn(restored).findings).toEqual([]);
    const again = join(directory, `again-${other.name}.backup`);
    expect((await huzhu(place.environment, 'backup', again, '--key-file', keyFile)).status).toBe(0);
    const [was, is] = [
      await readThrough({ file: whole, keyFile }),
      await readThrough({ file: again, keyFile }),
    ];
    const countsOf = ({ tables }: Sums) => tables.map(({ name, rows }) => `${name} ${String(rows)}`);
    expect(countsOf(is.sums)).toEqual(countsOf(was.sums));
    expect(is.sums.files).toEqual(was.sums.files);
    if (other === kind) expect(is.sums).toEqual(was.sums); // the same bytes, row by row
    const restoredRows = await dataSourceOf(place.config.databaseUrl, schema).initialize();
    const change = (sql: string) => async () => {
      const runner = restoredRows.createQueryRunner();
      await runner.startTransaction();
      try {
        await runner.query(sql);
      } finally {
        await runner.rollbackTransaction();
        await runner.release();
      }
    };
    await expect(change('UPDATE voucher_lines SET amount_fen = amount_fen + 1')()).rejects.toThrow(
      'append-only',
    );
    await expect(change('UPDATE fund_balances SET reserved_fen = -1')()).rejects.toThrow(/ck_fund_balances/);
    await restoredRows.destroy();
  });

  it('holds none of what is sealed or said of a person, in any dress; control: a dump of the house does', async () => {
    const bytes = readFileSync(whole);
    expect(foundIn(new Map([['backup', bytes]]), HIDDEN)).toEqual([]);
    expect(bytes.includes('CREATE TABLE') || bytes.includes('voucher_lines')).toBe(false);
    const dump = await dumpOf(house);
    expect(foundIn(dump, ['name']).some((each) => each.endsWith('name, plain'))).toBe(true);
  });

  it('holds no key: neither of the ring nor its own', () => {
    const bytes = readFileSync(whole);
    const ring = JSON.parse(readFileSync(house.get(Config).keyFile, 'utf8')) as {
      sealing: Record<string, string>;
      index: string;
    };
    const keys = [...Object.values(ring.sealing), ring.index, readFileSync(keyFile, 'utf8').trim()];
    for (const key of keys)
      for (const form of [Buffer.from(key), Buffer.from(key, 'base64')])
        expect(bytes.includes(form)).toBe(false);
  });

  describe('refused, with nothing written', () => {
    const changed = (name: string, change: (bytes: Buffer) => Buffer): string => {
      const file = join(directory, name);
      writeFileSync(file, change(readFileSync(whole)));
      return file;
    };

    it('by another key', async () => {
      const place = await emptyPlace();
      const other = join(directory, 'other.key');
      await huzhu(environment, 'backup:key', other);
      expect(await restore(place, whole, other)).toMatchObject({
        status: 1,
        err: expect.stringContaining('BACKUP_KEY_WRONG') as string,
      });
      await expectUntouched(place);
    });

    it.each([
      ['cut in half', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
      ['without its last byte', (bytes: Buffer) => bytes.subarray(0, -1)],
      ['of another kind', () => Buffer.from('SQLite format 3\0')],
      [
        'with one bit turned',
        (bytes: Buffer) => {
          bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1;
          return bytes;
        },
      ],
    ])('a file %s', async (name, change) => {
      const place = await emptyPlace();
      expect(await restore(place, changed(`${name}.backup`, change))).toMatchObject({
        status: 1,
        err: expect.stringContaining('BACKUP_DAMAGED') as string,
      });
      await expectUntouched(place);
    });

    it('where a database or a file store is already', async () => {
      const own = await restore({ ...(await emptyPlace()), environment }, whole);
      expect(own).toMatchObject({ status: 1, err: expect.stringContaining('TARGET_NOT_EMPTY') as string });
      const place = await emptyPlace();
      const files = join(place.config.dataDir, 'files');
      const other = await restore(
        { ...place, environment: { ...place.environment, HUZHU_DATA_DIR: house.get(Config).dataDir } },
        whole,
      );
      expect(other).toMatchObject({ status: 1, err: expect.stringContaining('TARGET_NOT_EMPTY') as string });
      expect(existsSync(files)).toBe(false);
      await expectUntouched(place);
    });

    it('where the key ring is another, or none', async () => {
      const without = await emptyPlace(kind, { withKeys: false });
      expect((await restore(without, whole)).err).toContain('KEY_RING_IS_ANOTHER');
      await expectUntouched(without);
      await huzhu(environment, 'keys:create', without.config.keyFile);
      expect((await restore(without, whole)).err).toContain('KEY_RING_IS_ANOTHER');
      await expectUntouched(without);
    });

    it('where the disk has no room', async () => {
      const place = await emptyPlace();
      const none = restoreBackup(place.config, schema, { file: whole, keyFile }, () =>
        Promise.resolve({ freeBytes: 1000 }),
      );
      await expect(none).rejects.toMatchObject({ code: 'NO_ROOM' });
      await expectUntouched(place);
    });

    /** A backup that was made by somebody who has the key: whole, and false. */
    const forged = async (name: string, forge: (record: BackupRecord) => BackupRecord): Promise<string> => {
      const [records, tally]: [BackupRecord[], Tally] = [[], new Tally()];
      await readThrough({ file: whole, keyFile }, (record) => {
        const one = record.kind === 'bytes' ? { ...record, bytes: Buffer.from(record.bytes) } : record;
        const said = forge(one);
        if (said.kind !== 'end') tally.take(said);
        records.push(said.kind === 'end' ? { kind: 'end', sums: tally.sums([]) } : said);
      });
      const file = join(directory, name);
      const sealed = async function* () {
        const parts: Buffer[] = [];
        await pipeline(records.map(encoded), createGzip(), async (source: AsyncIterable<Buffer>) => {
          for await (const part of source) parts.push(part);
        });
        yield* parts;
      };
      const chunks: Buffer[] = [];
      for await (const chunk of sealChunks(sealed(), readBackupKey(keyFile))) chunks.push(chunk);
      writeFileSync(file, Buffer.concat(chunks));
      return file;
    };
    const inTable = (wanted: string, forge: (row: readonly Cell[], columns: readonly string[]) => Cell[]) => {
      let at: { name: string; columns: readonly string[] } | null = null;
      return (record: BackupRecord): BackupRecord => {
        if (record.kind === 'table') at = record;
        const columns = at?.name === wanted ? at.columns : null;
        return record.kind === 'rows' && columns
          ? { ...record, rows: record.rows.map((row) => forge(row, columns)) }
          : record;
      };
    };
    const setting = (column: string, value: Cell) => (row: readonly Cell[], columns: readonly string[]) =>
      row.map((cell, i) => (columns[i] === column ? value : cell));

    it('where a row breaks a CHECK: half done, it is taken away whole', async () => {
      const place = await emptyPlace();
      const file = await forged('check.backup', inTable('fund_balances', setting('reserved_fen', -1)));
      expect((await restore(place, file)).status).toBe(1);
      await expectUntouched(place);
    });

    it('where a row points to nothing', async () => {
      const place = await emptyPlace();
      const file = await forged('orphan.backup', inTable('lots', setting('balance_id', 'nowhere')));
      expect((await restore(place, file)).err).toContain('BACKUP_DAMAGED');
      await expectUntouched(place);
    });

    it('where it was made by a newer program', async () => {
      const place = await emptyPlace();
      const newer = (record: BackupRecord): BackupRecord =>
        record.kind === 'about'
          ? { ...record, about: { ...record.about, migrations: [...record.about.migrations, 'Newer1999'] } }
          : record;
      expect((await restore(place, await forged('newer.backup', newer))).err).toContain('BACKUP_TOO_NEW');
      await expectUntouched(place);
    });

    it('control: forged in nothing, it is taken', async () => {
      const place = await emptyPlace();
      const same = await forged('same.backup', (record) => record);
      expect(await restore(place, same)).toMatchObject({ status: 0, err: '' });
    });
  });

  it('does not write over a backup, and leaves nothing where the disk is full', async () => {
    const size = readFileSync(whole).length;
    expect((await backUp(whole)).err).toContain('TARGET_NOT_EMPTY');
    expect(readFileSync(whole)).toHaveLength(size);
    const file = join(directory, 'full.backup');
    symlinkSync('/dev/full', `${file}.unfinished`);
    expect(await backUp(file)).toMatchObject({ status: 1, err: expect.stringContaining('ENOSPC') as string });
    expect(readdirSync(directory).filter((name) => name.startsWith('full.backup'))).toEqual([]);
  });

  it('says that a photo is missing, and is a backup all the same', async () => {
    const { dataDir } = house.get(Config);
    const [lost] = readdirSync(join(dataDir, 'files'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      /[0-9a-f]{64}$/.test(name),
    );
    const path = join(dataDir, 'files', lost ?? '');
    const bytes = readFileSync(path);
    rmSync(path);
    const file = join(directory, 'missing.backup');
    const said = await backUp(file);
    writeFileSync(path, bytes);
    expect(said.status).toBe(1);
    expect(jsonIn(said).sums.missingFiles).toEqual([lost?.split('/').at(-1)]);
    expect((await huzhu(environment, 'backup:check', file, '--key-file', keyFile)).status).toBe(1);
  });

  it('wrong words are 2', async () => {
    expect((await huzhu(environment, 'backup', join(directory, 'no.backup'))).status).toBe(2);
    expect((await huzhu(environment, 'restore')).status).toBe(2);
    expect(
      (await huzhu(environment, 'backup', join(directory, 'no.backup'), '--key-file', whole)).status,
    ).toBe(1);
  });
});

it('sqlite control: the file alone, copied while the house serves, lacks what was acknowledged', async () => {
  const [sqlite] = kinds;
  if (!sqlite) throw new Error('There is no SQLite');
  const house = await givenHouse(sqlite);
  const village = await givenVillage(house);
  const path = house.get(Config).databaseUrl.slice('sqlite:'.length);
  const copy = join(house.get(Config).dataDir, 'copy.db');
  // Somebody reads: what is committed from now on waits beside the file until he has ended.
  const reader = new Connection(path);
  reader.exec('BEGIN');
  reader.prepare('SELECT COUNT(*) FROM cases').get();
  const { caseId } = await givenCase(village, { at: 'PAID' });
  copyFileSync(path, copy);
  const copied = new Connection(copy);
  expect(copied.prepare('SELECT id FROM cases WHERE id = ?').all(caseId)).toEqual([]);
  copied.close();
  const snapshot = await snapshotOf(`sqlite:${path}`);
  const table = snapshot.tables.find(({ name }) => name === 'cases');
  const ids: Cell[] = [];
  if (table) for await (const rows of snapshot.rows(table)) ids.push(...rows.flat());
  expect(ids).toContain(caseId);
  await snapshot.close();
  reader.exec('ROLLBACK');
  reader.close();
  await expectSound(house);
  await house.close();
});
