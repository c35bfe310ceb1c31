import { Check, Entity, PrimaryColumn } from 'typeorm';
import { CountColumn } from './columns.js';

const PART_OF_KEY = { primaryKeyConstraintName: 'pk_number_series' } as const;

/** The last number given in a series of a year. Rolled back with the unit that asked, so that no number is lost. */
@Entity('number_series')
@Check('ck_number_series_counts_up', 'last_number >= 0')
export class NumberSeries {
  @PrimaryColumn('varchar', { name: 'scope_id', length: 36, ...PART_OF_KEY })
  readonly scopeId!: string;

  @PrimaryColumn('varchar', { name: 'series', length: 20, ...PART_OF_KEY })
  readonly series!: string;

  @PrimaryColumn('int', { name: 'year', ...PART_OF_KEY })
  readonly year!: number;

  @CountColumn('last_number')
  readonly lastNumber!: number;
}
