import { Check, Entity, ForeignKey, Unique } from 'typeorm';
import type { Day } from '../../kernel/day.js';
import {
  CountColumn,
  DayColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalTextColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type { TextKey } from '../domain/notice-texts.js';

/** One sentence of notices as one organisation says it from a day on. Never changed: other words are the next version. */
@Entity('notice_texts')
@Unique('uq_notice_texts_version', ['societyId', 'key', 'version'])
@Check(
  'ck_notice_texts_key',
  `text_key IN ('OBJECTION', 'PERIOD', 'NO_NAME', 'REJECTION_NOTE', 'ACCOUNTS_NOTE', 'CLOSING')`,
)
@Check('ck_notice_texts_version', 'version > 0')
@Check('ck_notice_texts_wording', `wording <> ''`)
export class NoticeText {
  @KeyColumn('pk_notice_texts')
  readonly id!: string;

  @IdColumn('society_id')
  @ForeignKey('organisations', {
    name: 'fk_notice_texts_society',
    onDelete: 'NO ACTION',
    onUpdate: 'NO ACTION',
  })
  readonly societyId!: string;

  @WordColumn('text_key', 20)
  readonly key!: TextKey;

  @CountColumn('version')
  readonly version!: number;

  /** Null where the own words are taken back: those from above hold again. */
  @OptionalTextColumn('wording')
  readonly text!: string | null;

  @DayColumn('valid_from')
  readonly validFrom!: Day;

  @OptionalIdColumn('set_by')
  readonly setBy!: string | null;

  @InstantColumn('set_at')
  readonly setAt!: Date;
}
