import { listening } from '../support/clients.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { expectSound } from '../support/sound.js';
import { booksOf, givenOffice } from './support/ground.js';
import type { Office } from './support/ground.js';
import { judged, Load, NOTHING_LOST, signIn } from './support/load.js';
import type { Command } from './support/load.js';

const [sqlite] = kinds;
const REFUSED = { status: 503, code: 'STORE_OUT_OF_ORDER', retryAfter: '60' };

/** Each of the three kinds of command, none of which can be kept just now; nothing of them is. */
async function expectRefused(load: Load, commands: readonly Command[]): Promise<void> {
  for (const command of commands) {
    const answer = await load.send(command);
    expect({ kind: command.kind, ...answer }).toMatchObject(REFUSED);
    expect(answer.type).toMatch(/^application\/problem\+json/);
    load.unknown.add(command);
  }
}

function oneOfEach(load: Load): Command[] {
  const found = new Map<string, Command>();
  while (found.size < 3) {
    const command = load.next();
    found.set(command.kind, found.get(command.kind) ?? command);
  }
  return [...found.values()];
}

/** The one connection that writes. */
type Writer = { pragma(text: string): unknown };

/** quality.md G23, as SQLite itself says it. */
describe('sqlite', () => {
  let house: House;
  let office: Office;
  let load: Load;
  let writer: Writer;

  beforeAll(async () => {
    if (!sqlite) return;
    house = await givenHouse(sqlite, new Date().toISOString());
    office = await givenOffice(house, { orders: 6 });
    const base = await listening(house);
    load = new Load(office, base, await signIn(base, office));
    const runner = house.dataSource.createQueryRunner();
    await runner.startTransaction();
    writer = (await runner.connect()) as Writer;
    await runner.release();
  });
  afterAll(() => house.close());

  const tell = (pragma: string): number => {
    const rows: unknown = writer.pragma(pragma);
    return Number(Array.isArray(rows) ? Object.values((rows[0] ?? {}) as object)[0] : 0);
  };

  it.each([
    ['has no room left', () => tell(`max_page_count = ${String(tell('page_count'))}`)],
    ['may only be read', () => tell('query_only = ON')],
  ])(
    'a file that %s: a clean 503, nothing half done, and all of it once there is room again',
    async (_what, shut) => {
      const commands = oneOfEach(load);
      const before = await booksOf(house, office.societyId);
      shut();
      // Pages that have room for a row or two are filled first.
      for (let n = 0; n < 200; n++) {
        const filling = load.nextInflow();
        const answer = await load.send(filling);
        if (answer.status === 503) break;
        load.answers.set(filling, answer);
      }
      const full = await booksOf(house, office.societyId);
      await expectRefused(load, commands);
      expect(await booksOf(house, office.societyId)).toEqual(full);
      expect((await load.poolFen()) >= before.poolFen).toBe(true); // what only reads is answered all the while
      await expectSound(house);

      tell('query_only = OFF');
      tell('max_page_count = 1000000');
      await load.repeatUnknown();
      expect([load.unknown.size, load.faults]).toEqual([0, []]);
      expect(judged(load, office, await booksOf(house, office.societyId))).toEqual(NOTHING_LOST);
      await expectSound(house);
    },
  );
});
