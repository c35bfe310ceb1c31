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
  1047, // this node of the cluster cannot serve just now
  1205, // waited too long for a lock
  1213, // deadlock, or the cluster did not certify the commit
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

const LOST = new Set(['PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT']);
const KILLED = new Set([1053, 1927]); // server shutdown, connection killed

export function isLostConnection(error: unknown): boolean {
  const cause = driverErrorOf(error);
  if (!cause) return false;
  return cause.fatal === true || LOST.has(cause.code ?? '') || KILLED.has(cause.errno ?? 0);
}

/** MySQL and MariaDB name the constraint that refused a row, SQLite its columns: say both. */
export function breaksUnique(error: unknown, constraint: { name: string; columns: string }): boolean {
  const { errno, code, message } = driverErrorOf(error) ?? {};
  if (errno === 1062) return message?.includes(constraint.name) ?? false;
  return code === 'SQLITE_CONSTRAINT_UNIQUE' && (message?.endsWith(`: ${constraint.columns}`) ?? false);
}

/** A row that this unit could not see stands in its way: a new unit, with a new snapshot, will see it. */
export class StaleSnapshot extends Error {
  readonly errno = 1020;
}
