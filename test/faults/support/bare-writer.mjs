// Writes numbers into a SQLite file, one a transaction, and says each when it is committed: bare-writer.mjs FILE FULL|NORMAL
import { writeSync } from 'node:fs';
import Connection from 'libsql';

const [file, synchronous] = process.argv.slice(2);
const connection = new Connection(file);
connection.pragma('journal_mode = WAL');
connection.pragma(`synchronous = ${synchronous}`);
connection.exec('CREATE TABLE IF NOT EXISTS numbers (n INTEGER PRIMARY KEY)');
const [{ last }] = connection.prepare('SELECT COALESCE(MAX(n), 0) AS last FROM numbers').all();
const insert = connection.prepare('INSERT INTO numbers (n) VALUES (?)');
for (let n = last + 1; ; n++) {
  insert.run(n);
  writeSync(1, `${n}\n`);
}
