import { Choice, Count, Flag, InstantField } from '../../platform/web/fields.js';
import { GAP_REASONS } from '../domain/gap.js';
import type { GapReason } from '../domain/gap.js';
import { INCIDENT_KINDS, NOTE_KINDS, NOTICED_WAYS } from '../domain/incident.js';
import type { IncidentKind, NoteKind, NoticedWay } from '../domain/incident.js';
import type { GapAsked } from './gaps.service.js';
import type { IncidentNote, PaperDown, Suspension } from './incidents.service.js';

export class SuspensionForm {
  @Choice(INCIDENT_KINDS, '请选择公示里写了什么不该写的')
  readonly kind!: IncidentKind;

  @Choice(NOTICED_WAYS, '请选择怎么发现的')
  readonly way!: NoticedWay;

  @InstantField('发现的时间')
  readonly noticedAt!: Date;
}

/** When the paper came off its wall; a photo comes as a file beside it. */
export class PaperDownForm {
  @InstantField('撤下的时间')
  readonly downAt!: Date;

  @Count('撤了几处', { min: 1, max: 99 })
  readonly places!: number;
}

export class IncidentNoteForm {
  @Choice(NOTE_KINDS, '请选择告诉了谁')
  readonly kind!: NoteKind;

  @InstantField('时间')
  readonly at!: Date;
}

export class ReissueForm {
  @Flag()
  readonly numberOnly!: boolean;
}

/** From when until when the paper was gone; the photo of the paper that hangs again comes as a file beside it. */
export class GapForm {
  @InstantField('从什么时候不见的')
  readonly goneAt!: Date;

  @InstantField('重新贴好的时间')
  readonly upAt!: Date;

  @Choice(GAP_REASONS, '请选择为什么不见了')
  readonly reason!: GapReason;
}

export const suspensionOf = (noticeId: string, { kind, way, noticedAt }: SuspensionForm): Suspension => ({
  ...{ noticeId, kind, way, noticedAt },
});

export const paperDownOf = (
  noticeId: string,
  { downAt, places }: PaperDownForm,
  photo: Buffer | null,
): PaperDown => ({ noticeId, downAt, places, photo });

export const noteOf = (noticeId: string, { kind, at }: IncidentNoteForm): IncidentNote => ({
  ...{ noticeId, kind, at },
});

export const gapOf = (
  noticeId: string,
  { goneAt, upAt, reason }: GapForm,
  photo: Buffer | null,
): GapAsked => ({ noticeId, goneAt, upAt, reason, photo });
