import { MatchesStore } from '../../src/cases/matches.store.js';
import { MyGiftsQueries, OpenBooksReading, TraceQueries } from '../../src/donations/index.js';
import { OpenBooksIndexQueries } from '../../src/donations/open-books/open-books-index.queries.js';
import { DeskQueries } from '../../src/federation/desk.queries.js';
import { readFilter } from '../../src/federation/domain/desk-filter.js';
import { dayOf } from '../../src/kernel/day.js';
import { LedgerQueries, MonthsQueries } from '../../src/ledger/index.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import type { House } from '../support/house.js';
import type { DataSet } from './data-set.js';

export type Question = {
  readonly name: string;
  /** The n-th time, with arguments of its own. */
  readonly ask: (n: number) => Promise<unknown>;
  /** What the program does not do: shown beside what it does. */
  readonly isControl?: boolean;
};

type Society = { readonly id: string; readonly boardCode: string };
type Marked = { readonly mark: string; readonly scopeId: string };

const YEAR = 2025;
const A_PAGE = 30;

/** What S7 asks, and the hot pages beside it, each of the class that the program asks. */
export async function questionsOf(house: House, set: DataSet, times: number): Promise<Question[]> {
  const societies = await someSocieties(house, set, times);
  const societyAt = (n: number): Society => {
    const society = societies[n % societies.length];
    if (!society) throw new Error('A set without a society');
    return society;
  };
  return [
    ...booksOf(house, societyAt),
    ...(await giversOf(house, set)),
    await duplicatesOf(house, times),
    ...placesOf(house, set),
    ...(await indexOf(house, set)),
    ...deskOf(house, set),
  ];
}

function booksOf(house: House, societyAt: (n: number) => Society): Question[] {
  const [ledger, reading] = [house.get(LedgerQueries), house.get(OpenBooksReading)];
  return [
    { name: 'society balance, stored', ask: (n) => ledger.fund(societyAt(n).id) },
    { name: 'vouchers of a society, newest 50', ask: (n) => ledger.vouchers(societyAt(n).id) },
    {
      name: 'open books of a society, the whole page',
      ask: (n) =>
        reading.read({ boardCode: societyAt(n).boardCode, purseCode: null, year: YEAR, after: null }),
    },
  ];
}

async function giversOf(house: House, { givers }: DataSet): Promise<Question[]> {
  const [giver] = givers;
  if (!giver) throw new Error('A set without a giver');
  const [traces, home] = [house.get(TraceQueries), house.get(MyGiftsQueries)];
  const rows = await house.dataSource.query<{ id: string }[]>('SELECT id FROM donors WHERE account_id = ?', [
    giver.accountId,
  ]);
  const donorIds = rows.map(({ id }) => id);
  return [
    { name: `trace of ${giver.gifts} gifts to the fen`, ask: () => traces.ofDonors(donorIds) },
    { name: `donor page of ${giver.gifts} gifts, all of it`, ask: () => home.home(giver.accountId) },
  ];
}

/** Of marks that are there, from a society where they are not: each is found, as in a second case of the same household. */
async function duplicatesOf(house: House, times: number): Promise<Question> {
  const marks = await house.dataSource.query<Marked[]>(
    `SELECT mark AS "mark", scope_id AS "scopeId" FROM case_marks ORDER BY mark LIMIT ${times}`,
  );
  const [store, transactions] = [house.get(MatchesStore), house.get(Transactions)];
  const elsewhere = { id: '', societyId: '', applicantId: '' };
  return {
    name: 'duplicate check of a new case',
    ask: (n) => {
      const { mark = '', scopeId = '' } = marks[n % marks.length] ?? {};
      return transactions.run((tx) => store.alike(tx, scopeId, elsewhere, [{ kind: 'PERSON', mark }]));
    },
  };
}

function placesOf(house: House, { cityCode, federationId }: DataSet): Question[] {
  const months = house.get(MonthsQueries);
  return [
    { name: 'city of 629 by month', ask: () => months.ofPlace(cityCode, YEAR) },
    { name: 'nation by province by month', ask: () => months.ofPlace(null, YEAR) },
    {
      name: 'city of 629 by month from the months of its societies',
      isControl: true,
      ask: () =>
        house.dataSource.query(
          `SELECT m.month, SUM(m.in_fen), SUM(m.out_fen), SUM(m.grants) FROM organisations o
           JOIN society_months m ON m.society_id = o.id WHERE o.parent_id = ? GROUP BY m.month`,
          [federationId],
        ),
    },
  ];
}

async function indexOf(house: House, { societies }: DataSet): Promise<Question[]> {
  const index = house.get(OpenBooksIndexQueries);
  const depth = Math.max(0, societies - 2 * A_PAGE);
  const [last] = await house.dataSource.query<Society[]>(
    `SELECT id AS "id", board_code AS "boardCode" FROM organisations ORDER BY id LIMIT 1 OFFSET ${depth}`,
  );
  const page = (after: string | null) => index.page({ placeCode: null, text: '', after, limit: A_PAGE });
  return [
    { name: 'index of open books, first page', ask: () => page(null) },
    { name: 'index of open books, last page by keyset', ask: () => page(last?.boardCode ?? null) },
    { name: 'places of the index of open books', ask: () => index.places() },
    {
      name: 'the last page by OFFSET',
      isControl: true,
      ask: () =>
        house.dataSource.query(
          `SELECT o.id, o.name FROM organisations o JOIN books b ON b.society_id = o.id ORDER BY o.id
           LIMIT ${A_PAGE} OFFSET ${depth}`,
        ),
    },
  ];
}

function deskOf(house: House, { federationId }: DataSet): Question[] {
  const desk = house.get(DeskQueries);
  const now = house.clock.now();
  const asking = {
    ...{ scopeId: federationId, personId: federationId, roles: ['reviewer'], now, today: dayOf(now) },
  };
  return [
    { name: 'desk of a city of 629, first page', ask: () => desk.page(asking, readFilter({}), null) },
    { name: 'desk of a city of 629, its counts', ask: () => desk.counts(asking) },
  ];
}

/** Spread evenly over the whole set. */
async function someSocieties(house: House, set: DataSet, times: number): Promise<Society[]> {
  const found: Society[] = [];
  const few = Math.min(times, 200);
  let after = '';
  for (let i = 0; i < few; i++) {
    const step = Math.max(1, Math.floor(set.societies / few)) - 1;
    const [society] = await house.dataSource.query<Society[]>(
      `SELECT id AS "id", board_code AS "boardCode" FROM organisations
       WHERE kind = 'SOCIETY' AND id > ? ORDER BY id LIMIT 1 OFFSET ${step}`,
      [after],
    );
    if (!society) break;
    found.push(society);
    after = society.id;
  }
  return found;
}
