import { findAll } from '../../src/house/verify.js';
import type { Kind } from './databases.js';
import type { House } from './house.js';
import type { Intruder } from './intruder.js';
import type { Mutation } from './mutation.js';
import { isLong } from './often.js';

/**
 * What is made wrong on this database: on a server one of each kind, those that are found by a question of their own, and a
 * quarter of the others, since the verifiers are one SQL text for all; everything with `LONG=1`.
 */
export function askedOf(mutations: readonly Mutation[], { name }: Kind): readonly Mutation[] {
  if (name === 'sqlite' || isLong) return mutations;
  const kindsSeen = new Set<string>();
  return mutations.filter(({ kind, where, subject }, n) => {
    const isFirst = !kindsSeen.has(kind);
    kindsSeen.add(kind);
    return isFirst || n % 4 === 0 || (where + subject).includes('SELECT');
  });
}

type Row = Readonly<Record<string, string | number | null>>;

/** The first row of its table that the mutation is about, and how the reconciler must name it. */
async function victimOf(house: House, { table, key, where, subject }: Mutation): Promise<Row> {
  const [row] = await house.dataSource.query<Row[]>(
    `SELECT ${key.map((name) => `t.${name} AS "${name}"`).join(', ')}, ${subject} AS "subject"
     FROM ${table} t WHERE ${where} ORDER BY ${key.map((name) => `t.${name}`).join(', ')} LIMIT 1`,
  );
  if (!row) throw new Error(`The house has no row of ${table} where ${where}`);
  return row;
}

function sqlOf({ table, key, change }: Mutation, row: Row): string {
  const one = key.map((name) => `${name} = '${String(row[name])}'`).join(' AND ');
  return change === null ? `DELETE FROM ${table} WHERE ${one}` : `UPDATE ${table} SET ${change} WHERE ${one}`;
}

/** One row made wrong behind the program's back, what `see` makes of it, and the row as it was. */
export async function whileWrong<Seen>(
  house: House,
  intruder: Intruder,
  mutation: Mutation,
  see: () => Promise<Seen>,
): Promise<{ readonly subject: string; readonly seen: Seen }> {
  const row = await victimOf(house, mutation);
  let seen: Seen | undefined;
  await intruder.undoing([mutation.table], async () => {
    await intruder.run(sqlOf(mutation, row));
    seen = await see();
  });
  return { subject: String(row['subject']), seen: seen as Seen };
}

/** What the reconciler finds of it, each by kind and row. */
export async function foundAfter(house: House, intruder: Intruder, mutation: Mutation) {
  const { subject, seen } = await whileWrong(house, intruder, mutation, async () => {
    const { findings } = await findAll(house.app);
    return findings.map((finding) => `${finding.kind}: ${finding.subject}`);
  });
  return { subject, found: seen };
}
