import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import type { Day } from '../../kernel/day.js';
import type { Fen } from '../../kernel/fen.js';
import {
  CountColumn,
  DayColumn,
  FenColumn,
  IdColumn,
  InstantColumn,
  KeyColumn,
  OptionalCountColumn,
  OptionalDayColumn,
  OptionalFenColumn,
  OptionalIdColumn,
  OptionalInstantColumn,
  OptionalWordColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type { Evidence, GoodsMoveKind, GoodsState } from '../domain/goods.js';
import { Donor } from '../donors/donor.entity.js';
import { Gift } from '../gifts/gift.entity.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/** What one donor brought at one time. It becomes a gift when it is taken into the stock, at its value then. */
@Entity('goods_deliveries')
@Unique('uq_goods_deliveries_gift', ['giftId'])
@Index('ix_goods_deliveries_society', ['societyId', 'receivedOn'])
@Check('ck_goods_deliveries_state', `state IN ('RECEIVED', 'INSPECTED', 'VALUED', 'STOCKED', 'REFUSED')`)
@Check('ck_goods_deliveries_inspected', `(state = 'RECEIVED') = (inspected_at IS NULL)`)
@Check(
  'ck_goods_deliveries_hands',
  'inspected_by IS NULL OR recorded_by IS NULL OR inspected_by <> recorded_by',
)
@Check(
  'ck_goods_deliveries_stocked',
  `(state = 'STOCKED') = (gift_id IS NOT NULL AND voucher_id IS NOT NULL)`,
)
export class GoodsDelivery {
  @KeyColumn('pk_goods_deliveries')
  readonly id!: string;

  @IdColumn('society_id')
  @ForeignKey('organisations', { name: 'fk_goods_deliveries_society', ...NO_ACTION })
  readonly societyId!: string;

  @OptionalIdColumn('donor_id')
  @ForeignKey(() => Donor, { name: 'fk_goods_deliveries_donor', ...NO_ACTION })
  readonly donorId!: string | null;

  @OptionalIdColumn('campaign_id')
  readonly campaignId!: string | null;

  @WordColumn('state', 10)
  readonly state!: GoodsState;

  @DayColumn('received_on')
  readonly receivedOn!: Day;

  /** The donor's own words. Never in public. */
  @WordColumn('intent_words', 120)
  readonly intentWords!: string;

  @OptionalIdColumn('received_by')
  readonly receivedBy!: string | null;

  @OptionalIdColumn('recorded_by')
  readonly recordedBy!: string | null;

  @InstantColumn('recorded_at')
  readonly recordedAt!: Date;

  /** Another than whoever took them in. */
  @OptionalIdColumn('inspected_by')
  readonly inspectedBy!: string | null;

  @OptionalInstantColumn('inspected_at')
  readonly inspectedAt!: Date | null;

  @OptionalWordColumn('finding', 200)
  readonly finding!: string | null;

  @OptionalIdColumn('valued_by')
  readonly valuedBy!: string | null;

  @OptionalIdColumn('gift_id')
  @ForeignKey(() => Gift, { name: 'fk_goods_deliveries_gift', ...NO_ACTION })
  readonly giftId!: string | null;

  @OptionalIdColumn('voucher_id')
  @ForeignKey('vouchers', { name: 'fk_goods_deliveries_voucher', ...NO_ACTION })
  readonly voucherId!: string | null;

  @OptionalInstantColumn('stocked_at')
  readonly stockedAt!: Date | null;

  @CountColumn('version')
  readonly version!: number;
}

/** One kind of goods of a delivery, by the piece. What is on the shelf is changed only by guarded, relative updates. */
@Entity('goods_items')
@Unique('uq_goods_items_position', ['deliveryId', 'position'])
@Index('ix_goods_items_stock', ['societyId', 'inStock'])
@Index('ix_goods_items_expiry', ['expiresOn'])
@Check(
  'ck_goods_items_quantity',
  'quantity > 0 AND (accepted IS NULL OR (accepted >= 0 AND accepted <= quantity))',
)
@Check('ck_goods_items_stock', 'in_stock >= 0 AND in_stock <= COALESCE(accepted, 0)')
@Check(
  'ck_goods_items_value',
  '(unit_value_fen IS NULL) = (evidence IS NULL) AND (in_stock = 0 OR unit_value_fen IS NOT NULL)',
)
@Check('ck_goods_items_evidence', `evidence IS NULL OR evidence IN ('INVOICE', 'MARKET', 'APPRAISAL')`)
export class GoodsItem {
  @KeyColumn('pk_goods_items')
  readonly id!: string;

  @IdColumn('delivery_id')
  @ForeignKey(() => GoodsDelivery, { name: 'fk_goods_items_delivery', ...NO_ACTION })
  readonly deliveryId!: string;

  @IdColumn('society_id')
  readonly societyId!: string;

  @CountColumn('position')
  readonly position!: number;

  @WordColumn('name', 40)
  readonly name!: string;

  @WordColumn('unit', 8)
  readonly unit!: string;

  /** As it came. */
  @CountColumn('quantity')
  readonly quantity!: number;

  /** As it was taken after the inspection. */
  @OptionalCountColumn('accepted')
  readonly accepted!: number | null;

  @OptionalDayColumn('expires_on')
  readonly expiresOn!: Day | null;

  @OptionalFenColumn('unit_value_fen')
  readonly unitValueFen!: Fen | null;

  @OptionalWordColumn('evidence', 10)
  readonly evidence!: Evidence | null;

  @CountColumn('in_stock')
  readonly inStock!: number;

  /** When the clock asked somebody to look at it before it expires. */
  @OptionalInstantColumn('checked_at')
  readonly checkedAt!: Date | null;
}

/** So many pieces came to the shelf, went to a case, or were disposed of. Append-only, written with its voucher. */
@Entity('goods_moves')
@Index('ix_goods_moves_item', ['itemId'])
@Index('ix_goods_moves_thread', ['threadId'])
@Check('ck_goods_moves_kind', `kind IN ('STOCKED', 'ISSUED', 'DISPOSED')`)
@Check('ck_goods_moves_quantity', 'quantity > 0 AND amount_fen >= 0')
@Check('ck_goods_moves_case', `(kind = 'ISSUED') = (thread_id IS NOT NULL)`)
@Check('ck_goods_moves_reason', `(kind = 'DISPOSED') = (reason IS NOT NULL)`)
export class GoodsMove {
  @KeyColumn('pk_goods_moves')
  readonly id!: string;

  @IdColumn('item_id')
  @ForeignKey(() => GoodsItem, { name: 'fk_goods_moves_item', ...NO_ACTION })
  readonly itemId!: string;

  @WordColumn('kind', 10)
  readonly kind!: GoodsMoveKind;

  @CountColumn('quantity')
  readonly quantity!: number;

  @FenColumn('amount_fen')
  readonly amountFen!: Fen;

  @DayColumn('moved_on')
  readonly movedOn!: Day;

  @OptionalIdColumn('thread_id')
  readonly threadId!: string | null;

  /** The number of the case, as it stood then. */
  @OptionalWordColumn('number', 20)
  readonly number!: string | null;

  @OptionalWordColumn('reason', 120)
  readonly reason!: string | null;

  /** The slip that the recipient signed. */
  @OptionalIdColumn('slip_id')
  readonly slipId!: string | null;

  /** Null where the pieces are worth nothing: there is nothing to book. */
  @OptionalIdColumn('voucher_id')
  @ForeignKey('vouchers', { name: 'fk_goods_moves_voucher', ...NO_ACTION })
  readonly voucherId!: string | null;

  @OptionalIdColumn('moved_by')
  readonly movedBy!: string | null;

  @InstantColumn('moved_at')
  readonly movedAt!: Date;
}
