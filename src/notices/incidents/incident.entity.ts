import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type { GapReason } from '../domain/gap.js';
import type { IncidentKind, NoteKind, NoticedWay } from '../domain/incident.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/** Why a notice was taken down: the log that PIPL art. 51, 55 and 57 want kept, three years at the least. Never changed. */
@Entity('notice_incidents')
@Unique('uq_notice_incidents_notice', ['noticeId'])
@Index('ix_notice_incidents_society', ['societyId', 'takenDownAt'])
@Check(
  'ck_notice_incidents_kind',
  `kind IN ('FULL_NAME', 'NUMBER', 'ILLNESS', 'CHILD', 'ADDRESS', 'CONSENT_WITHDRAWN', 'OTHER')`,
)
@Check('ck_notice_incidents_way', `way IN ('PERSON', 'VILLAGER', 'OWN_CHECK', 'ABOVE', 'OTHER')`)
export class NoticeIncident {
  @KeyColumn('pk_notice_incidents')
  readonly id!: string;

  @IdColumn('notice_id')
  @ForeignKey('notices', { name: 'fk_notice_incidents_notice', ...NO_ACTION })
  readonly noticeId!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  /** That of the notice which this one quotes: both came down in one act. Null for the first of them. */
  @OptionalIdColumn('because_of')
  @ForeignKey('notice_incidents', { name: 'fk_notice_incidents_because', ...NO_ACTION })
  readonly becauseOf!: string | null;

  @WordColumn('kind', 20)
  readonly kind!: IncidentKind;

  @WordColumn('way', 10)
  readonly way!: NoticedWay;

  @InstantColumn('noticed_at')
  readonly noticedAt!: Date;

  /** From this moment on no page shows what it said. */
  @InstantColumn('taken_down_at')
  readonly takenDownAt!: Date;

  @OptionalIdColumn('taken_down_by')
  readonly takenDownBy!: string | null;

  /** The society of whoever took it down: its own, or one that stands above. */
  @IdColumn('by_society_id')
  readonly bySocietyId!: string;
}

/** That the paper is off its wall: when, and from how many places. */
@Entity('notice_papers_down')
@Unique('uq_notice_papers_down_incident', ['incidentId'])
@Check('ck_notice_papers_down_places', `places > 0`)
export class NoticePaperDown {
  @KeyColumn('pk_notice_papers_down')
  readonly id!: string;

  @IdColumn('incident_id')
  @ForeignKey('notice_incidents', { name: 'fk_notice_papers_down_incident', ...NO_ACTION })
  readonly incidentId!: string;

  @InstantColumn('down_at')
  readonly downAt!: Date;

  @CountColumn('places')
  readonly places!: number;

  /** Of the empty wall: nobody has to photograph a paper that shows too much. */
  @OptionalIdColumn('file_id')
  @ForeignKey('stored_files', { name: 'fk_notice_papers_down_file', ...NO_ACTION })
  readonly fileId!: string | null;

  @OptionalIdColumn('recorded_by')
  readonly recordedBy!: string | null;

  @InstantColumn('recorded_at')
  readonly recordedAt!: Date;
}

/** Who was told of it (PIPL art. 57), or why nobody need be. */
@Entity('notice_incident_notes')
@Unique('uq_notice_incident_notes_kind', ['incidentId', 'kind'])
@Check('ck_notice_incident_notes_kind', `kind IN ('PERSON_TOLD', 'OFFICE_TOLD', 'NO_HARM')`)
export class NoticeIncidentNote {
  @KeyColumn('pk_notice_incident_notes')
  readonly id!: string;

  @IdColumn('incident_id')
  @ForeignKey('notice_incidents', { name: 'fk_notice_incident_notes_incident', ...NO_ACTION })
  readonly incidentId!: string;

  @WordColumn('kind', 20)
  readonly kind!: NoteKind;

  @InstantColumn('at')
  readonly at!: Date;

  @OptionalIdColumn('recorded_by')
  readonly recordedBy!: string | null;

  @InstantColumn('recorded_at')
  readonly recordedAt!: Date;
}

/** That a paper was gone from its wall for a while, and by how many days its period is longer for it. */
@Entity('notice_gaps')
@Unique('uq_notice_gaps_place', ['noticeId', 'place'])
@Check('ck_notice_gaps_span', `gone_at < up_at`)
@Check('ck_notice_gaps_days', `days >= 0 AND place > 0`)
@Check('ck_notice_gaps_reason', `reason IN ('WIND', 'RAIN', 'TORN', 'COVERED', 'OTHER')`)
export class NoticeGap {
  @KeyColumn('pk_notice_gaps')
  readonly id!: string;

  @IdColumn('notice_id')
  @ForeignKey('notices', { name: 'fk_notice_gaps_notice', ...NO_ACTION })
  readonly noticeId!: string;

  /** The first gap of a notice, the second: whoever writes the same one at this moment looks again. */
  @CountColumn('place')
  readonly place!: number;

  @InstantColumn('gone_at')
  readonly goneAt!: Date;

  @InstantColumn('up_at')
  readonly upAt!: Date;

  @WordColumn('reason', 10)
  readonly reason!: GapReason;

  @CountColumn('days')
  readonly days!: number;

  @OptionalIdColumn('recorded_by')
  readonly recordedBy!: string | null;

  @InstantColumn('recorded_at')
  readonly recordedAt!: Date;
}

export const incidentsEntities = [NoticeIncident, NoticePaperDown, NoticeIncidentNote, NoticeGap];
