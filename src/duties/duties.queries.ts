import { Injectable } from '@nestjs/common';
import type { Role } from '../kernel/actor.js';
import { instantOf, listOf, optionalInstantOf, Reads } from '../platform/database/reads.js';
import { ruleOf } from './domain/due.js';
import type { DueRule, StoredRule } from './domain/due.js';
import type { DutyKind } from './domain/duty-kinds.js';
import { openKeyOf } from './duties.store.js';

export type Duty = {
  readonly id: string;
  readonly societyId: string;
  readonly kind: DutyKind;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly threadId: string | null;
  readonly ownerRole: Role;
  readonly rule: DueRule;
  readonly openedAt: Date;
  readonly dueAt: Date;
  readonly provisional: boolean;
  readonly settledAt: Date | null;
  readonly settledByPersonId: string | null;
};

type RawDuty = Omit<Duty, 'rule' | 'openedAt' | 'dueAt' | 'provisional' | 'settledAt'> & {
  rule: string;
  openedAt: Date | string;
  dueAt: Date | string;
  provisional: number | string;
  settledAt: Date | string | null;
};

@Injectable()
export class DutiesQueries {
  constructor(private readonly reads: Reads) {}

  /** What a society owes now, the most urgent first; with `roles`, only what falls to one of them. */
  async open(societyId: string, { roles }: { roles?: readonly Role[] } = {}): Promise<Duty[]> {
    const rows = await this.reads.all<RawDuty>`
      SELECT id AS "id", society_id AS "societyId", kind AS "kind", subject_kind AS "subjectKind",
             subject_id AS "subjectId", thread_id AS "threadId", owner_role AS "ownerRole", rule AS "rule",
             opened_at AS "openedAt", due_at AS "dueAt", provisional AS "provisional",
             settled_at AS "settledAt", settled_by AS "settledByPersonId"
      FROM duties WHERE society_id = ${societyId} AND open_key IS NOT NULL ORDER BY due_at, id`;
    const duties = rows.map(dutyOf);
    return roles ? duties.filter((duty) => roles.includes(duty.ownerRole)) : duties;
  }

  /** Of one kind, about these, whoever owes them. */
  async openOf(kind: DutyKind, subjectIds: readonly string[]): Promise<Duty[]> {
    if (subjectIds.length === 0) return [];
    const rows = await this.reads.among<RawDuty>`
      SELECT id AS "id", society_id AS "societyId", kind AS "kind", subject_kind AS "subjectKind",
             subject_id AS "subjectId", thread_id AS "threadId", owner_role AS "ownerRole", rule AS "rule",
             opened_at AS "openedAt", due_at AS "dueAt", provisional AS "provisional",
             settled_at AS "settledAt", settled_by AS "settledByPersonId"
      FROM duties WHERE open_key IN ${listOf(subjectIds.map((id) => openKeyOf(kind, id)))} ORDER BY due_at, id`;
    return rows.map(dutyOf);
  }

  /** All clocks of a case, running and settled, in the order of their opening. What was called off is not shown. */
  async ofThread(threadId: string): Promise<Duty[]> {
    const rows = await this.reads.all<RawDuty>`
      SELECT id AS "id", society_id AS "societyId", kind AS "kind", subject_kind AS "subjectKind",
             subject_id AS "subjectId", thread_id AS "threadId", owner_role AS "ownerRole", rule AS "rule",
             opened_at AS "openedAt", due_at AS "dueAt", provisional AS "provisional",
             settled_at AS "settledAt", settled_by AS "settledByPersonId"
      FROM duties WHERE thread_id = ${threadId} AND cancelled_at IS NULL ORDER BY opened_at, id`;
    return rows.map(dutyOf);
  }

  /** Open, and past its hour: there is no other mark of it. */
  async overdue(societyId: string, now: Date): Promise<Duty[]> {
    return (await this.open(societyId)).filter((duty) => duty.dueAt < now);
  }
}

function dutyOf(row: RawDuty): Duty {
  return {
    ...row,
    rule: ruleOf(JSON.parse(row.rule) as StoredRule),
    openedAt: instantOf(row.openedAt),
    dueAt: instantOf(row.dueAt),
    provisional: Number(row.provisional) === 1,
    settledAt: optionalInstantOf(row.settledAt),
  };
}
