import { Injectable } from '@nestjs/common';
import { instantOf, Reads } from '../platform/database/reads.js';

export type TrailRow = {
  readonly at: Date;
  readonly act: string;
  readonly words: string | null;
  readonly roles: readonly string[];
  readonly personId: string | null;
  readonly subjectKind: string;
  readonly subjectId: string;
};

type RawTrailRow = Omit<TrailRow, 'at' | 'roles'> & { at: Date | string; roles: string };

const MOST_ROWS = 200;

@Injectable()
export class AuditQueries {
  constructor(private readonly reads: Reads) {}

  /** What was done on the road of one case of this society, newest first. */
  async thread(societyId: string, threadId: string): Promise<TrailRow[]> {
    const rows = await this.reads.all<RawTrailRow>`
      SELECT at AS "at", act AS "act", words AS "words", roles AS "roles", person_id AS "personId",
             subject_kind AS "subjectKind", subject_id AS "subjectId"
      FROM audit_acts WHERE thread_id = ${threadId} AND (society_id = ${societyId} OR society_id IS NULL)
      ORDER BY at DESC, id DESC LIMIT ${MOST_ROWS}`;
    return rows.map((row) => ({
      ...row,
      at: instantOf(row.at),
      roles: row.roles.split(',').filter((role) => role !== ''),
    }));
  }
}
