import type { Reads } from '../platform/database/reads.js';

const SOCIETIES_AT_ONCE = 200;

/**
 * The societies that have a book or a month, some hundreds at a time: whoever looks at all of them holds no more than that,
 * and asks about each of them in one statement, in which all is of one moment.
 */
export async function* societiesInPages(
  reads: Reads,
  atOnce = SOCIETIES_AT_ONCE,
): AsyncGenerator<readonly string[]> {
  for (let after = ''; ;) {
    const rows = await reads.all<{ id: string }>`
      SELECT u.id AS "id"
      FROM (SELECT a.id FROM (SELECT society_id AS id FROM books
                              WHERE society_id > ${after} ORDER BY society_id LIMIT ${atOnce}) a
            UNION
            SELECT b.id FROM (SELECT DISTINCT society_id AS id FROM society_months
                              WHERE society_id > ${after} ORDER BY society_id LIMIT ${atOnce}) b) u
      ORDER BY u.id LIMIT ${atOnce}`;
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
    yield rows.map(({ id }) => id);
  }
}
