import { Injectable } from '@nestjs/common';
import { fen, yuanText } from '../kernel/fen.js';
import { UNRESTRICTED } from '../ledger/index.js';
import { Reads } from '../platform/database/reads.js';
import { Verifier } from '../platform/verify.js';
import type { Finding } from '../platform/verify.js';
import { afterMoves } from './domain/cap.js';
import type { CapMove, MoveKind } from './domain/cap.js';

type Sum = number | string;
type RawMove = { counterId: string; kind: MoveKind; used: Sum; reserved: Sum };

const yuan = (amount: Sum) => `${yuanText(fen(Number(amount)))} 元`;

/** Recomputes what the caps and the funds promise from their rows. Only what differs comes back. */
@Injectable()
export class FundsVerifier extends Verifier {
  constructor(private readonly reads: Reads) {
    super();
  }

  override async check(): Promise<Finding[]> {
    return [
      ...(await this.counters()),
      ...(await this.mergedCounters()),
      ...(await this.sequences()),
      ...(await this.promised()),
      ...(await this.claims()),
      ...(await this.purses()),
    ];
  }

  /** A counter is the sum of its moves. Where nothing was merged the database adds them up itself. */
  private async counters(): Promise<Finding[]> {
    const rows = await this.reads.all<{
      id: string;
      used: Sum;
      reserved: Sum;
      usedSum: Sum;
      reservedSum: Sum;
    }>`
      SELECT c.id AS "id", c.used_fen AS "used", c.reserved_fen AS "reserved", s.used_sum AS "usedSum",
             s.reserved_sum AS "reservedSum"
      FROM cap_counters c
      JOIN (SELECT t.id AS id,
                   COALESCE(SUM(CASE m.kind WHEN 'SPENT' THEN m.used_fen WHEN 'RESTORED' THEN 0 - m.used_fen
                                ELSE 0 END), 0) AS used_sum,
                   COALESCE(SUM(CASE m.kind WHEN 'HELD' THEN m.reserved_fen WHEN 'RESTORED' THEN 0
                                ELSE 0 - m.reserved_fen END), 0) AS reserved_sum,
                   COALESCE(SUM(CASE m.kind WHEN 'MERGED' THEN 1 ELSE 0 END), 0) AS mergers
            FROM cap_counters t LEFT JOIN cap_moves m ON m.counter_id = t.id GROUP BY t.id) s ON s.id = c.id
      WHERE s.mergers = 0 AND (c.used_fen <> s.used_sum OR c.reserved_fen <> s.reserved_sum)`;
    return rows.map(({ id, used, reserved, usedSum, reservedSum }) =>
      differs(id, [used, reserved], [usedSum, reservedSum]),
    );
  }

