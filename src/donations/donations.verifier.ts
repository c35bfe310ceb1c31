import { Injectable } from '@nestjs/common';
import { fen, yuanText } from '../kernel/fen.js';
import { UNCLAIMED } from '../ledger/index.js';
import { Reads } from '../platform/database/reads.js';
import { Verifier } from '../platform/verify.js';
import type { Finding } from '../platform/verify.js';

type Sum = number | string;

const yuan = (amount: Sum) => `${yuanText(fen(Number(amount)))} 元`;

/** Every fen of a gift, from what came in to what became of it. Only what differs comes back. */
@Injectable()
export class DonationsVerifier extends Verifier {
  constructor(private readonly reads: Reads) {
    super();
  }

  override async check(): Promise<Finding[]> {
    return [
      ...(await this.whole()),
      ...(await this.firstLots()),
      ...(await this.states()),
      ...(await this.purses()),
      ...(await this.ownerless()),
      ...(await this.held()),
      ...(await this.refunds()),
      ...(await this.refundLines()),
      ...(await this.management()),
      ...(await this.moved()),
      ...(await this.payments()),
    ];
  }

  /**
   * What payments took, what is left, what went back and what was struck is what was received, over all lots of a gift.
   * What moved to another purse is counted once: in the lot that it went on as.
   */
  private async whole(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; received: Sum; found: Sum }>`
      SELECT s.id AS "id", s.received AS "received", s.left_fen + s.gone AS "found"
      FROM (SELECT g.id AS id, g.amount_fen AS received,
                   (SELECT SUM(l.left_fen) FROM gift_lots x JOIN lots l ON l.id = x.lot_id
                    WHERE x.gift_id = g.id) AS left_fen,
                   (SELECT COALESCE(SUM(a.amount_fen), 0)
                    FROM gift_lots x JOIN lot_allocations a ON a.lot_id = x.lot_id
                    WHERE x.gift_id = g.id AND a.kind <> 'MOVED') AS gone
            FROM gifts g WHERE EXISTS (SELECT 1 FROM gift_lots x WHERE x.gift_id = g.id)) s
      WHERE s.received <> s.left_fen + s.gone`;
    return rows.map(({ id, received, found }) => ({
      kind: 'gift',
      subject: `gifts/${id}`,
      words: `这笔捐赠收到 ${yuan(received)}，用掉、剩下和退还的合计 ${yuan(found)}`,
    }));
  }

  /** The lot that a gift names is one of its own, and as large as the gift; so is the first of them. */
  private async firstLots(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; amount: Sum; lot: Sum | null }>`
      SELECT s.id AS "id", s.amount AS "amount", s.named AS "lot"
      FROM (SELECT g.id AS id, g.amount_fen AS amount,
                   (SELECT l.amount_fen FROM gift_lots x JOIN lots l ON l.id = x.lot_id
                    WHERE x.gift_id = g.id AND x.lot_id = g.lot_id) AS named,
                   (SELECT l.amount_fen FROM lots l
                    WHERE l.id = (SELECT MIN(x.lot_id) FROM gift_lots x WHERE x.gift_id = g.id)) AS first_fen
            FROM gifts g WHERE g.lot_id IS NOT NULL) s
      WHERE COALESCE(s.named, 0) <> s.amount OR COALESCE(s.first_fen, 0) <> s.amount`;
    return rows.map(({ id, amount, lot }) => ({
      kind: 'gift lot',
      subject: `gifts/${id}`,
      words: `这笔捐赠 ${yuan(amount)}，登记的来款是 ${yuan(lot ?? 0)}`,
    }));
  }

  /** Pledged: no lot. Unknown: all of it in the purse of what waits. Received: none of it there. Ended: nothing left. */
  private async states(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; state: string }>`
      SELECT s.id AS "id", s.state AS "state"
      FROM (SELECT g.id AS id, g.state AS state, g.form AS form, COUNT(l.id) AS lots,
                   COALESCE(SUM(l.left_fen), 0) AS left_fen,
                   COALESCE(SUM(CASE WHEN f.fund = ${UNCLAIMED.fund} THEN l.left_fen ELSE 0 END), 0) AS waiting
            FROM gifts g LEFT JOIN gift_lots x ON x.gift_id = g.id LEFT JOIN lots l ON l.id = x.lot_id
            LEFT JOIN fund_balances f ON f.id = l.balance_id
            GROUP BY g.id, g.state, g.form) s
      WHERE (s.state = 'PLEDGED' AND s.lots > 0)
         OR (s.state = 'UNKNOWN' AND (s.lots <> 1 OR s.waiting <> s.left_fen OR s.waiting = 0))
         OR (s.state = 'RECEIVED' AND ((s.lots = 0 AND s.form = 'MONEY') OR s.waiting <> 0))
         OR (s.state = 'ENDED' AND s.left_fen <> 0)`;
    return rows.map(({ id, state }) => ({
      kind: 'gift state',
      subject: `gifts/${id}`,
      words: `这笔捐赠记着 ${state}，和它的来款对不上`,
    }));
  }

  /** A gift lies where its intent says: another use is another lot. */
  private async purses(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT g.id AS "id" FROM gifts g JOIN lots l ON l.id = g.lot_id JOIN fund_balances f ON f.id = l.balance_id
      JOIN books b ON b.id = f.book_id
      WHERE f.fund <> g.fund OR f.restriction <> g.restriction OR b.society_id <> g.society_id`;
    return rows.map(({ id }) => ({
      kind: 'gift purse',
      subject: `gifts/${id}`,
      words: '这笔捐赠记的用途和账上放的地方不一样',
    }));
  }

  /** What came as a gift, or of an unknown giver, belongs to one; that it belongs to one only the key of the table holds. */
  private async ownerless(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT l.id AS "id" FROM lots l LEFT JOIN gift_lots x ON x.lot_id = l.id
      WHERE l.source IN ('GIFT', 'UNKNOWN') AND x.lot_id IS NULL`;
    return rows.map(({ id }) => ({
      kind: 'lot without gift',
      subject: `lots/${id}`,
      words: '这笔来款记作捐款，没有登记捐赠',
    }));
  }

  /** What is held back of a lot is what refunds that are agreed to, and open changes of use, hold of it. */
  private async held(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; frozen: Sum; held: Sum }>`
      SELECT s.id AS "id", s.frozen AS "frozen", s.refunding + s.changing AS "held"
      FROM (SELECT l.id AS id, l.frozen_fen AS frozen,
                   (SELECT COALESCE(SUM(p.amount_fen), 0) FROM gift_refund_parts p
                    JOIN gift_refunds r ON r.id = p.refund_id
                    WHERE p.lot_id = l.id AND r.state = 'APPROVED') AS refunding,
                   (SELECT COALESCE(SUM(p.amount_fen), 0) FROM use_change_lots p
                    WHERE p.lot_id = l.id AND p.state = 'FROZEN') AS changing
            FROM lots l) s
      WHERE s.frozen <> s.refunding + s.changing`;
    return rows.map(({ id, frozen, held }) => ({
      kind: 'frozen',
      subject: `lots/${id}`,
      words: `这笔来款冻结着 ${yuan(frozen)}，在办的退款和变更用途合计 ${yuan(held)}`,
    }));
  }

  /** A refund is the sum of its parts from its agreement on; paid, each part has its voucher and its line of the trace. */
  private async refunds(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; amount: Sum; parts: Sum; out_fen: Sum }>`
      SELECT s.id AS "id", s.amount AS "amount", s.parts AS "parts", s.gone AS "out_fen"
      FROM (SELECT r.id AS id, r.state AS state, r.amount_fen AS amount,
                   (SELECT COALESCE(SUM(p.amount_fen), 0) FROM gift_refund_parts p WHERE p.refund_id = r.id) AS parts,
                   (SELECT COALESCE(SUM(a.amount_fen), 0) FROM gift_refund_parts p JOIN lot_allocations a
                      ON a.voucher_id = p.voucher_id AND a.lot_id = p.lot_id AND a.kind = 'REFUNDED'
                    WHERE p.refund_id = r.id) AS gone
            FROM gift_refunds r) s
      WHERE (s.state IN ('APPROVED', 'PAID') AND s.parts <> s.amount)
         OR s.gone <> CASE WHEN s.state = 'PAID' THEN s.amount ELSE 0 END`;
    return rows.map(({ id, amount, parts, out_fen: gone }) => ({
      kind: 'refund',
      subject: `gift_refunds/${id}`,
      words: `退款 ${yuan(amount)}，逐笔来款相加 ${yuan(parts)}，账上退出 ${yuan(gone)}`,
    }));
  }

  /** One transfer at the bank is the sum of the refunds that it paid, and all of them are of one giver of its society. */
  private async refundLines(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; amount: Sum; paid: Sum }>`
      SELECT s.id AS "id", s.amount AS "amount", s.paid AS "paid"
      FROM (SELECT k.id AS id, k.amount_fen AS amount, COUNT(r.id) AS refunds, COUNT(g.donor_id) AS known,
                   COUNT(DISTINCT g.donor_id) AS givers, COALESCE(SUM(r.amount_fen), 0) AS paid,
                   SUM(CASE WHEN r.society_id = k.society_id THEN 0 ELSE 1 END) AS others
            FROM gift_refund_lines k LEFT JOIN gift_refunds r ON r.line_id = k.id LEFT JOIN gifts g ON g.id = r.gift_id
            GROUP BY k.id, k.amount_fen) s
      WHERE s.amount <> s.paid OR s.others > 0 OR (s.refunds > 1 AND (s.givers > 1 OR s.known <> s.refunds))`;
    return rows.map(({ id, amount, paid }) => ({
      kind: 'refund line',
      subject: `gift_refund_lines/${id}`,
      words: `一笔转账退了 ${yuan(amount)}，记在它上面的退款合计 ${yuan(paid)}，要是同一位捐赠人的`,
    }));
  }

  /**
   * What the house cost of a gift is what was drawn under its terms, draw by draw and lot by lot, and never more than the
   * share that was agreed.
   */
  private async management(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; gone: Sum; drawn: Sum; most: Sum }>`
      SELECT s.id AS "id", s.gone AS "gone", s.drawn AS "drawn", s.most AS "most"
      FROM (SELECT g.id AS id, COALESCE(t.drawn, 0) AS drawn, COALESCE(t.most, 0) AS most,
                   COALESCE(t.wrong, 0) AS wrong, COALESCE(a.gone, 0) AS gone, COALESCE(d.draws, 0) AS draws,
                   COALESCE(d.parts, 0) AS parts
            FROM gifts g
            LEFT JOIN (SELECT m.gift_id AS gift_id, SUM(m.drawn_fen) AS drawn, SUM(m.most_fen) AS most,
                              SUM(CASE WHEN m.most_fen * 100 > h.amount_fen * m.share_percent THEN 1 ELSE 0 END) AS wrong
                       FROM management_terms m JOIN gifts h ON h.id = m.gift_id
                       WHERE m.state = 'AGREED' GROUP BY m.gift_id) t ON t.gift_id = g.id
            LEFT JOIN (SELECT x.gift_id AS gift_id, SUM(l.amount_fen) AS gone FROM gift_lots x
                       JOIN lot_allocations l ON l.lot_id = x.lot_id AND l.kind = 'MANAGED'
                       GROUP BY x.gift_id) a ON a.gift_id = g.id
            LEFT JOIN (SELECT m.gift_id AS gift_id, SUM(w.amount_fen) AS draws, SUM(w.parts) AS parts
                       FROM management_terms m
                       JOIN (SELECT e.terms_id AS terms_id, e.amount_fen AS amount_fen,
                                    (SELECT COALESCE(SUM(p.amount_fen), 0) FROM management_draw_parts p
                                     JOIN lot_allocations b ON b.voucher_id = p.voucher_id AND b.lot_id = p.lot_id
                                       AND b.kind = 'MANAGED' AND b.amount_fen = p.amount_fen
                                     WHERE p.draw_id = e.id) AS parts
                             FROM management_draws e) w ON w.terms_id = m.id
                       GROUP BY m.gift_id) d ON d.gift_id = g.id) s
      WHERE s.gone <> s.drawn OR s.gone <> s.draws OR s.draws <> s.parts OR s.gone > s.most OR s.wrong > 0`;
    return rows.map(({ id, gone, drawn, most }) => ({
      kind: 'management',
      subject: `gifts/${id}`,
      words: `这笔捐赠付了管理费用 ${yuan(gone)}，约定名下记着 ${yuan(drawn)}，最多 ${yuan(most)}`,
    }));
  }

  /** What a change of use moved is in the other purse, to the fen, and of the same gift. */
  private async moved(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT p.id AS "id" FROM use_change_lots p JOIN use_changes c ON c.id = p.change_id
      JOIN lots n ON n.id = p.new_lot_id JOIN fund_balances f ON f.id = n.balance_id
      LEFT JOIN gift_lots x ON x.lot_id = n.id
      WHERE n.amount_fen <> p.amount_fen OR f.fund <> c.into_fund OR f.restriction <> c.into_restriction
         OR COALESCE(x.gift_id, '') <> COALESCE(p.gift_id, '')`;
    return rows.map(({ id }) => ({
      kind: 'change of use',
      subject: `use_change_lots/${id}`,
      words: '改了用途的这一笔，和它在账上的去处对不上',
    }));
  }

  /** For every payment, what it took of lots is what it paid of what was owed. */
  private async payments(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; taken: Sum; paid: Sum }>`
      SELECT s.id AS "id", s.taken AS "taken", s.paid AS "paid"
      FROM (SELECT a.voucher_id AS id, SUM(a.amount_fen) AS taken,
                   (SELECT COALESCE(SUM(l.amount_fen), 0) FROM voucher_lines l
                    WHERE l.voucher_id = a.voucher_id AND l.account = '2209') AS paid
            FROM lot_allocations a WHERE a.kind = 'PAID' GROUP BY a.voucher_id) s
      WHERE s.taken <> s.paid`;
    return rows.map(({ id, taken, paid }) => ({
      kind: 'allocation',
      subject: `vouchers/${id}`,
      words: `付款 ${yuan(paid)}，分摊到来款的是 ${yuan(taken)}`,
    }));
  }
}
