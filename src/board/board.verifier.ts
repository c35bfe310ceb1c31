import { Injectable } from '@nestjs/common';
import { hashOf } from '../platform/crypto/hash.js';
import { Sealing } from '../platform/crypto/sealing.js';
import { NumberGaps } from '../platform/database/number-gaps.js';
import type { Numbered } from '../platform/database/number-gaps.js';
import { Reads } from '../platform/database/reads.js';
import type { Finding } from '../platform/verify.js';
import { Verifier } from '../platform/verify.js';
import { DECISION_SERIES, minutesContext } from './decisions.js';
import { orderFaultsOf } from './domain/ballot-box.js';
import { countsOf, tallyVote } from './domain/board-vote.js';
import type { Counts } from './domain/board-vote.js';
import { LEAST_ELECTORS } from './domain/electorate.js';
import { STATE_OF } from './domain/round-state.js';
import type { RoundState } from './domain/round-state.js';
import { ballotsIn, recusalsIn, ruleOf } from './round-rows.js';
import type { RoundStance } from './round-stance.entity.js';

type Big = number | string;

type TallyRow = {
  id: string;
  state: RoundState;
  quorumNumerator: number;
  quorumDenominator: number;
  majorityNumerator: number;
  majorityDenominator: number;
  /** Null where one of the numbers is. */
  stored: string | null;
  directors: Big;
};
type Said = Pick<RoundStance, 'roundId' | 'personId' | 'sequence' | 'kind' | 'choice' | 'reason' | 'how'>;

const NUMBERS: Numbered = {
  series: DECISION_SERIES,
  table: 'rounds',
  scope: 'society_id',
  year: 'decision_year',
  number: 'decision_serial',
  what: '决定',
  kind: 'decision number gap',
  subjectOf: (societyId) => `organisations/${societyId}`,
};

/** Rows read at once: a province's minutes do not fit into memory. */
const PAGE = 500;

/** Recomputes what the board is said to have decided from what each director said. */
@Injectable()
export class BoardVerifier extends Verifier {
  constructor(
    private readonly reads: Reads,
    private readonly gaps: NumberGaps,
    private readonly sealing: Sealing,
  ) {
    super();
  }

  override async check(): Promise<Finding[]> {
    return [
      ...(await this.pages((after) => this.tallies(after))),
      ...(await this.pages((after) => this.minutes(after))),
      ...(await this.withoutMinutes()),
      ...(await this.gaps.find(NUMBERS)),
    ];
  }

  private async pages(read: (after: string) => Promise<{ last: string | null; findings: Finding[] }>) {
    const findings: Finding[] = [];
    for (let after: string | null = ''; after !== null;) {
      const page = await read(after);
      findings.push(...page.findings);
      after = page.last;
    }
    return findings;
  }

  /** The electors and the ballots counted anew, by the rule of the round; open rounds have no tally yet. */
  private async tallies(after: string) {
    const rows = await this.reads.all<TallyRow>`
      SELECT r.id AS "id", r.state AS "state",
             r.quorum_numerator AS "quorumNumerator", r.quorum_denominator AS "quorumDenominator",
             r.majority_numerator AS "majorityNumerator", r.majority_denominator AS "majorityDenominator",
             r.directors || '/' || r.recused || '/' || r.electors || '/' || r.present || '/' ||
               r.yes_count || '/' || r.no_count || '/' || r.abstain_count AS "stored",
             (SELECT COUNT(*) FROM round_directors d WHERE d.round_id = r.id) AS "directors"
      FROM rounds r WHERE r.id > ${after} ORDER BY r.id LIMIT ${PAGE}`;
    const all = await this.reads.all<Said>`
      SELECT round_id AS "roundId", person_id AS "personId", sequence AS "sequence", kind AS "kind",
             choice AS "choice", reason AS "reason", how AS "how"
      FROM round_stances WHERE round_id > ${after} AND round_id <= ${rows.at(-1)?.id ?? after}`;
    const findings = rows.flatMap((row) => {
      const said = all.filter(({ roundId }) => roundId === row.id);
      return [...tallyFindings(row, said), ...orderFindings(row, said)];
    });
    return { last: lastOf(rows), findings };
  }

  private async minutes(after: string) {
    const rows = await this.reads.all<{ id: string; roundId: string; sealed: string; hash: string }>`
      SELECT id AS "id", round_id AS "roundId", content_sealed AS "sealed", content_hash AS "hash"
      FROM round_minutes WHERE id > ${after} ORDER BY id LIMIT ${PAGE}`;
    const broken = rows.filter(({ id, sealed, hash }) => this.openedHash(id, sealed) !== hash);
    const findings = broken.map(({ roundId }) => ({
      kind: 'minutes hash',
      subject: `rounds/${roundId}`,
      words: '会议记录的内容和冻结时的哈希不符',
    }));
    return { last: lastOf(rows), findings };
  }

  /** What cannot be opened has no hash. */
  private openedHash(id: string, sealed: string): string | null {
    try {
      return hashOf(JSON.parse(this.sealing.open(sealed, minutesContext(id))) as object);
    } catch {
      return null;
    }
  }

  private async withoutMinutes(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT r.id AS "id" FROM rounds r LEFT JOIN round_minutes m ON m.round_id = r.id
      WHERE r.state <> 'OPEN' AND m.id IS NULL`;
    return rows.map(({ id }) => ({
      kind: 'minutes',
      subject: `rounds/${id}`,
      words: '表决已结束，没有会议记录',
    }));
  }
}

function lastOf(rows: readonly { readonly id: string }[]): string | null {
  return rows.length < PAGE ? null : (rows.at(-1)?.id ?? null);
}

function tallyFindings(row: TallyRow, said: readonly Said[]): Finding[] {
  if (row.state === 'OPEN') return [];
  const [directors, recused] = [Number(row.directors), recusalsIn(said).length];
  const counts = countsOf(ballotsIn(said));
  const electors = directors - recused;
  const present = counts.yes + counts.no + counts.abstain;
  const counted = [directors, recused, electors, present, counts.yes, counts.no, counts.abstain].join('/');
  const state = present <= electors ? stateOf(row, electors, counts) : null;
  if (counted === row.stored && state === row.state) return [];
  return [
    {
      kind: 'tally',
      subject: `rounds/${row.id}`,
      words: `记着 ${row.state} ${row.stored ?? '空'}，重算是 ${state ?? '不可能'} ${counted}（理事/回避/应到/实到/同意/反对/弃权）`,
    },
  ];
}

/** What the ballots make of it. A round is voided for reasons that lie outside it, so that no count can say it. */
function stateOf(row: TallyRow, electors: number, counts: Counts): RoundState {
  if (row.state === 'VOIDED') return 'VOIDED';
  if (electors < LEAST_ELECTORS) return 'ESCALATED';
  return STATE_OF[tallyVote(ruleOf(row), electors, counts).outcome];
}

function orderFindings({ id }: TallyRow, said: readonly Said[]): Finding[] {
  return orderFaultsOf(said).map((words) => ({ kind: 'ballot order', subject: `rounds/${id}`, words }));
}
