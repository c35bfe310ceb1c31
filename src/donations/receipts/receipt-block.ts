import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { dayWords } from '../../kernel/chinese/words.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { fen, yuanText } from '../../kernel/fen.js';
import { societyOf } from '../../platform/web/caller.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { tag, textField } from '../../platform/web/views.js';
import type { TagView, TextFieldView } from '../../platform/web/views.js';
import { RECEIPT_MODE_WORDS, RECEIPT_STANDING_WORDS } from '../domain/receipt.js';
import type { Issuing } from '../domain/receipt.js';
import { RECEIPT_STATE_WORDS } from '../domain/gift.js';
import type { ReceiptState } from '../domain/gift.js';
import type { GiftRow } from '../gifts/gifts.queries.js';
import { mayIssueReceipts } from './receipts.permissions.js';
import { ReceiptRightsQueries } from './receipt-rights.queries.js';
import { ReceiptsQueries } from './receipts.queries.js';
import type { ReceiptRow } from './receipts.queries.js';

/** What the page of a gift shows of its receipts, every word ready: for `templates/donations/receipt-block.hbs`. */
export type ReceiptBlockView = {
  readonly state: TagView;
  readonly lead: string;
  /** The newest first. */
  readonly receipts: readonly {
    readonly words: string;
    readonly href: string;
    readonly state: TagView;
    readonly line: string;
  }[];
  /** 3月5日记：… */
  readonly waivers: readonly string[];
  readonly issue: { readonly action: string; readonly words: string; readonly hint: string } | null;
  readonly waive: {
    readonly action: string;
    readonly isOpen: boolean;
    readonly reason: TextFieldView;
  } | null;
};

type BlockFacts = {
  readonly gift: GiftRow;
  readonly receipts: readonly ReceiptRow[];
  readonly waivers: readonly { readonly reason: string; readonly waivedAt: Date }[];
  readonly issuing: Issuing;
  readonly mayIssue: boolean;
  readonly typed: Typed;
  readonly errors: FieldErrors;
};

export const STANDING_COLOUR = { VALID: 'green', REVERSED: 'grey', RED: 'red' } as const;
const STATE_COLOUR: Readonly<Record<ReceiptState, TagView['colour']>> = {
  NONE: 'grey',
  DUE: 'yellow',
  ISSUED: 'green',
  WAIVED: 'grey',
};

/** What is known of the receipts of one gift, for its page. */
@Injectable()
export class ReceiptBlocks {
  constructor(
    private readonly queries: ReceiptsQueries,
    private readonly rights: ReceiptRightsQueries,
    private readonly clock: Clock,
  ) {}

  /** `typed` and `errors` where the form of the waiver comes back with a mistake. */
  async of(
    actor: Actor,
    gift: GiftRow,
    { typed = {}, errors = {} }: { readonly typed?: Typed; readonly errors?: FieldErrors } = {},
  ): Promise<ReceiptBlockView> {
    const societyId = societyOf(actor);
    return receiptBlock({
      gift,
      receipts: await this.queries.ofGift(societyId, gift.id),
      waivers: await this.queries.waivers(societyId, gift.id),
      issuing: await this.rights.issuing(societyId, dayOf(this.clock.now())),
      mayIssue: mayIssueReceipts(actor),
      ...{ typed, errors },
    });
  }
}

export function receiptBlock(facts: BlockFacts): ReceiptBlockView {
  const { gift, receipts, waivers, mayIssue } = facts;
  const isOpen = gift.state === 'RECEIVED' && (gift.receiptState === 'DUE' || gift.receiptState === 'WAIVED');
  return {
    state: tag(STATE_COLOUR[gift.receiptState], RECEIPT_STATE_WORDS[gift.receiptState]),
    lead: leadOf(gift),
    receipts: receipts.map((receipt) => ({
      words: `${receipt.number}，${yuanText(receipt.amountFen)} 元`,
      href: `/s/donations/receipts/${receipt.id}`,
      state: tag(STANDING_COLOUR[receipt.state], RECEIPT_STANDING_WORDS[receipt.state]),
      line: receiptLine(receipt),
    })),
    waivers: waivers.map(
      ({ reason, waivedAt }) => `${dayWords(dayOf(waivedAt))}记下捐赠人不要票据：${reason}`,
    ),
    issue: mayIssue && isOpen ? issuePart(facts) : null,
    waive: mayIssue && isOpen && gift.receiptState === 'DUE' ? waivePart(facts) : null,
  };
}

function leadOf({ nature, state, receiptState, amountFen, refundedFen }: GiftRow): string {
  if (nature === 'FEE') return '会费不是捐赠，不开捐赠票据。';
  if (state === 'ENDED') return '这笔捐赠已经取消，不开票据。';
  if (state !== 'RECEIVED') return '钱收到以后才能开票据。';
  switch (receiptState) {
    case 'DUE':
      return '收到以后 5 个工作日内开票据；捐赠人不要的，记下来。';
    case 'ISSUED':
      return '票据已经开出。开错了的先红冲再重开。';
    case 'WAIVED':
      return '捐赠人说过不要票据。改主意了，还可以开。';
    case 'NONE':
      return refundedFen === amountFen ? '钱已经全部退回，不再开票据。' : '不用开票据。';
  }
}

export function receiptLine({ state, otherNumber, issuedOn, issuerName, cause }: ReceiptRow): string {
  const issued = `${dayWords(issuedOn)}以${issuerName}的名义开`;
  if (state === 'REVERSED') return `${issued}，已被 ${otherNumber ?? ''} 号红冲`;
  if (state === 'RED')
    return `${issued}，冲掉 ${otherNumber ?? ''} 号（${cause === 'REFUND' ? '退款' : '开错'}）`;
  return issued;
}

function issuePart({ gift, receipts, issuing }: BlockFacts): ReceiptBlockView['issue'] {
  const amount = yuanText(keptOf(gift));
  const how =
    issuing.mode === 'INTERNAL'
      ? '内部收据（非税前扣除凭证）'
      : issuing.mode === 'FEDERATION'
        ? `${issuing.issuer.name}的公益事业捐赠票据`
        : '公益事业捐赠票据';
  return {
    action: `/s/donations/${gift.id}/receipt`,
    words: receipts.length > 0 ? '重开票据' : '开票据',
    hint: `开${how}，${amount} 元。开出以后不能改，只能红冲。`,
  };
}

const keptOf = ({ amountFen, refundedFen }: GiftRow) => fen(amountFen - refundedFen);

function waivePart({ gift, typed, errors }: BlockFacts): ReceiptBlockView['waive'] {
  return {
    action: `/s/donations/${gift.id}/receipt-waiver`,
    isOpen: 'waiver' in errors,
    reason: textField('waiver', '捐赠人怎么说的？', typed, errors, { hint: '如：电话里说不用开' }),
  };
}

export const modeWords = (issuing: Issuing): string =>
  issuing.mode === 'FEDERATION' ? `由${issuing.issuer.name}代开` : RECEIPT_MODE_WORDS[issuing.mode];
