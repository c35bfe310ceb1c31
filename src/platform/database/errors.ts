/** The names that the drivers give to what went wrong. */
type DriverError = Error & { readonly code?: string; readonly errno?: number; readonly fatal?: boolean };

/** mysql2 and libsql name their errors themselves; TypeORM wraps them. */
function driverErrorOf(error: unknown): DriverError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { driverError } = error as { driverError?: unknown };
  return driverError instanceof Error ? driverError : error;
}

const TRANSIENT = new Set([
  1020, // the row has changed since this unit's snapshot (MariaDB, innodb_snapshot_isolation)
  1040, // the server lends no more connections: nothing was begun
  1047, // this node of the cluster cannot serve just now
  1203, // nor does it to this user
  1205, // waited too long for a lock
  1213, // deadlock, or the cluster did not certify the commit
  1317, // interrupted: so a node may call it that another's work came first, or an operator ended the statement
  4031, // the server ended a connection that had been idle (MySQL)
]);

/** The unit left nothing behind and may be done again from its beginning. */
export function isTransient(error: unknown): boolean {
  const cause = driverErrorOf(error);
  return (
    TRANSIENT.has(cause?.errno ?? 0) ||
    (cause?.code ?? '').startsWith('SQLITE_BUSY') ||
    isLostConnection(error)
  );
}

const MET = new Set([1020, 1205, 1213]);

/** Two units wanted the same row: of those who may be done again, the ones that a queue helps. */
export function haveMet(error: unknown): boolean {
  return MET.has(driverErrorOf(error)?.errno ?? 0);
}

const LOST = new Set(['PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT']);
const KILLED = new Set([1053, 1927]); // server shutdown, connection killed

export function isLostConnection(error: unknown): boolean {
  const cause = driverErrorOf(error);
  if (!cause) return false;
  return cause.fatal === true || LOST.has(cause.code ?? '') || KILLED.has(cause.errno ?? 0);
}

/** A node left its cluster while it committed, or the COMMIT was interrupted: the others may have the unit, or may not. */
const COMMIT_FAILED = new Set([1180, 1317]);

/** Whether a COMMIT that failed so may have been done all the same. */
export function isInDoubt(error: unknown): boolean {
  return isLostConnection(error) || COMMIT_FAILED.has(driverErrorOf(error)?.errno ?? 0);
}

/** What the database says when it cannot write at all: repeating helps nobody until there is room again. */
const OUT_OF_ORDER = new Set([
  3, // a file could not be written
  1021, // the disk is full
  1026, // nor could another, of the server itself
  1030, // the storage engine failed
  1114, // the table cannot grow
  1290, // the server was made read-only
  1792, // so was the transaction
  1836, // so was the server (MySQL)
]);
const OUT_OF_ORDER_SQLITE = /^SQLITE_(FULL|READONLY|IOERR|CANTOPEN)/;
/** The same of the folder that photos and papers are kept in. */
const OUT_OF_ORDER_FILES = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EIO', 'EMFILE', 'ENFILE']);

/** No room, no right to write, a broken disk: nothing was done, and it is the machine's fault, not the asker's. */
export function isOutOfOrder(error: unknown): boolean {
  const { errno, code = '' } = driverErrorOf(error) ?? {};
  return OUT_OF_ORDER.has(errno ?? 0) || OUT_OF_ORDER_SQLITE.test(code) || OUT_OF_ORDER_FILES.has(code);
}

/** MySQL and MariaDB name the constraint that refused a row, SQLite its columns: say both. */
export function breaksUnique(error: unknown, constraint: { name: string; columns: string }): boolean {
  const { errno, code, message } = driverErrorOf(error) ?? {};
  if (errno === 1062) return message?.includes(constraint.name) ?? false;
  return code === 'SQLITE_CONSTRAINT_UNIQUE' && (message?.endsWith(`: ${constraint.columns}`) ?? false);
}

/** MySQL and MariaDB: there is no such table. */
export function isMissingTable(error: unknown): boolean {
  return driverErrorOf(error)?.errno === 1146;
}

/** A row that this unit could not see stands in its way: a new unit, with a new snapshot, will see it. */
export class StaleSnapshot extends Error {
  readonly errno = 1020;
}
