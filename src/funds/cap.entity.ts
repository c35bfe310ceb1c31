import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import type { Fen } from '../kernel/fen.js';
import {
  CountColumn,
  FenColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  WordColumn,
} from '../platform/database/columns.js';
import type { MoveKind } from './domain/cap.js';
import { FundNode } from './fund.entity.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/** Everybody who was ever counted in one household, as a cap sees them. A marriage merges two of them. */
@Entity('cap_groups')
@Check('ck_cap_groups_merged', '(merged_into_id IS NULL) = (merged_at IS NULL)')
export class CapGroup {
  @KeyColumn('pk_cap_groups')
  readonly id!: string;

  /** Counts its counters, so that one made at the moment of a merger is not lost. */
  @CountColumn('counters')
  readonly counters!: number;

  @OptionalIdColumn('merged_into_id')
  @ForeignKey(() => CapGroup, { name: 'fk_cap_groups_merged', ...NO_ACTION })
  readonly mergedIntoId!: string | null;

  @OptionalInstantColumn('merged_at')
  readonly mergedAt!: Date | null;

  @InstantColumn('created_at')
  readonly createdAt!: Date;
}

/**
 * A human being, by what finds them again: the blind index of the ID number, or the id of the register's row where there
 * is none. Append-only: whoever was counted in a household stays in its group (domain.md 3, rule 9).
 */
@Entity('cap_members')
@Unique('uq_cap_members_identity', ['identity'])
@Index('ix_cap_members_group', ['groupId'])
export class CapMember {
  @KeyColumn('pk_cap_members')
  readonly id!: string;

  @WordColumn('identity', 80)
  readonly identity!: string;

  @IdColumn('group_id')
  @ForeignKey(() => CapGroup, { name: 'fk_cap_members_group', ...NO_ACTION })
  readonly groupId!: string;

  @InstantColumn('joined_at')
  readonly joinedAt!: Date;
}

/** What a group has had of a fund in a window, and what is promised. Changed only by guarded, relative updates. */
@Entity('cap_counters')
@Unique('uq_cap_counters_key', ['fundId', 'groupId', 'windowKey'])
@Check('ck_cap_counters_parts', 'used_fen >= 0 AND reserved_fen >= 0 AND moves >= 0')
@Check('ck_cap_counters_ceiling', 'used_fen <= 50000000')
export class CapCounterRow {
  @KeyColumn('pk_cap_counters')
  readonly id!: string;

  @IdColumn('fund_id')
  @ForeignKey(() => FundNode, { name: 'fk_cap_counters_fund', ...NO_ACTION })
  readonly fundId!: string;

  @IdColumn('group_id')
  @ForeignKey(() => CapGroup, { name: 'fk_cap_counters_group', ...NO_ACTION })
  readonly groupId!: string;

  /** LIFETIME, a year, or a cause. */
  @WordColumn('window_key', 12)
  readonly windowKey!: string;

  @FenColumn('used_fen')
  readonly usedFen!: Fen;

  @FenColumn('reserved_fen')
  readonly reservedFen!: Fen;

  /** How many moves it has seen: the number of the last one. */
  @CountColumn('moves')
  readonly moves!: number;

  /** Where it goes on since its group was merged; the row itself stays as it was. */
  @OptionalIdColumn('merged_into_id')
  @ForeignKey(() => CapCounterRow, { name: 'fk_cap_counters_merged', ...NO_ACTION })
  readonly mergedIntoId!: string | null;
}

export type ClaimState = 'HELD' | 'RELEASED' | 'SPENT';

/** What one panel promised of a cap, under the id of its round, and what became of it. */
@Entity('cap_claims')
@Unique('uq_cap_claims_purpose', ['purpose'])
@Check('ck_cap_claims_amount', 'amount_fen > 0 AND amount_fen <= cap_fen')
@Check('ck_cap_claims_state', `state IN ('HELD', 'RELEASED', 'SPENT')`)
@Check('ck_cap_claims_ended', `(state = 'HELD') = (ended_at IS NULL)`)
@Check(
  'ck_cap_claims_restored',
  `restored_fen >= 0 AND restored_fen <= amount_fen AND (state = 'SPENT' OR restored_fen = 0)`,
)
@Index('ix_cap_claims_counter', ['counterId', 'state'])
export class CapClaim {
  @KeyColumn('pk_cap_claims')
  readonly id!: string;

  @IdColumn('counter_id')
  @ForeignKey(() => CapCounterRow, { name: 'fk_cap_claims_counter', ...NO_ACTION })
  readonly counterId!: string;

  @WordColumn('purpose', 80)
  readonly purpose!: string;

  /** Of the rule version under which it was promised. */
  @FenColumn('cap_fen')
  readonly capFen!: Fen;

  @FenColumn('amount_fen')
  readonly amountFen!: Fen;

  @FenColumn('restored_fen')
  readonly restoredFen!: Fen;

  @WordColumn('state', 10)
  readonly state!: ClaimState;

  @InstantColumn('held_at')
  readonly heldAt!: Date;

  @OptionalInstantColumn('ended_at')
  readonly endedAt!: Date | null;
}

/** One line of what became of a counter, in its order. Append-only. */
@Entity('cap_moves')
@Unique('uq_cap_moves_sequence', ['counterId', 'sequence'])
@Check('ck_cap_moves_kind', `kind IN ('HELD', 'RELEASED', 'SPENT', 'RESTORED', 'MERGED')`)
@Check('ck_cap_moves_claim', `(kind = 'MERGED') = (claim_id IS NULL)`)
@Check('ck_cap_moves_amount', `used_fen >= 0 AND reserved_fen >= 0 AND sequence > 0`)
export class CapMoveRow {
  @KeyColumn('pk_cap_moves')
  readonly id!: string;

  @IdColumn('counter_id')
  @ForeignKey(() => CapCounterRow, { name: 'fk_cap_moves_counter', ...NO_ACTION })
  readonly counterId!: string;

  @CountColumn('sequence')
  readonly sequence!: number;

  @WordColumn('kind', 10)
  readonly kind!: MoveKind;

  @OptionalIdColumn('claim_id')
  @ForeignKey(() => CapClaim, { name: 'fk_cap_moves_claim', ...NO_ACTION })
  readonly claimId!: string | null;

  /** The amount of the move where it is of the used part, or what the merged counter had used. */
  @FenColumn('used_fen')
  readonly usedFen!: Fen;

  /** The amount of the move where it is of the promised part, or what was promised of the merged counter. */
  @FenColumn('reserved_fen')
  readonly reservedFen!: Fen;

  @InstantColumn('at')
  readonly at!: Date;
}
