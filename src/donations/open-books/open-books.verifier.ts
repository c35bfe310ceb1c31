import { Injectable } from '@nestjs/common';
import { fen, sumOf, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { groupedBy } from '../../kernel/grouped.js';
import type { AllocationKind, LotSource, Purse } from '../../ledger/index.js';
import { Reads } from '../../platform/database/reads.js';
import { Verifier } from '../../platform/verify.js';
import type { Finding } from '../../platform/verify.js';
import { figuresOf, giftsIn, kindOf } from '../domain/open-books.js';
import type { MonthSum } from '../domain/open-books.js';
import { LINES_FROM, LINES_TO } from './open-books.queries.js';

type Num = number | string;
type RawSum = Purse & {
  societyId: string;
  purseId: string;
  source: LotSource | null;
  taken: AllocationKind | null;
  struck: LotSource | null;
  movedFrom: string | null;
  month: string;
  amountFen: Num;
  lines: Num;
};
type OfPurse = Pick<RawSum, 'societyId' | 'purseId'> & { readonly sum: MonthSum | null };

const yuan = (amount: Fen) => `${yuanText(amount)} 元`;

const ALL_SUMS = `
  SELECT n.society_id AS "societyId", n.purse_id AS "purseId", n.source AS "source", n.taken AS "taken",
         n.struck AS "struck", n.moved_from AS "movedFrom", n.fund AS "fund", n.restriction AS "restriction",
         SUBSTR(n.day, 1, 7) AS "month", SUM(n.amount_fen) AS "amountFen", COUNT(*) AS "lines"
  FROM (${LINES_FROM} ${LINES_TO}) n
  GROUP BY n.society_id, n.purse_id, n.source, n.taken, n.struck, n.moved_from, n.fund, n.restriction,
           SUBSTR(n.day, 1, 7)`;

/**
 * Whether what everybody reads is what the books say. That a purse holds the sum of its lines, the ledger's own
 * verifier sees; here stands what only the public figures add: what was income, what was spent, what was a gift.
 */
@Injectable()
export class OpenBooksVerifier extends Verifier {
  constructor(private readonly reads: Reads) {
    super();
  }

  override async check(): Promise<Finding[]> {
    const sums = await this.sums();
    return [...(await this.figures(sums)), ...(await this.gifts(sums)), ...(await this.accounts())];
  }

  private async sums(): Promise<OfPurse[]> {
    const rows = await this.reads.all<RawSum>(Object.assign([ALL_SUMS], { raw: [ALL_SUMS] }));
    return rows.map((row) => {
      const { societyId, purseId, fund, restriction, struck, month, lines } = row;
      const kind = kindOf(row);
      const amountFen = fen(Number(row.amountFen));
      const sum = kind && { fund, restriction, struck, month, kind, amountFen, lines: Number(lines) };
      return { societyId, purseId, sum };
    });
  }

  /** opening + income + moved − spending is the sum of the purse's lines at the bank: none is in no figure, none in two. */
  private async figures(sums: readonly OfPurse[]): Promise<Finding[]> {
    const shown = groupedBy(sums, ({ purseId }) => purseId);
    const booked = await this.reads.all<{ id: string; amountFen: Num }>`
      SELECT f.id AS "id", SUM(l.amount_fen) AS "amountFen" FROM fund_balances f
      JOIN vouchers v ON v.book_id = f.book_id
      JOIN voucher_lines l ON l.voucher_id = v.id AND l.account IN ('1001', '1002')
        AND l.fund = f.fund AND l.restriction = f.restriction
      GROUP BY f.id`;
    return booked.flatMap(({ id, amountFen }) => {
      const own = (shown.get(id) ?? []).flatMap(({ sum }) => (sum ? [sum] : []));
      const { balanceFen, unclaimedFen } = figuresOf(own, null);
      const [shownFen, bookedFen] = [fen(balanceFen + unclaimedFen), fen(Number(amountFen))];
      if (shownFen === bookedFen) return [];
      const words = `公开的收支算出来是 ${yuan(shownFen)}，账上是 ${yuan(bookedFen)}`;
      return [{ kind: 'public figures', subject: `fund_balances/${id}`, words }];
    });
  }

  /** What is shown as gifts is the lots that gifts opened, without those that were struck; a gift that moved is no second one. */
  private async gifts(sums: readonly OfPurse[]): Promise<Finding[]> {
    const lots = await this.reads.all<{ id: string; amountFen: Num }>`
      SELECT b.society_id AS "id", SUM(t.amount_fen) AS "amountFen"
      FROM lots t JOIN fund_balances f ON f.id = t.balance_id JOIN books b ON b.id = f.book_id
      WHERE t.source = 'GIFT'
        AND NOT EXISTS (SELECT 1 FROM lot_allocations a WHERE a.lot_id = t.id AND a.kind = 'REVERSED')
        AND NOT EXISTS (SELECT 1 FROM lot_allocations a JOIN lots x ON x.id = a.lot_id
                        WHERE a.voucher_id = t.voucher_id AND a.kind = 'MOVED' AND x.source <> 'UNKNOWN')
      GROUP BY b.society_id`;
    const bySociety = groupedBy(sums, ({ societyId }) => societyId);
    const other = new Map(lots.map(({ id, amountFen }) => [id, fen(Number(amountFen))]));
    return [...new Set([...bySociety.keys(), ...other.keys()])].flatMap((id) => {
      const shown = giftsIn((bySociety.get(id) ?? []).flatMap(({ sum }) => (sum ? [sum] : [])));
      const counted = other.get(id) ?? sumOf([]);
      if (shown === counted) return [];
      const words = `公开的捐款合计 ${yuan(shown)}，来款登记的捐款是 ${yuan(counted)}`;
      return [{ kind: 'public gifts', subject: `organisations/${id}`, words }];
    });
  }

  /** What is shown as a gift was booked as one, and no fee, subsidy or interest is (D4-56). */
  private async accounts(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT t.voucher_id AS "id" FROM lots t JOIN fund_balances f ON f.id = t.balance_id
      WHERE NOT EXISTS (SELECT 1 FROM lot_allocations a JOIN lots x ON x.id = a.lot_id
                        WHERE a.voucher_id = t.voucher_id AND a.kind = 'MOVED' AND x.source <> 'UNKNOWN')
        AND NOT EXISTS (SELECT 1 FROM voucher_lines l WHERE l.voucher_id = t.voucher_id AND l.amount_fen < 0
              AND l.fund = f.fund AND l.restriction = f.restriction
              AND l.account = CASE t.source WHEN 'GIFT' THEN '4101' WHEN 'FEE' THEN '4201' WHEN 'SUBSIDY' THEN '4401'
                                WHEN 'INTEREST' THEN '4901' WHEN 'UNKNOWN' THEN '2209' ELSE '3101' END)`;
    return rows.map(({ id }) => ({
      kind: 'public line',
      subject: `vouchers/${id}`,
      words: '公开的收入类别和凭证的收入科目不一致',
    }));
  }
}
