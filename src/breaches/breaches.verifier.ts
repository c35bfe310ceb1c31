import { Injectable } from '@nestjs/common';
import { dayOf } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { instantOf, optionalInstantOf, Reads } from '../platform/database/reads.js';
import type { Finding } from '../platform/verify.js';
import { Verifier } from '../platform/verify.js';
import { lastDayOfBreach } from './domain/breach.js';
import type { HeardWay } from './domain/breach.js';

type Dated = {
  readonly id: string;
  readonly months: number;
  readonly proposedAt: Date | string;
  readonly hearBy: Day;
  readonly toldOn: Day | null;
  readonly heardHow: HeardWay;
  readonly heardAt: Date | string;
  readonly confirmedAt: Date | string | null;
  readonly untilOn: Day | null;
  readonly overOn: Day | null;
};

/** Flags read at once. */
const BATCH = 500;

/** What a flag says of itself: by two people, heard first, ended in time, and judged by a third; and what is owed of it. */
@Injectable()
export class BreachesVerifier extends Verifier {
  constructor(private readonly reads: Reads) {
    super();
  }

  override async check(): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const part of [() => this.hands(), () => this.days(), () => this.appeals(), () => this.owed()])
      findings.push(...(await part()));
    return findings;
  }

  private async hands(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT id AS "id" FROM breach_flags
      WHERE confirmed_by = proposed_by OR confirmed_by_account = proposed_by_account OR confirmed_by = person_id
         OR proposed_by = person_id OR heard_by = person_id
         OR (heard_how = 'SILENT' AND (heard_by = proposed_by OR heard_by_account = proposed_by_account))`;
    return rows.map(({ id }) => finding(`breach_flags/${id}`, '失信标记没有两个人办，或者由本人经手'));
  }

  /** Heard before it was confirmed, silence counted after its term alone, and over on the day that was proposed. */
  private async days(): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (let after = '', batch = await this.datedAfter(after); batch.length > 0;) {
      for (const { id } of batch.filter((row) => !isInOrder(row)))
        findings.push(finding(`breach_flags/${id}`, '失信标记的先后日期对不上'));
      after = batch.at(-1)?.id ?? '';
      batch = await this.datedAfter(after);
    }
    return findings;
  }

  private datedAfter(after: string): Promise<Dated[]> {
    return this.reads.all<Dated>`
      SELECT id AS "id", months AS "months", proposed_at AS "proposedAt", hear_by AS "hearBy", told_on AS "toldOn",
             heard_how AS "heardHow", heard_at AS "heardAt", confirmed_at AS "confirmedAt", until_on AS "untilOn", over_on AS "overOn"
      FROM breach_flags WHERE id > ${after} AND heard_at IS NOT NULL ORDER BY id LIMIT ${BATCH}`;
  }

  /** Answered by somebody without a part in it, or by a lift, which anybody may; upheld where and only where the flag went. */
  private async appeals(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT f.id AS "id" FROM breach_flags f LEFT JOIN breach_appeals a ON a.flag_id = f.id
      WHERE (f.state = 'OVERTURNED' AND COALESCE(a.state, '') <> 'UPHELD')
         OR (f.state NOT IN ('OVERTURNED', 'LIFTED') AND a.state = 'UPHELD') OR (f.state = 'LIFTED' AND a.state = 'WAITING')
         OR a.society_id <> f.society_id OR COALESCE(f.appeal_id, '') <> COALESCE(a.id, '')
         OR (NOT (f.state = 'LIFTED' AND a.state = 'UPHELD')
             AND (a.decided_by IN (f.proposed_by, f.heard_by, f.confirmed_by, f.person_id, a.recorded_by)
               OR a.decided_by_account IN
                  (f.proposed_by_account, f.heard_by_account, f.confirmed_by_account, a.recorded_by_account)))`;
    return rows.map(({ id }) => finding(`breach_flags/${id}`, '失信标记和它的申诉对不上'));
  }

  /** One clock at a time: the hearing, then the second person, then the answer to an appeal. */
  private async owed(): Promise<Finding[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT f.id AS "id" FROM breach_flags f
      LEFT JOIN breach_appeals a ON a.flag_id = f.id AND a.state = 'WAITING'
      LEFT JOIN duties d ON d.thread_id = f.id AND d.open_key IS NOT NULL
      WHERE COALESCE(d.kind, '') <> CASE
        WHEN a.id IS NOT NULL THEN 'ANSWER_APPEAL'
        WHEN f.state = 'HEARING' AND f.heard_at IS NULL THEN 'HEAR_BREACH'
        WHEN f.state = 'HEARING' THEN 'CONFIRM_BREACH' ELSE '' END
         OR (a.id IS NOT NULL AND COALESCE(d.society_id, '') <> a.decider_society_id)`;
    return rows.map(({ id }) => finding(`breach_flags/${id}`, '失信标记和它的时限对不上'));
  }
}

function isInOrder(row: Dated): boolean {
  const { months, hearBy, toldOn, heardHow, untilOn, overOn } = row;
  const [proposedAt, heardAt] = [instantOf(row.proposedAt), instantOf(row.heardAt)];
  if (toldOn !== null && (toldOn < dayOf(proposedAt) || toldOn >= hearBy)) return false;
  if (heardAt < proposedAt || (heardHow === 'SILENT' && dayOf(heardAt) <= hearBy)) return false;
  const confirmedAt = optionalInstantOf(row.confirmedAt);
  if (confirmedAt === null) return true;
  const last = lastDayOfBreach(dayOf(confirmedAt), months);
  return heardAt <= confirmedAt && untilOn === last && overOn !== null && overOn <= last;
}

const finding = (subject: string, words: string): Finding => ({ kind: 'breach', subject, words });