  /** After a merger the larger counts and nothing falls below zero: the moves are walked one by one. */
  private async mergedCounters(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; used: Sum; reserved: Sum }>`
      SELECT c.id AS "id", c.used_fen AS "used", c.reserved_fen AS "reserved" FROM cap_counters c
      WHERE EXISTS (SELECT 1 FROM cap_moves m WHERE m.counter_id = c.id AND m.kind = 'MERGED')`;
    const findings: Finding[] = [];
    for (const { id, used, reserved } of rows) {
      const moves = await this.reads.all<RawMove>`
        SELECT counter_id AS "counterId", kind AS "kind", used_fen AS "used", reserved_fen AS "reserved"
        FROM cap_moves WHERE counter_id = ${id} ORDER BY sequence`;
      const { usedFen, reservedFen } = afterMoves(moves.map(moveOf));
      if (usedFen !== Number(used) || reservedFen !== Number(reserved))
        findings.push(differs(id, [used, reserved], [usedFen, reservedFen]));
    }
    return findings;
  }

  /** Moves of a counter run from 1 to its last: that none is there twice the database holds itself. */
  private async sequences(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; moves: Sum; found: Sum }>`
      SELECT c.id AS "id", MAX(c.moves) AS "moves", COUNT(m.id) AS "found"
      FROM cap_counters c LEFT JOIN cap_moves m ON m.counter_id = c.id
      GROUP BY c.id HAVING MAX(c.moves) <> COUNT(m.id) OR COALESCE(MAX(m.sequence), 0) <> COUNT(m.id)`;
    return rows.map(({ id, moves, found }) => ({
      kind: 'cap move gap',
      subject: `cap_counters/${id}`,
      words: `额度变动编到 ${String(moves)}，共有 ${String(found)} 条`,
    }));
  }

  /** What is promised of all caps is the sum of the claims that are held. */
  private async promised(): Promise<Finding[]> {
    const row = await this.reads.one<{ reserved: Sum; held: Sum }>`
      SELECT (SELECT COALESCE(SUM(reserved_fen), 0) FROM cap_counters WHERE merged_into_id IS NULL) AS "reserved",
             (SELECT COALESCE(SUM(amount_fen), 0) FROM cap_claims WHERE state = 'HELD') AS "held"`;
    if (!row || Number(row.reserved) === Number(row.held)) return [];
    const words = `各户已留的额度合计 ${yuan(row.reserved)}，逐笔相加是 ${yuan(row.held)}`;
    return [{ kind: 'cap promised', subject: 'cap_counters', words }];
  }

  /** Each claim has the moves that its state tells of. */
  private async claims(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string; state: string }>`
      SELECT c.id AS "id", c.state AS "state" FROM cap_claims c
      JOIN (SELECT t.id AS id,
                   COALESCE(SUM(CASE WHEN m.kind = 'SPENT' THEN m.used_fen ELSE 0 END), 0) AS spent,
                   COALESCE(SUM(CASE WHEN m.kind = 'RESTORED' THEN m.used_fen ELSE 0 END), 0) AS restored,
                   COALESCE(SUM(CASE m.kind WHEN 'HELD' THEN m.reserved_fen WHEN 'RESTORED' THEN 0
                                ELSE 0 - m.reserved_fen END), 0) AS open_fen
            FROM cap_claims t LEFT JOIN cap_moves m ON m.claim_id = t.id GROUP BY t.id) s ON s.id = c.id
      WHERE s.open_fen <> CASE c.state WHEN 'HELD' THEN c.amount_fen ELSE 0 END
         OR s.spent <> CASE c.state WHEN 'SPENT' THEN c.amount_fen ELSE 0 END
         OR s.restored <> c.restored_fen`;
    return rows.map(({ id, state }) => ({
      kind: 'cap claim',
      subject: `cap_claims/${id}`,
      words: `这一轮的额度记着 ${state}，和变动记录对不上`,
    }));
  }

  /** Every fund and project has its purse in the federation's book, under its own name. */
  private async purses(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT f.id AS "id" FROM funds f
      LEFT JOIN funds p ON p.id = f.parent_id LEFT JOIN funds g ON g.id = p.parent_id
      WHERE NOT EXISTS (
        SELECT 1 FROM fund_balances x JOIN books b ON b.id = x.book_id
        WHERE b.society_id = f.federation_id AND x.fund = COALESCE(g.name, p.name, f.name)
          AND x.restriction = CASE f.level WHEN 'FUND' THEN ${UNRESTRICTED} ELSE f.name END)`;
    return rows.map(({ id }) => ({
      kind: 'fund purse',
      subject: `funds/${id}`,
      words: '账上没有这个基金或项目',
    }));
  }
}

function differs(id: string, held: readonly [Sum, Sum], computed: readonly [Sum, Sum]): Finding {
  const words = `额度记着已用 ${yuan(held[0])}、已留 ${yuan(held[1])}，按变动重算是 ${yuan(computed[0])}、${yuan(computed[1])}`;
  return { kind: 'cap', subject: `cap_counters/${id}`, words };
}

function moveOf({ kind, used, reserved }: RawMove): CapMove {
  const [usedFen, reservedFen] = [fen(Number(used)), fen(Number(reserved))];
  if (kind === 'MERGED') return { kind, other: { usedFen, reservedFen } };
  return { kind, amountFen: kind === 'HELD' || kind === 'RELEASED' ? reservedFen : usedFen };
}
