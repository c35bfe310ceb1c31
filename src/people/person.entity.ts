import { Check, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Day } from '../kernel/day.js';
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalDayColumn,
  OptionalIdColumn,
  OptionalTextColumn,
  OptionalWordColumn,
  WordColumn,
} from '../platform/database/columns.js';
import type { Category, IdState, Residence, Sex, Tag } from './domain/person.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/** Who lives together: the village group, and the four layers of the address (seed row 25). */
@Entity('households')
@Unique('uq_households_number', ['societyId', 'number'])
@Index('ix_households_address', ['societyId', 'addressIndex'])
export class Household {
  @KeyColumn('pk_households')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  /** The village's own number, or eight characters of ours. */
  @WordColumn('number', 40)
  readonly number!: string;

  @WordColumn('group_name', 40)
  readonly group!: string;

  @OptionalWordColumn('community', 60)
  readonly community!: string | null;

  @OptionalWordColumn('grid', 60)
  readonly grid!: string | null;

  @OptionalWordColumn('building', 60)
  readonly building!: string | null;

  @OptionalWordColumn('home', 60)
  readonly home!: string | null;

  /** Blind index of the whole address; null while the home is not known. */
  @OptionalWordColumn('address_index', 64)
  readonly addressIndex!: string | null;

  @InstantColumn('created_at')
  readonly createdAt!: Date;
}

/** One person of one society's register. ID number and phone are sealed; what finds them is a blind index. */
@Entity('persons')
@Unique('uq_persons_id_number', ['societyId', 'idNumberIndex'])
@Check(
  'ck_persons_id_state',
  `(id_state = 'KNOWN' AND id_number_sealed IS NOT NULL AND id_number_index IS NOT NULL) OR (id_state = 'PENDING' AND id_number_sealed IS NULL AND id_number_index IS NULL)`,
)
@Check('ck_persons_guardian', 'guardian_id IS NULL OR guardian_id <> id')
@Index('ix_persons_name', ['societyId', 'name'])
@Index('ix_persons_initials', ['societyId', 'initials'])
@Index('ix_persons_phone_tail', ['societyId', 'phoneTail'])
@Index('ix_persons_phone', ['societyId', 'phoneIndex'])
@Index('ix_persons_household', ['householdId'])
export class Person {
  @KeyColumn('pk_persons')
  readonly id!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @IdColumn('household_id')
  @ForeignKey(() => Household, { name: 'fk_persons_household', ...NO_ACTION })
  readonly householdId!: string;

  @WordColumn('name', 100)
  readonly name!: string;

  /** First letters of the pinyin, the surname read as one: 单雄信 is sxx. */
  @WordColumn('initials', 60)
  readonly initials!: string;

  @OptionalDayColumn('born_on')
  readonly bornOn!: Day | null;

  @OptionalWordColumn('sex', 6)
  readonly sex!: Sex | null;

  @WordColumn('id_state', 10)
  readonly idState!: IdState;

  @OptionalTextColumn('id_number_sealed')
  readonly idNumberSealed!: string | null;

  @OptionalWordColumn('id_number_index', 64)
  readonly idNumberIndex!: string | null;

  @OptionalTextColumn('phone_sealed')
  readonly phoneSealed!: string | null;

  @OptionalWordColumn('phone_index', 64)
  readonly phoneIndex!: string | null;

  @OptionalWordColumn('phone_tail', 4)
  readonly phoneTail!: string | null;

  @WordColumn('category', 20)
  readonly category!: Category;

  @WordColumn('residence', 10)
  readonly residence!: Residence;

  /** Where a person comes from who is not of this village. */
  @OptionalWordColumn('origin', 100)
  readonly origin!: string | null;

  @OptionalIdColumn('guardian_id')
  @ForeignKey(() => Person, { name: 'fk_persons_guardian', ...NO_ACTION })
  readonly guardianId!: string | null;

  /** Counts the consents, so that each has its place in the order in which they were said. */
  @CountColumn('consents_count')
  readonly consentsCount!: number;

  @InstantColumn('created_at')
  readonly createdAt!: Date;
}

@Entity('person_tags')
export class PersonTag {
  @PrimaryColumn('varchar', { name: 'person_id', length: 36, primaryKeyConstraintName: 'pk_person_tags' })
  @ForeignKey(() => Person, { name: 'fk_person_tags_person', ...NO_ACTION })
  readonly personId!: string;

  @PrimaryColumn('varchar', { name: 'tag', length: 20, primaryKeyConstraintName: 'pk_person_tags' })
  readonly tag!: Tag;
}
