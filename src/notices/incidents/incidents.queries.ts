import { Injectable } from '@nestjs/common';
import { instantOf, optionalInstantOf, Reads } from '../../platform/database/reads.js';
import type { GapReason } from '../domain/gap.js';
import type { IncidentKind, NoteKind, NoticedWay } from '../domain/incident.js';

export type Incident = {
  readonly id: string;
  readonly kind: IncidentKind;
  readonly way: NoticedWay;
  readonly noticedAt: Date;
  readonly takenDownAt: Date;
  readonly becauseOf: string | null;
  readonly bySocietyId: string;
  /** Null while the paper still hangs, as far as anybody has written. */
  readonly downAt: Date | null;
  readonly places: number | null;
  readonly photoId: string | null;
  readonly notes: readonly { readonly kind: NoteKind; readonly at: Date }[];
};

export type GapLine = {
  readonly goneAt: Date;
  readonly upAt: Date;
  readonly reason: GapReason;
  readonly days: number;
};

type Instant = Date | string;
type RawIncident = Omit<Incident, 'noticedAt' | 'takenDownAt' | 'downAt' | 'places' | 'notes'> & {
  readonly noticedAt: Instant;
  readonly takenDownAt: Instant;
  readonly downAt: Instant | null;
  readonly places: number | string | null;
};
type RawGap = {
  readonly goneAt: Instant;
  readonly upAt: Instant;
  readonly reason: GapReason;
  readonly days: number | string;
};

/** What a page reads of incidents and gaps. */
@Injectable()
export class IncidentsQueries {
  constructor(private readonly reads: Reads) {}

  async ofNotice(noticeId: string): Promise<Incident | null> {
    const row = await this.reads.one<RawIncident>`
      SELECT i.id AS "id", i.kind AS "kind", i.way AS "way", i.noticed_at AS "noticedAt",
             i.taken_down_at AS "takenDownAt", i.because_of AS "becauseOf", i.by_society_id AS "bySocietyId",
             p.down_at AS "downAt", p.places AS "places", p.file_id AS "photoId"
      FROM notice_incidents i LEFT JOIN notice_papers_down p ON p.incident_id = i.id
      WHERE i.notice_id = ${noticeId}`;
    if (!row) return null;
    const notes = await this.reads.all<{ kind: NoteKind; at: Instant }>`
      SELECT kind AS "kind", at AS "at" FROM notice_incident_notes WHERE incident_id = ${row.id} ORDER BY at, id`;
    return {
      ...row,
      noticedAt: instantOf(row.noticedAt),
      takenDownAt: instantOf(row.takenDownAt),
      downAt: optionalInstantOf(row.downAt),
      places: row.places === null ? null : Number(row.places),
      notes: notes.map(({ kind, at }) => ({ kind, at: instantOf(at) })),
    };
  }

  async gaps(noticeId: string): Promise<GapLine[]> {
    const rows = await this.reads.all<RawGap>`
      SELECT gone_at AS "goneAt", up_at AS "upAt", reason AS "reason", days AS "days"
      FROM notice_gaps WHERE notice_id = ${noticeId} ORDER BY place`;
    return rows.map(({ goneAt, upAt, reason, days }) => ({
      ...{ goneAt: instantOf(goneAt), upAt: instantOf(upAt) },
      ...{ reason, days: Number(days) },
    }));
  }
}
