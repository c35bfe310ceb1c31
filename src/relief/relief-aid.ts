import { Injectable } from '@nestjs/common';
import { AidQueries } from '../cases/index.js';
import { CAUSE_WORDS } from '../kernel/causes.js';
import type { Day } from '../kernel/day.js';
import { dayOf } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { PeopleQueries } from '../people/index.js';
import { instantOf, Reads } from '../platform/database/reads.js';
import { reliefNumberText, RELIEF_STATE_WORDS } from './domain/relief-words.js';
import type { ReliefState } from './domain/relief-procedure.js';
import { ReliefGround } from './relief-ground.js';
import { fundNameOf } from './relief.queries.js';
import type { ReliefFacts } from './relief.queries.js';

/** One help that the family has had, or is about to have. */
export type AidLine = {
  /** The society or the fund. */
  readonly from: string;
  /** When it was taken in. */
  readonly on: Day;
  /** 急难救助 突发疾病 (2026-0012) */
  readonly what: string;
  readonly amountFen: Fen;
  readonly state: string;
};

/** All aid that a family has received, from whom and when, over all societies and funds of the federation. For its desk. */
@Injectable()
export class ReliefAid {
  constructor(
    private readonly reads: Reads,
    private readonly aid: AidQueries,
    private readonly ground: ReliefGround,
    private readonly people: PeopleQueries,
  ) {}

  /** The newest first; the case itself is not among them. */
  async of(known: ReliefFacts): Promise<AidLine[]> {
    const { societyId: federationId, homeSocietyId: societyId, originPersonId: personId } = known;
    const { householdId } = await this.people.person(societyId, personId);
    const family = { societyId, personId, householdId, payeeAccountId: null };
    const emergencies = await this.aid.ofFamily(federationId, family);
    const lines = [...emergencies, ...(await this.reliefs(known))];
    return lines.sort((one, other) => (one.on < other.on ? 1 : -1));
  }

  /** By the cap groups of the family: whoever was once counted in it stands in them. */
  private async reliefs(known: ReliefFacts): Promise<AidLine[]> {
    const found = new Map<string, AidLine>();
    for (const identity of await this.ground.identitiesOf(known)) {
      const rows = await this.reads.all<{
        id: string;
        year: number;
        number: number;
        state: ReliefState;
        cause: ReliefFacts['cause'];
        grantFen: number | string | null;
        root: string;
        node: string;
        submittedAt: Date | string;
      }>`
        SELECT DISTINCT r.id AS "id", r.year AS "year", r.number AS "number", r.state AS "state", r.cause AS "cause",
               r.grant_fen AS "grantFen", f.name AS "root", n.name AS "node", r.submitted_at AS "submittedAt"
        FROM cap_members m
        JOIN cap_groups g ON g.id = m.group_id
        JOIN cap_counters c ON c.group_id = g.id OR c.group_id = g.merged_into_id
        JOIN cap_claims k ON k.counter_id = c.id
        JOIN relief_cases r ON r.claim = k.purpose
        JOIN funds f ON f.id = r.fund_id JOIN funds n ON n.id = r.node_id
        WHERE m.identity = ${identity} AND r.id <> ${known.id}`;
      for (const row of rows)
        found.set(row.id, {
          from: fundNameOf(row.root, row.node),
          on: dayOf(instantOf(row.submittedAt)),
          what: `基金救助 ${CAUSE_WORDS[row.cause]}（${reliefNumberText(row)}）`,
          amountFen: fen(Number(row.grantFen ?? 0)),
          state: RELIEF_STATE_WORDS[row.state],
        });
    }
    return [...found.values()];
  }
}
