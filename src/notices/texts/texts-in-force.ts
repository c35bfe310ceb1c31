import type { Day } from '../../kernel/day.js';
import type { Value } from '../../platform/database/transactions.js';
import type { SetText, TextKey } from '../domain/notice-texts.js';

type Ask = <Row extends object>(text: TemplateStringsArray, ...values: Value[]) => Promise<Row[]>;
type Raw = { key: TextKey; text: string | null; floor: number | string };

/** Of the house and of up to three that stand above it, in force on that day, the latest first: in a unit of work or for a page. */
export async function inForce(ask: Ask, societyId: string, on: Day): Promise<SetText[]> {
  const rows = await ask<Raw>`
    SELECT t.text_key AS "key", t.wording AS "text",
           CASE t.society_id WHEN o.id THEN 0 WHEN a.id THEN 1 WHEN b.id THEN 2 ELSE 3 END AS "floor"
    FROM organisations o
    LEFT JOIN organisations a ON a.id = o.parent_id
    LEFT JOIN organisations b ON b.id = a.parent_id
    LEFT JOIN organisations c ON c.id = b.parent_id
    JOIN notice_texts t ON t.society_id IN (o.id, a.id, b.id, c.id)
    WHERE o.id = ${societyId} AND t.valid_from <= ${on}
    ORDER BY t.valid_from DESC, t.version DESC`;
  return rows.map(({ key, text, floor }) => ({ key, text, floor: Number(floor) }));
}
