import { Injectable } from '@nestjs/common';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import { Transactions } from '../platform/database/transactions.js';
import type { Tx } from '../platform/database/transactions.js';
import { isNothing } from './domain/month.js';
import type { MonthMove } from './domain/month.js';
import { RegionMonth } from './society-month.entity.js';

type Num = number | string;
type Pending = { societyId: string; month: string } & Record<
  'inFen' | 'outFen' | 'grants' | 'rolledInFen' | 'rolledOutFen' | 'rolledGrants',
  Num
>;
type PlaceMove = MonthMove & { readonly regionId: string; readonly month: string };

const KEY = { name: 'PRIMARY', columns: 'region_months.region_id, region_months.month' };
/** So few that nobody who books waits long for a row of them. */
const MOST_AT_ONCE = 20;
/** So many units in one stroke of the clock: what comes after it in the stroke waits some seconds at most. */
const MOST_UNITS = 200;

/**
 * Tells the places above what moved in their societies: towns, counties, cities, provinces. A posting must not do it itself,
 * since all of a province would wait in line for its one row; so it only marks its own row, and this comes after by the clock.
 */
@Injectable()
export class MonthsRollup {
  constructor(private readonly transactions: Transactions) {}

  /**
   * What is pending, in `mostUnits` units at most: after a migration all months of all societies are, and the next strokes go
   * on. Says of how many months of societies.
   */
  async rollDue(mostUnits = MOST_UNITS): Promise<number> {
    let rolled = 0;
    for (let unit = 0; unit < mostUnits; unit++) {
      const found = await this.transactions.run((tx) => this.rollSome(tx));
      rolled += found;
      if (found < MOST_AT_ONCE) break;
    }
    return rolled;
  }

  private async rollSome(tx: Tx): Promise<number> {
    const rows = await tx.read<Pending>`
      SELECT society_id AS "societyId", month AS "month", in_fen AS "inFen", out_fen AS "outFen", grants AS "grants",
             rolled_in_fen AS "rolledInFen", rolled_out_fen AS "rolledOutFen", rolled_grants AS "rolledGrants"
      FROM society_months WHERE pending = 1 ORDER BY society_id, month LIMIT ${MOST_AT_ONCE}`;
    const moves = new Map<string, PlaceMove>();
    const rungs = new Map<string, readonly string[]>();
    for (const row of rows) {
      if (!(await this.claim(tx, row))) continue;
      const known = rungs.get(row.societyId) ?? (await this.rungsOf(tx, row.societyId));
      rungs.set(row.societyId, known);
      for (const regionId of known) sumInto(moves, regionId, row);
    }
    const inOrder = [...moves].sort(([one], [other]) => (one < other ? -1 : 1));
    for (const [, move] of inOrder) if (!isNothing(move)) await this.add(tx, move);
    return rows.length;
  }

  /** Once: whoever comes at the same moment finds it told, and what was booked meanwhile stays pending. */
  private async claim(tx: Tx, row: Pending): Promise<boolean> {
    const { societyId, month } = row;
    const claimed = await tx.change`
      UPDATE society_months
      SET rolled_in_fen = in_fen, rolled_out_fen = out_fen, rolled_grants = grants, pending = 0
      WHERE society_id = ${societyId} AND month = ${month} AND in_fen = ${row.inFen} AND out_fen = ${row.outFen}
        AND grants = ${row.grants} AND rolled_in_fen = ${row.rolledInFen} AND rolled_out_fen = ${row.rolledOutFen}
        AND rolled_grants = ${row.rolledGrants} AND pending = 1`;
    return claimed === 1;
  }

  /** Its town, county, city and province, as far as there are any; the village itself is the society. */
  private async rungsOf(tx: Tx, societyId: string): Promise<readonly string[]> {
    const rows = await tx.read<{ id: string }>`
      SELECT p.id AS "id"
      FROM organisations o JOIN regions a ON a.id = o.region_id LEFT JOIN regions b ON b.id = a.parent_id
      LEFT JOIN regions c ON c.id = b.parent_id LEFT JOIN regions d ON d.id = c.parent_id
      LEFT JOIN regions e ON e.id = d.parent_id
      JOIN regions p ON p.id IN (a.id, b.id, c.id, d.id, e.id) AND p.level <> 'VILLAGE'
      WHERE o.id = ${societyId}`;
    return rows.map(({ id }) => id);
  }

  private async add(tx: Tx, { regionId, month, inFen, outFen, grants }: PlaceMove): Promise<void> {
    const [known] = await tx.read<object>`
      SELECT month FROM region_months WHERE region_id = ${regionId} AND month = ${month}`;
    if (known)
      return tx.changeOne(() => new Error(`The month ${month} of a place has no row`))`
        UPDATE region_months
        SET in_fen = in_fen + ${inFen}, out_fen = out_fen + ${outFen}, grants = grants + ${grants}
        WHERE region_id = ${regionId} AND month = ${month}`;
    try {
      await tx.insert(RegionMonth, { regionId, month, inFen, outFen, grants });
    } catch (error) {
      throw breaksUnique(error, KEY)
        ? new StaleSnapshot(`The month ${month} of a place was just opened`)
        : error;
    }
  }
}

function sumInto(moves: Map<string, PlaceMove>, regionId: string, row: Pending): void {
  const key = `${regionId}/${row.month}`;
  const before = moves.get(key);
  moves.set(key, {
    ...{ regionId, month: row.month },
    inFen: plus(before?.inFen, row.inFen, row.rolledInFen),
    outFen: plus(before?.outFen, row.outFen, row.rolledOutFen),
    grants: plus(before?.grants, row.grants, row.rolledGrants),
  });
}

const plus = (before: number | undefined, now: Num, told: Num): Fen =>
  fen((before ?? 0) + Number(now) - Number(told));
