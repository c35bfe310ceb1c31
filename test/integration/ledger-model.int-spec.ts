import { randomInt, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { AsyncCommand } from 'fast-check';
import type { DataSource } from 'typeorm';
import { addDays, day } from '../../src/kernel/day.js';
import { FundCannotCover } from '../../src/ledger/index.js';
import { kinds, migrated } from '../support/databases.js';
import type { TestDatabase } from '../support/databases.js';
import { accrueAndPay, booksOn, givenSociety, receive, reserve } from './books.given.js';
import type { Books } from './books.given.js';
import { LedgerModel } from './ledger.model.js';

type Real = { readonly books: Books; readonly societyId: string };
type Step = AsyncCommand<LedgerModel, Real>;

/** A failing run is played again with LEDGER_SEED; its number stands in the title of the test. */
const SEED = Number(process.env['LEDGER_SEED'] ?? randomInt(2 ** 31));
const RUNS = Number(process.env['LEDGER_RUNS'] ?? 40);

/** After each step the books must say what the model says. */
async function compare(model: LedgerModel, { books, societyId }: Real): Promise<void> {
  const fund = await books.queries.fund(societyId);
  expect([fund.balanceFen, fund.reservedFen, fund.freeFen]).toEqual([
    model.balance,
    model.reserved,
    model.free,
  ]);
  const lots = await books.queries.lots(societyId);
  const left = new Map(lots.map(({ voucherId, leftFen }) => [voucherId, Number(leftFen)]));
  expect(left).toEqual(new Map(model.lots.map((lot) => [lot.voucherId, lot.left])));
  const [newest] = (await books.queries.vouchers(societyId, { limit: 1 })).rows;
  expect(newest?.number ?? 0).toBe(model.vouchers);
}

const always = () => true;
const someHeld = (model: Readonly<LedgerModel>) => model.held.length > 0;

function receiving(amountFen: number): Step {
  return {
    check: always,
    toString: () => `receive ${amountFen}`,
    async run(model, real) {
      const receivedOn = addDays(day('2025-01-01'), (model.lots.length * 37) % 200); // not in the order of booking
      const inYear = day(receivedOn.replace('2025', '2026'));
      real.books.clock.advance({ minutes: 1 });
      const { voucherId } = await receive(real.books, real.societyId, amountFen, { receivedOn: inYear });
      model.receive(voucherId, amountFen, inYear);
      await compare(model, real);
    },
  };
}

function reserving(amountFen: number): Step {
  return {
    check: always,
    toString: () => `reserve ${amountFen}`,
    async run(model, real) {
      const purpose = randomUUID();
      const promised = model.reserve(purpose, amountFen);
      const asked = reserve(real.books, real.societyId, amountFen, purpose);
      if (promised) await asked;
      else await expect(asked).rejects.toBeInstanceOf(FundCannotCover);
      await compare(model, real);
    },
  };
}

function releasing(pick: number): Step {
  return {
    check: someHeld,
    toString: () => `release ${pick}`,
    async run(model, real) {
      const hold = model.held[pick % model.held.length];
      if (!hold) throw new Error('Nothing is held');
      model.end(hold);
      await real.books.transactions.run((tx) => real.books.ledger.release(tx, hold));
      await compare(model, real);
    },
  };
}

function paying(pick: number, method: 'CARD' | 'CASH'): Step {
  return {
    check: someHeld,
    toString: () => `pay ${pick} by ${method}`,
    async run(model, real) {
      const hold = model.held[pick % model.held.length];
      if (!hold) throw new Error('Nothing is held');
      model.pay(hold);
      await accrueAndPay(real.books, real.societyId, hold.amountFen, hold.purpose, method);
      await compare(model, real);
    },
  };
}

const amounts = fc.integer({ min: 1, max: 5_000 });
const steps = fc.commands(
  [
    amounts.map(receiving),
    amounts.map(reserving),
    fc.nat(50).map(releasing),
    fc.tuple(fc.nat(50), fc.constantFrom('CARD' as const, 'CASH' as const)).map((args) => paying(...args)),
  ],
  { maxCommands: 40 },
);

describe.each(kinds.filter(({ name }) => name === 'sqlite'))('$name', (kind) => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await kind.create();
    dataSource = await migrated(database);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it(`holds what a model of it holds, after every step of any run (LEDGER_SEED=${SEED})`, async () => {
    const books = booksOn(dataSource);
    books.clock.moveTo('2026-12-01T01:00:00.000Z');
    await fc.assert(
      fc.asyncProperty(steps, async (run) => {
        const societyId = await givenSociety(books);
        await fc.asyncModelRun(() => ({ model: new LedgerModel(), real: { books, societyId } }), run);
      }),
      { seed: SEED, numRuns: RUNS },
    );
    expect(await books.verifier.check()).toEqual([]);
  });
});
