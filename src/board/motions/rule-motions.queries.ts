import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import { instantOf, optionalInstantOf, Reads } from '../../platform/database/reads.js';
import type { Value } from '../../platform/database/transactions.js';
import { RuleMotionNotFound } from '../domain/rule-motion.errors.js';
import type { RuleChange, RuleMotionState } from '../domain/rule-motion.js';

/** A motion as pages and programs read it, with its round. */
export type RuleMotionFacts = {
  readonly id: string;
  readonly kind: string;
  readonly targetId: string;
  readonly targetName: string;
  readonly version: number;
  readonly validFrom: Day;
  readonly changes: readonly RuleChange[];
  readonly why: string;
  readonly state: RuleMotionState;
  readonly inForceFrom: Day | null;
  readonly openedAt: Date;
  readonly endedAt: Date | null;
  readonly roundId: string | null;
  readonly decisionNumber: string | null;
};

type Raw = Omit<RuleMotionFacts, 'version' | 'changes' | 'openedAt' | 'endedAt'> & {
  readonly version: number | string;
  readonly changes: string;
  readonly openedAt: Date | string;
  readonly endedAt: Date | string | null;
};

const SELECT = `
  SELECT m.id AS "id", m.kind AS "kind", m.target_id AS "targetId", m.target_name AS "targetName",
         m.version AS "version", m.valid_from AS "validFrom", m.changes AS "changes", m.why AS "why",
         m.state AS "state", m.in_force_from AS "inForceFrom", m.opened_at AS "openedAt", m.ended_at AS "endedAt",
         r.id AS "roundId", r.decision_number AS "decisionNumber"
  FROM rule_motions m LEFT JOIN rounds r ON r.subject_kind = m.kind AND r.subject_id = m.id `;

/** The most that a page lists: a rule is changed a few times in its life. */
const MOST = 50;

@Injectable()
export class RuleMotionsQueries {
  constructor(private readonly reads: Reads) {}

  /** Of one rule, the newest first. */
  async ofTarget(societyId: string, kind: string, targetId: string): Promise<RuleMotionFacts[]> {
    const rows = await this.select()`
      WHERE m.society_id = ${societyId} AND m.kind = ${kind} AND m.target_id = ${targetId}
      ORDER BY m.opened_at DESC, m.id DESC LIMIT ${MOST}`;
    return rows.map(factsOf);
  }

  async motion(societyId: string, motionId: string): Promise<RuleMotionFacts> {
    const found = await this.find(societyId, motionId);
    if (!found) throw new RuleMotionNotFound();
    return found;
  }

  async find(societyId: string, motionId: string): Promise<RuleMotionFacts | null> {
    const [found] = await this.select()`WHERE m.society_id = ${societyId} AND m.id = ${motionId}`;
    return found ? factsOf(found) : null;
  }

  /** What its notice is issued by: name and charter of the day of the question. */
  async issuerOf(motionId: string): Promise<string> {
    const row = await this.reads.one<{ issuer: string }>`
      SELECT issuer AS "issuer" FROM rule_motions WHERE id = ${motionId}`;
    if (!row) throw new RuleMotionNotFound();
    return row.issuer;
  }

  private select() {
    return ([head = '', ...rest]: TemplateStringsArray, ...values: Value[]): Promise<Raw[]> =>
      this.reads.all<Raw>(Object.assign([SELECT + head, ...rest], { raw: [] }), ...values);
  }
}

function factsOf({ version, changes, openedAt, endedAt, ...row }: Raw): RuleMotionFacts {
  return {
    ...row,
    version: Number(version),
    changes: JSON.parse(changes) as RuleChange[],
    openedAt: instantOf(openedAt),
    endedAt: optionalInstantOf(endedAt),
  };
}
