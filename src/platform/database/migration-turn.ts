import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { isMissingTable, isTransient } from './errors.js';

/** Whoever is at work says so this often; who was silent for so long is dead. No clock of a machine is asked. */
const BEAT_MS = 3000;
const SILENT_MS = 20_000;
const ASK_AGAIN_MS = 500;

/** Stands in the database while a `migrate` is at work there, and in no backup. */
export const TURN = 'huzhu_migrating';

type Turn = { readonly holder: string; readonly beats: number };

/**
 * One `migrate` at a time, also where two machines begin it on two nodes of a cluster: the other waits, and then finds
 * nothing to do. A row that is claimed, not GET_LOCK, which knows one server only. SQLite has one writer anyway.
 */
export async function inTurn<Result>(
  dataSource: DataSource,
  work: () => Promise<Result>,
  silentMs = SILENT_MS,
): Promise<Result> {
  if (dataSource.options.type === 'better-sqlite3') return work();
  const holder = randomUUID();
  await waitFor(dataSource, holder, silentMs);
  const beat = setInterval(() => void goOn(dataSource, holder).catch(() => false), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    // Whoever was silent for so long that another took the turn leaves it to him.
    if (await patiently(() => goOn(dataSource, holder)))
      await patiently(() => dataSource.query(`DROP TABLE "${TURN}"`));
  }
}

/**
 * A change of the schema may hold up everybody's statements for minutes, those of this one as well: silence counts between
 * two looks that were answered.
 */
async function waitFor(dataSource: DataSource, holder: string, silentMs: number): Promise<void> {
  let last: { readonly turn: Turn | null; readonly since: number } = { turn: null, since: 0 };
  for (;;) {
    const turn = await patiently(() => look(dataSource));
    const isAsBefore = turn?.holder === last.turn?.holder && turn?.beats === last.turn?.beats;
    if (!isAsBefore) last = { turn, since: performance.now() };
    const isFree = turn?.holder === '' || performance.now() - last.since > silentMs;
    if (turn && isFree && (await patiently(() => take(dataSource, turn, holder)))) return;
    await sleep(ASK_AGAIN_MS);
  }
}

/** Whose turn it is; null where the other has just finished. */
async function look(dataSource: DataSource): Promise<Turn | null> {
  await dataSource.query(
    `CREATE TABLE IF NOT EXISTS "${TURN}" ("id" INTEGER NOT NULL, "holder" VARCHAR(36) NOT NULL,
       "beats" INTEGER NOT NULL, PRIMARY KEY ("id"))`,
  );
  try {
    await dataSource.query(`INSERT IGNORE INTO "${TURN}" VALUES (1, '', 0)`);
    const [turn] = await dataSource.query<Turn[]>(`SELECT "holder", "beats" FROM "${TURN}" WHERE "id" = 1`);
    return turn ?? null;
  } catch (error) {
    if (isMissingTable(error)) return null;
    throw error;
  }
}

async function take(dataSource: DataSource, seen: Turn, holder: string): Promise<boolean> {
  try {
    return await changesOne(
      dataSource,
      `UPDATE "${TURN}" SET "holder" = ?, "beats" = "beats" + 1 WHERE "id" = 1 AND "holder" = ? AND "beats" = ?`,
      [holder, seen.holder, seen.beats],
    );
  } catch (error) {
    if (isMissingTable(error)) return false;
    throw error;
  }
}

/** False where the turn is another's by now. */
function goOn(dataSource: DataSource, holder: string): Promise<boolean> {
  return changesOne(
    dataSource,
    `UPDATE "${TURN}" SET "beats" = "beats" + 1 WHERE "id" = 1 AND "holder" = ?`,
    [holder],
  );
}

async function changesOne(dataSource: DataSource, sql: string, values: unknown[]): Promise<boolean> {
  const runner = dataSource.createQueryRunner();
  try {
    return (await runner.query(sql, values, true)).affected === 1;
  } finally {
    await runner.release();
  }
}

/** A node that changes its mind at the commit is asked again; migrations take the time they take. */
async function patiently<Result>(ask: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isTransient(error)) throw error;
      await sleep(ASK_AGAIN_MS);
    }
  }
}
