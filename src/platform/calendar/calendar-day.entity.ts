import { Check, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { Day } from '../../kernel/day.js';
import { CountColumn, InstantColumn, WordColumn } from '../database/columns.js';
import type { DayMark } from './holiday-list.js';

/** A year whose list of holidays has been published and entered. A year without a row is never guessed at. */
@Entity('calendar_years')
export class CalendarYear {
  @PrimaryColumn('int', { name: 'year', primaryKeyConstraintName: 'pk_calendar_years' })
  readonly year!: number;

  /** Where the list came from: a package with its version, the file or the paper of the State Council. */
  @WordColumn('source', 120)
  readonly source!: string;

  @InstantColumn('imported_at')
  readonly importedAt!: Date;

  /** New with every import: whoever has read the days under it need not read them again. */
  @WordColumn('edition', 36)
  readonly edition!: string;
}

/** A day that is not what its weekday says: a holiday, or a weekend that is worked. */
@Entity('calendar_days')
@Check('ck_calendar_days_kind', `kind IN ('holiday', 'makeup')`)
export class CalendarDay {
  @PrimaryColumn('varchar', { name: 'day', length: 10, primaryKeyConstraintName: 'pk_calendar_days' })
  readonly day!: Day;

  /** The list that says so. That of 2019 speaks of three days of December 2018. */
  @ForeignKey(() => CalendarYear, 'year', {
    name: 'fk_calendar_days_year',
    onDelete: 'NO ACTION',
    onUpdate: 'NO ACTION',
  })
  @CountColumn('list_year')
  readonly listYear!: number;

  @WordColumn('kind', 10)
  readonly kind!: DayMark;

  @WordColumn('name', 40)
  readonly name!: string;
}
