import type { Pool, PoolConnection } from 'mysql2';

/**
 * How long a server may keep us waiting (quality.md 3, R1). One that hangs says nothing at all, and mysql2 by itself
 * would wait for its word for ever, and everybody behind for a connection.
 */
export const CONNECT_MS = 2000;
const LEND_MS = 4000;
/** In a unit of work, which is then done again. */
const STATEMENT_MS = 5000;
/** Outside a unit: the lists and totals of a page. */
const READING_MS = 10_000;

/** The server said nothing in time. It counts as lost, and so does the connection. */
export class NoAnswer extends Error {
  readonly code = 'ETIMEDOUT';
  readonly fatal = true;
}

type Done = (error: Error | null, ...answer: unknown[]) => void;

/** Lends a connection in time or not at all, and only such as do not wait for ever. */
export function boundPool(pool: Pool): void {
  const lend = pool.getConnection.bind(pool);
  pool.getConnection = (done) => {
    const answer = within(LEND_MS, 'No connection', done as Done);
    lend((error, connection) => {
      if (!answer(error, connection) && !error) connection.release(); // whoever asked has gone
    });
  };
  pool.on('connection', boundStatements);
}

/**
 * A statement that is not answered in time fails, and its connection with it: its answer may come yet, and must not be
 * taken for that of another.
 */
function boundStatements(connection: PoolConnection): void {
  let isInUnit = false;
  const ask = connection.query.bind(connection) as (...asked: unknown[]) => unknown;
  const bounded = (sql: unknown, ...rest: unknown[]): unknown => {
    const done = rest.at(-1);
    if (typeof sql !== 'string' || typeof done !== 'function') return ask(sql, ...rest);
    if (sql === 'START TRANSACTION') isInUnit = true;
    const answer = within(isInUnit ? STATEMENT_MS : READING_MS, 'No answer', (error, ...rows) => {
      if (error instanceof NoAnswer) connection.destroy();
      (done as Done)(error, ...rows);
    });
    if (sql === 'COMMIT' || sql === 'ROLLBACK') isInUnit = false;
    return ask(sql, ...rest.slice(0, -1), answer);
  };
  connection.query = bounded as typeof connection.query;
}

/** Hands on what comes in time, or `NoAnswer`; the one it returns says whether anybody was still there. */
function within(ms: number, what: string, done: Done): (...answer: Parameters<Done>) => boolean {
  let isOver = false;
  const giveUp = (): void => {
    if (isOver) return;
    isOver = true;
    done(new NoAnswer(`${what} within ${String(ms)} ms`));
  };
  // An answer that came while this process was busy with something else is read before anybody gives up.
  const timer = setTimeout(() => setImmediate(giveUp), ms);
  return (...answer) => {
    if (isOver) return false;
    isOver = true;
    clearTimeout(timer);
    done(...answer);
    return true;
  };
}
