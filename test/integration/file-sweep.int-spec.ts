import { createHash } from 'node:crypto';
import { existsSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Config } from '../../src/platform/config.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { FileSweep, LEAVING } from '../../src/platform/files/file-sweep.js';
import { Files } from '../../src/platform/files/files.js';
import { kinds } from '../support/databases.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenSociety } from '../support/society.js';
import { expectSound } from '../support/sound.js';

const PURPOSE = 'payment-proof';
let counter = 0;
const someBytes = () => Buffer.from(`slip ${++counter}`);

describe.each(kinds)('bytes that no record names, on $name', (kind) => {
  let house: House;
  let societyId: string;
  const sweep = () => house.get(FileSweep).run();
  const pathOf = (bytes: Buffer): string => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return join(house.get(Config).dataDir, 'files', sha256.slice(0, 2), sha256);
  };

  beforeAll(async () => {
    house = await givenHouse(kind);
    societyId = await givenSociety(house);
  });
  afterAll(() => expectSound(house));
  afterAll(() => house.close());

  const prepared = (bytes: Buffer) => house.get(Files).prepare(bytes, 'image/jpeg');
  const named = async (file: Awaited<ReturnType<typeof prepared>>): Promise<string> => {
    const to = { societyId, purpose: PURPOSE, by: callerOf({ societyId }).actor };
    return house.get(Transactions).run((tx) => house.get(Files).attach(tx, file, to));
  };
  const kept = async (bytes: Buffer) => named(await prepared(bytes));
  const erased = (id: string) => house.get(Transactions).run((tx) => house.get(Files).blank(tx, id));
  /** As if it had come `hours` ago. */
  const aged = (path: string, hours: number) => {
    const at = new Date(house.clock.now().getTime() - hours * 3_600_000);
    utimesSync(path, at, at);
  };

  it('stay for a day after the photo was erased, and go then', async () => {
    const bytes = someBytes();
    const id = await kept(bytes);
    expect(await erased(id)).toBe(true);
    await sweep();
    expect(existsSync(pathOf(bytes))).toBe(true);
    house.clock.advance({ hours: 25 });
    expect(await sweep()).toEqual({ unnamed: 1, unfinished: 0 });
    expect(existsSync(pathOf(bytes))).toBe(false);
    expect((await house.get(Files).read(id))?.bytes.equals(bytes)).toBe(false); // an empty sheet
  });

  it('stay as long as one of two records names them', async () => {
    const bytes = someBytes();
    const [one, other] = [await kept(bytes), await kept(bytes)];
    await erased(one);
    house.clock.advance({ hours: 25 });
    await sweep();
    expect((await house.get(Files).read(other))?.bytes).toEqual(bytes);
  });

  it('stay for whoever brings the same photo between the erasing and the sweep', async () => {
    const bytes = someBytes();
    const first = await kept(bytes);
    house.clock.advance({ hours: 30 });
    await erased(first);
    const again = await prepared(bytes); // its unit of work has not begun
    expect((await sweep()).unnamed).toBe(0);
    const id = await named(again);
    expect((await house.get(Files).read(id))?.bytes).toEqual(bytes);
  });

  it('control: without the touch they would be gone under the record', async () => {
    const bytes = someBytes();
    const again = await prepared(bytes);
    aged(pathOf(bytes), 30);
    expect((await sweep()).unnamed).toBe(1);
    const id = await named(again);
    await expect(house.get(Files).read(id)).rejects.toMatchObject({ code: 'ENOENT' });
    await prepared(bytes); // so that the record is whole again
  });

  it('come back from a sweep that was broken off, and are read meanwhile', async () => {
    const bytes = someBytes();
    const id = await kept(bytes);
    renameSync(pathOf(bytes), `${pathOf(bytes)}${LEAVING}`);
    expect((await house.get(Files).read(id))?.bytes).toEqual(bytes);
    await sweep();
    expect([existsSync(pathOf(bytes)), existsSync(`${pathOf(bytes)}${LEAVING}`)]).toEqual([true, false]);
  });

  it('are written anew by whoever brings them while they are aside', async () => {
    const bytes = someBytes();
    await prepared(bytes);
    renameSync(pathOf(bytes), `${pathOf(bytes)}${LEAVING}`);
    const id = await kept(bytes);
    await sweep();
    expect((await house.get(Files).read(id))?.bytes).toEqual(bytes);
  });

  it('go too where a crash left them: named by no unit, or half written; what is younger than a day stays', async () => {
    const [lost, young] = [someBytes(), someBytes()];
    await prepared(lost);
    await prepared(young);
    aged(pathOf(lost), 25);
    const half = [`${pathOf(lost)}.0193-old`, `${pathOf(lost)}.0193-young`] as const;
    for (const path of half) writeFileSync(path, 'half');
    aged(half[0], 25);
    aged(half[1], 1);
    expect(await sweep()).toEqual({ unnamed: 1, unfinished: 1 });
    expect([pathOf(lost), pathOf(young), ...half].map((path) => existsSync(path))).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });

  it('are removed once by two sweeps at once', async () => {
    const bytes = someBytes();
    await prepared(bytes);
    aged(pathOf(bytes), 25);
    const swept = await Promise.all([sweep(), sweep()]);
    expect(existsSync(pathOf(bytes))).toBe(false);
    expect(swept.map(({ unnamed }) => unnamed).sort()).toEqual([0, 1]);
  });

  it('are left to whoever is at it, and swept by the next where one broke off an hour ago', async () => {
    const bytes = someBytes();
    await prepared(bytes);
    aged(pathOf(bytes), 25);
    const turn = join(house.get(Config).dataDir, 'files.sweeping');
    writeFileSync(turn, '');
    aged(turn, 0.5);
    expect((await sweep()).unnamed).toBe(0);
    expect([existsSync(pathOf(bytes)), existsSync(turn)]).toEqual([true, true]);
    aged(turn, 1.5);
    expect((await sweep()).unnamed).toBe(1);
    expect([existsSync(pathOf(bytes)), existsSync(turn)]).toEqual([false, false]);
  });

  it('are looked for once a day by the clock of the house', async () => {
    const bytes = someBytes();
    const daily = () => house.get(FileSweep).runDaily(house.clock.now());
    await daily();
    await prepared(bytes);
    aged(pathOf(bytes), 25);
    house.clock.advance({ hours: 23 });
    await daily();
    expect(existsSync(pathOf(bytes))).toBe(true);
    house.clock.advance({ hours: 1 });
    await daily();
    expect(existsSync(pathOf(bytes))).toBe(false);
  });
});
