import { Injectable } from '@nestjs/common';
import { fen, sumOf, yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { groupedBy } from '../../kernel/grouped.js';
import { societiesInPages } from '../../ledger/index.js';
import type { AllocationKind, LotSource, Purse } from '../../ledger/index.js';
import { listOf, Reads } from '../../platform/database/reads.js';
import { Verifier } from '../../platform/verify.js';
import type { Finding } from '../../platform/verify.js';
import { figuresIn, figuresOf, giftsIn, kindOf } from '../domain/open-books.js';
import type { MonthSum } from '../domain/open-books.js';
import { LINES_FROM, LINES_TO } from './open-books.queries.js';

type Num = number | string;
type Raw = Purse & {
  /** A sum of lines that are shown; what a purse holds by its vouchers; gifts by their lots; a month that is kept. */
  what: 'LINES' | 'PURSE' | 'GIFTS' | 'MONTH';
  societyId: string;
  purseId: string;
  source: LotSource | null;
  taken: AllocationKind | null;
  struck: LotSource | null;
  movedFrom: string | null;
  month: string;
  amountFen: Num;
  lines: Num;
  outFen: Num;
};
type OfPurse = Pick<Raw, 'societyId' | 'purseId'> & { readonly sum: MonthSum | null };
type Asked = Readonly<Record<Exclude<Raw['what'], 'LINES'>, readonly Raw[]>> & {
  readonly sums: readonly OfPurse[];
};

const yuan = (amount: Fen) => `${yuanText(amount)} 元`;

/**
 * What is compared, of some societies, in one statement: two that are asked one after the other are of two moments, and
 * money that comes in between them would be a finding.
 */
const ASKED = [
  `SELECT 'LINES' AS "what", n.society_id AS "societyId", n.purse_id AS "purseId", n.source AS "source",
          n.taken AS "taken", n.struck AS "struck", n.moved_from AS "movedFrom", n.fund AS "fund",
          n.restriction AS "restriction", SUBSTR(n.day, 1, 7) AS "month", SUM(n.amount_fen) AS "amountFen",
          COUNT(*) AS "lines", 0 AS "outFen"
   FROM (${LINES_FROM} WHERE b.society_id IN `,
  `${LINES_TO}) n
   GROUP BY n.society_id, n.purse_id, n.source, n.taken, n.struck, n.moved_from, n.fund, n.restriction,
            SUBSTR(n.day, 1, 7)
   UNION ALL
   SELECT 'PURSE', b.society_id, f.id, NULL, NULL, NULL, NULL, f.fund, f.restriction, NULL, SUM(l.amount_fen), 0, 0
   FROM books b JOIN fund_balances f ON f.book_id = b.id JOIN vouchers v ON v.book_id = b.id
   JOIN voucher_lines l ON l.voucher_id = v.id AND l.account IN ('1001', '1002')
     AND l.fund = f.fund AND l.restriction = f.restriction
   WHERE b.society_id IN `,
  ` GROUP BY b.society_id, f.id, f.fund, f.restriction
   UNION ALL
   SELECT 'GIFTS', b.society_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, SUM(t.amount_fen), 0, 0
   FROM books b JOIN fund_balances f ON f.book_id = b.id JOIN lots t ON t.balance_id = f.id
   WHERE t.source = 'GIFT'
     AND NOT EXISTS (SELECT 1 FROM lot_allocations a WHERE a.lot_id = t.id AND a.kind = 'REVERSED')
     AND NOT EXISTS (SELECT 1 FROM lot_allocations a JOIN lots x ON x.id = a.lot_id
                     WHERE a.voucher_id = t.voucher_id AND a.kind = 'MOVED' AND x.source <> 'UNKNOWN')
     AND b.society_id IN `,
  ` GROUP BY b.society_id
   UNION ALL
   SELECT 'MONTH', m.society_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, m.month, m.in_fen, 0, m.out_fen
   FROM society_months m WHERE m.society_id IN `,
  ``,
];

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
    const findings: Finding[] = [];
    for await (const page of societiesInPages(this.reads)) {
      const asked = await this.ask(page);
      findings.push(...figures(asked), ...gifts(asked), ...months(asked), ...(await this.accounts(page)));
    }
    return findings;
  }

  private async ask(societyIds: readonly string[]): Promise<Asked> {
    const ids = listOf(societyIds);
    const text = Object.assign([...ASKED], { raw: ASKED });
    const rows = await this.reads.among<Raw>(text, ids, ids, ids, ids);
    const by = groupedBy(rows, ({ what }) => what);
    const of = (what: Raw['what']) => by.get(what) ?? [];
    return { sums: of('LINES').map(sumIn), PURSE: of('PURSE'), GIFTS: of('GIFTS'), MONTH: of('MONTH') };
  }

  /** What is shown as a gift was booked as one, and no fee, subsidy or interest is (D4-56). */
  private async accounts(societyIds: readonly string[]): Promise<Finding[]> {
    const rows = await this.reads.among<{ id: string }>`
      SELECT t.voucher_id AS "id"
      FROM books b JOIN fund_balances f ON f.book_id = b.id JOIN lots t ON t.balance_id = f.id
      WHERE b.society_id IN ${listOf(societyIds)}
        AND NOT EXISTS (SELECT 1 FROM lot_allocations a JOIN lots x ON x.id = a.lot_id
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

function sumIn(row: Raw): OfPurse {
  const { societyId, purseId, fund, restriction, struck, month } = row;
  const kind = kindOf(row);
  const amountFen = fen(Number(row.amountFen));
  const sum = kind && { fund, restriction, struck, month, kind, amountFen, lines: Number(row.lines) };
  return { societyId, purseId, sum };
}

/** opening + income + moved − spending is the sum of the purse's lines at the bank: none is in no figure, none in two. */
function figures({ sums, PURSE }: Asked): Finding[] {
  const shown = groupedBy(sums, ({ purseId }) => purseId);
  return PURSE.flatMap(({ purseId, amountFen }) => {
    const own = (shown.get(purseId) ?? []).flatMap(({ sum }) => (sum ? [sum] : []));
    const { balanceFen, unclaimedFen } = figuresOf(own, null);
    const [shownFen, bookedFen] = [fen(balanceFen + unclaimedFen), fen(Number(amountFen))];
    if (shownFen === bookedFen) return [];
    const words = `公开的收支算出来是 ${yuan(shownFen)}，账上是 ${yuan(bookedFen)}`;
    return [{ kind: 'public figures', subject: `fund_balances/${purseId}`, words }];
  });
}

/** What is shown as gifts is the lots that gifts opened, without those that were struck; a gift that moved is no second one. */
function gifts({ sums, GIFTS }: Asked): Finding[] {
  const bySociety = groupedBy(sums, ({ societyId }) => societyId);
  const other = new Map(GIFTS.map(({ societyId, amountFen }) => [societyId, fen(Number(amountFen))]));
  return [...new Set([...bySociety.keys(), ...other.keys()])].flatMap((id) => {
    const shown = giftsIn((bySociety.get(id) ?? []).flatMap(({ sum }) => (sum ? [sum] : [])));
    const counted = other.get(id) ?? sumOf([]);
    if (shown === counted) return [];
    const words = `公开的捐款合计 ${yuan(shown)}，来款登记的捐款是 ${yuan(counted)}`;
    return [{ kind: 'public gifts', subject: `organisations/${id}`, words }];
  });
}

/** By month, what these figures call income and spending is what the sums of places are made of (ADR 31). */
function months({ sums, MONTH }: Asked): Finding[] {
  const told = (inFen: Fen, outFen: Fen) => `收入 ${yuan(inFen)}、支出 ${yuan(outFen)}`;
  const found = new Map(
    MONTH.map(({ societyId, month, amountFen, outFen }) => [
      `${societyId}/${month}`,
      told(fen(Number(amountFen)), fen(Number(outFen))),
    ]),
  );
  const shown = groupedBy(
    sums.flatMap(({ societyId, sum }) => (sum ? [{ societyId, sum }] : [])),
    ({ societyId, sum }) => `${societyId}/${sum.month}`,
  );
  const nothing = told(sumOf([]), sumOf([]));
  return [...new Set([...found.keys(), ...shown.keys()])].flatMap((key) => {
    const own = (shown.get(key) ?? []).map(({ sum }) => sum);
    const month = own[0]?.month ?? key.slice(-7);
    const { incomeFen, spendingFen } = figuresIn(own, { from: month, until: month });
    const [open, counted] = [told(incomeFen, spendingFen), found.get(key) ?? nothing];
    if (open === counted) return [];
    const words = `公开的${open}，合计记的${counted}`;
    return [{ kind: 'public month', subject: `society_months/${key}`, words }];
  });
}
