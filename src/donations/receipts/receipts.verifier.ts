import { Injectable } from '@nestjs/common';
import { SealQueries } from '../../audit/index.js';
import { fen, yuanText } from '../../kernel/fen.js';
import { hashOf } from '../../platform/crypto/hash.js';
import { NumberGaps } from '../../platform/database/number-gaps.js';
import type { Numbered } from '../../platform/database/number-gaps.js';
import { Reads } from '../../platform/database/reads.js';
import { Verifier } from '../../platform/verify.js';
import type { Finding } from '../../platform/verify.js';
import type { ReceiptContent } from '../domain/receipt-paper.js';
import { RECEIPT_SERIES } from '../domain/receipt.js';
import { ReceiptSeals } from './receipt.seals.js';

type Sum = number | string;
type Sealed = {
  readonly id: string;
  readonly contentSealed: string;
  readonly contentHash: string;
  readonly number: string;
  readonly checkCode: string;
};

const NUMBERS: Numbered = {
  series: RECEIPT_SERIES,
  table: 'receipts',
  scope: 'issuer_id',
  year: 'series_year',
  number: 'number',
  what: '捐赠票据',
  kind: 'receipt number',
  subjectOf: (issuerId, year) => `number_series/${issuerId}/${RECEIPT_SERIES}/${year}`,
};

const yuan = (amount: Sum) => `${yuanText(fen(Number(amount)))} 元`;
const MOST_AT_ONCE = 500;

/** Whether numbers are without a gap, amounts those of the gifts, and every receipt still what was issued. */
@Injectable()
export class ReceiptsVerifier extends Verifier {
  constructor(
    private readonly reads: Reads,
    private readonly gaps: NumberGaps,
    private readonly seals: ReceiptSeals,
    private readonly sealed: SealQueries,
  ) {
    super();
  }

  override async check(): Promise<Finding[]> {
    return [
      ...(await this.gaps.find(NUMBERS)),
      ...(await this.amounts()),
      ...(await this.reds()),
      ...(await this.states()),
      ...(await this.contents()),
    ];
  }

  /** What came in less what had gone back by then; while it stands, nothing more has gone back since. */
  private async amounts(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; amount: Sum; kept: Sum }>`
      SELECT r.id AS "id", r.amount_fen AS "amount", g.amount_fen - r.refunded_fen AS "kept"
      FROM receipts r JOIN gifts g ON g.id = r.gift_id
      WHERE r.kind = 'BLUE' AND r.amount_fen <> g.amount_fen - r.refunded_fen`;
    const gone = await this.reads.all<{ id: string; amount: Sum; kept: Sum }>`
      SELECT r.id AS "id", r.amount_fen AS "amount", g.amount_fen - COALESCE(SUM(a.amount_fen), 0) AS "kept"
      FROM receipts r JOIN gifts g ON g.id = r.gift_id AND g.receipt_state = 'ISSUED'
      JOIN gift_lots x ON x.gift_id = g.id JOIN lot_allocations a ON a.lot_id = x.lot_id AND a.kind = 'REFUNDED'
      WHERE r.kind = 'BLUE' AND NOT EXISTS (SELECT 1 FROM receipts red WHERE red.reverses_id = r.id)
      GROUP BY r.id, r.amount_fen, r.refunded_fen, g.amount_fen
      HAVING SUM(a.amount_fen) <> r.refunded_fen`;
    return [...rows, ...gone].map(({ id, amount, kept }) => ({
      kind: 'receipt amount',
      subject: `receipts/${id}`,
      words: `票据 ${yuan(amount)}，捐赠收到并留下的是 ${yuan(kept)}`,
    }));
  }

  /** A red one is the mirror of the one that it takes back: of the same gift and issuer, and of its amount. */
  private async reds(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT red.id AS "id" FROM receipts red JOIN receipts old ON old.id = red.reverses_id
      WHERE old.kind <> 'BLUE' OR red.gift_id <> old.gift_id OR red.issuer_id <> old.issuer_id
         OR red.amount_fen <> -old.amount_fen`;
    return rows.map(({ id }) => ({
      kind: 'receipt reversal',
      subject: `receipts/${id}`,
      words: '红字票据和原票对不上',
    }));
  }

  /** Issued is whatever has one receipt that stands, and nothing else. */
  private async states(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; state: string; standing: Sum }>`
      SELECT g.id AS "id", g.receipt_state AS "state", COUNT(r.id) AS "standing"
      FROM gifts g LEFT JOIN receipts r ON r.gift_id = g.id AND r.kind = 'BLUE'
        AND NOT EXISTS (SELECT 1 FROM receipts red WHERE red.reverses_id = r.id)
      GROUP BY g.id, g.receipt_state
      HAVING COUNT(r.id) <> CASE WHEN g.receipt_state = 'ISSUED' THEN 1 ELSE 0 END`;
    return rows.map(({ id, state, standing }) => ({
      kind: 'receipt state',
      subject: `gifts/${id}`,
      words: `捐赠记为 ${state}，有效的票据 ${Number(standing)} 张`,
    }));
  }

  private async contents(): Promise<Finding[]> {
    const findings: Finding[] = [];
    const held = new Map<string, boolean>();
    for (let batch = await this.batch(''); batch.length > 0; batch = await this.batch(batch.at(-1)?.id ?? ''))
      for (const row of batch) {
        const content = this.seals.open(row.id, row.contentSealed);
        if (hasChanged(row, content)) findings.push(changed(row));
        const { seal } = content;
        if (seal === undefined) continue;
        const isHeld = held.get(seal) ?? (await this.sealed.holds(seal));
        held.set(seal, isHeld);
        if (!isHeld) findings.push(headLost(row, seal));
      }
    return findings;
  }

  private batch(after: string): Promise<Sealed[]> {
    return this.reads.all<Sealed>`
      SELECT id AS "id", content_sealed AS "contentSealed", content_hash AS "contentHash",
             number_text AS "number", check_code AS "checkCode"
      FROM receipts WHERE id > ${after} ORDER BY id LIMIT ${MOST_AT_ONCE}`;
  }
}

function hasChanged({ contentHash, number, checkCode }: Sealed, content: ReceiptContent): boolean {
  return hashOf(content) !== contentHash || content.number !== number || content.checkCode !== checkCode;
}

const changed = ({ id }: Sealed): Finding => ({
  kind: 'receipt content',
  subject: `receipts/${id}`,
  words: '票据的内容和开出时的内容哈希不一致',
});

const headLost = ({ id }: Sealed, seal: string): Finding => ({
  kind: 'receipt content',
  subject: `receipts/${id}`,
  words: `票据上印的封存号 ${seal} 不在封存记录里：以前的记录被改写过`,
});
