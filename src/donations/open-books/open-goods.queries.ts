import { Injectable } from '@nestjs/common';
import { day } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { Reads } from '../../platform/database/reads.js';
import { goodsKindOf } from '../domain/open-goods.js';
import type { GoodsLineKind } from '../domain/open-goods.js';

/** A voucher of the account 存货, as the books have it. */
export type GoodsBookLine = {
  readonly year: number;
  readonly number: number;
  readonly day: Day;
  readonly kind: GoodsLineKind;
  readonly amountFen: Fen;
  readonly threadId: string | null;
  /** Of a gift that stands. */
  readonly donorId: string | null;
};

type Num = number | string;
type Raw = Omit<GoodsBookLine, 'year' | 'number' | 'day' | 'kind' | 'amountFen'> & {
  year: Num;
  number: Num;
  day: string;
  other: string;
  amountFen: Num;
};

@Injectable()
export class OpenGoodsQueries {
  constructor(private readonly reads: Reads) {}

  /** Every line of goods of one organisation, the newest first: deliveries and issues, of which there are few. */
  async lines(societyId: string): Promise<GoodsBookLine[]> {
    const rows = await this.reads.all<Raw>`
      SELECT v.year AS "year", v.number AS "number", v.day AS "day", SUM(l.amount_fen) AS "amountFen",
             MIN(l.thread_id) AS "threadId",
             (SELECT MIN(x.account) FROM voucher_lines x WHERE x.voucher_id = v.id AND x.account <> '1201') AS "other",
             (SELECT MIN(g.donor_id) FROM gifts g WHERE g.voucher_id = v.id AND g.state = 'RECEIVED') AS "donorId"
      FROM books b JOIN vouchers v ON v.book_id = b.id
      JOIN voucher_lines l ON l.voucher_id = v.id AND l.account = '1201'
      WHERE b.society_id = ${societyId}
      GROUP BY v.id, v.year, v.number, v.day ORDER BY v.year DESC, v.number DESC`;
    return rows.map(({ other, ...row }) => {
      const kind = goodsKindOf(other);
      if (kind === null) throw new Error('Goods moved, and neither a gift, an issue nor a disposal says why');
      return {
        ...row,
        kind,
        year: Number(row.year),
        number: Number(row.number),
        day: day(row.day),
        amountFen: fen(Number(row.amountFen)),
      };
    });
  }
}
