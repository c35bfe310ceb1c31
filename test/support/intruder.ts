import Database from 'libsql';
import mysql from 'mysql2/promise';
import type { DataSource } from 'typeorm';

/** Somebody with the database in hand: no trigger, no constraint and no rule of the program stands in the way. */
export type Intruder = {
  run(sql: string): Promise<void>;
  /** Of the schema: what changes no row. */
  change(sql: string): Promise<void>;
  /** Whatever `act` did to the tables is undone, so that the next one finds them whole. */
  undoing(tables: readonly string[], act: () => Promise<void>): Promise<void>;
  /** Takes a table away for good: whatever needs it fails as programs fail. */
  break(table: string): Promise<void>;
  close(): Promise<void>;
};

export async function intruderIn({ options }: DataSource): Promise<Intruder> {
  const raw = options.type === 'better-sqlite3' ? onFile(options.database) : await onServer(options);
  await raw.freeHands();
  const run = async (sql: string): Promise<void> => {
    const changed = await raw.run(sql);
    // A slip that changes nothing would prove nothing.
    if (changed === 0) throw new Error(`It changed no row: ${sql}`);
  };
  return {
    run,
    async change(sql) {
      await raw.run(sql);
    },
    async undoing(tables, act) {
      for (const table of tables) await raw.run(`CREATE TABLE "kept_${table}" AS SELECT * FROM "${table}"`);
      try {
        await act();
      } finally {
        for (const table of tables) {
          await raw.run(`DELETE FROM "${table}"`);
          await raw.run(`INSERT INTO "${table}" SELECT * FROM "kept_${table}"`);
          await raw.run(`DROP TABLE "kept_${table}"`);
        }
      }
    },
    async break(table) {
      await raw.run(`ALTER TABLE "${table}" RENAME TO "lost_${table}"`);
    },
    close: () => raw.close(),
  };
}

type Raw = { run(sql: string): Promise<number>; freeHands(): Promise<void>; close(): Promise<void> };

/** A second connection of its own to the file of the program. */
function onFile(path: string): Raw {
  const database = new Database(path, { timeout: 2000 });
  const run = (sql: string): Promise<number> => Promise.resolve(database.prepare(sql).run().changes);
  return {
    run,
    freeHands() {
      database.exec('PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON');
      const triggers = database.prepare(`SELECT name FROM sqlite_master WHERE type = 'trigger'`).all();
      for (const { name } of triggers as { name: string }[]) database.exec(`DROP TRIGGER "${name}"`);
      return Promise.resolve();
    },
    close() {
      database.close();
      return Promise.resolve();
    },
  };
}

async function onServer(options: object): Promise<Raw> {
  const { url = '' } = options as { url?: string };
  const connection = await mysql.createConnection(url);
  const run = async (sql: string): Promise<number> => {
    const [result] = await connection.query(sql);
    return (result as { affectedRows?: number }).affectedRows ?? 0;
  };
  return {
    run,
    async freeHands() {
      await run(
        `SET SESSION sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT', foreign_key_checks = 0, check_constraint_checks = 0`,
      );
      const [triggers] = await connection.query('SHOW TRIGGERS');
      for (const { Trigger } of triggers as { Trigger: string }[]) await run(`DROP TRIGGER "${Trigger}"`);
    },
    close: () => connection.end(),
  };
}
