import { DonorSeals } from '../../../src/donations/donors/donor.seals.js';
import type { Sealing } from '../../../src/platform/crypto/sealing.js';
import { groundOf, instantAt } from './ground.js';
import type { Ground } from './ground.js';
import { Life } from './life.js';
import type { Guest } from './life.js';
import { Places } from './places.js';
import type { Federation } from './places.js';
import { SCALES } from './scale.js';
import type { ScaleName } from './scale.js';
import { writerTo } from './writer.js';

export type Filling = {
  readonly url: string;
  readonly scale: ScaleName;
  readonly seed: number;
  readonly sealing: Sealing;
  readonly say?: (words: string) => void;
};

/** What was put, and whom a bench may ask about. */
export type Filled = {
  readonly rows: Readonly<Record<string, number>>;
  readonly societies: number;
  /** Of the first city. */
  readonly federationId: string;
  readonly cityCode: string;
  /** Givers with an account, by how many gifts each has. */
  readonly givers: readonly { readonly accountId: string; readonly gifts: number }[];
};

/** A giver gives to societies of the first city, one gift in each. */
const GIVERS = [50, 200];
const SAY_EVERY = 20_000;

/** Fills a database that the migrations have made, and that holds nothing. The same seed gives the same rows. */
export async function fill({ url, scale, seed, sealing, say = () => undefined }: Filling): Promise<Filled> {
  const writer = await writerTo(url);
  const ground = groundOf(writer, sealing, seed);
  const givers = GIVERS.map((gifts) => ({ accountId: giverIn(ground), gifts }));
  const donors = new DonorSeals(sealing);
  let [societies, first] = [0, null as Federation | null];
  for (const { federation, societies: founded } of new Places(ground, SCALES[scale]).cities()) {
    const isFirst = first === null;
    first ??= federation;
    let nth = 0;
    for (const of of founded) {
      const own = ground.chance.from(0, 1) === 1 ? donorIn(ground, donors, of.societyId, null) : null;
      const guests: Guest[] = isFirst
        ? givers.flatMap(({ accountId, gifts }) =>
            nth < gifts ? [{ donorId: donorIn(ground, donors, of.societyId, accountId), gifts: 1 }] : [],
          )
        : [];
      new Life(ground, of, federation).live(own, guests);
      nth += 1;
      if (++societies % SAY_EVERY === 0) say(`${societies} societies`);
      await writer.keepUp();
    }
  }
  ground.months.put(writer);
  await writer.close();
  if (!first) throw new Error('A set without a city');
  const rows = Object.fromEntries([...writer.counts].sort());
  return { rows, societies, federationId: first.id, cityCode: '110100', givers };
}

function giverIn({ writer, keys }: Ground): string {
  const id = keys.next();
  writer.put('accounts', id, null, null, 0, instantAt(0));
  return id;
}

function donorIn(
  { writer, keys }: Ground,
  donors: DonorSeals,
  societyId: string,
  accountId: string | null,
): string {
  const id = keys.next();
  const name = accountId === null ? '演示捐赠人' : '演示爱心企业主';
  writer.put(
    'donors',
    ...[
      id,
      societyId,
      'PERSON',
      'CARING',
      donors.seal('name', id, name),
      donors.index('name', societyId, name),
    ],
    ...['爱心人士', 0, instantAt(0), accountId, 1, instantAt(0)],
  );
  return id;
}
