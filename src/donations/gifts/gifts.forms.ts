import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import {
  AmountFen,
  Choice,
  Count,
  DayField,
  Flag,
  OptionalText,
  OptionalUuid,
  Text,
  Uuid,
} from '../../platform/web/fields.js';
import { DONOR_LOOK_REASONS } from '../domain/donor-look.js';
import type { DonorLookReason } from '../domain/donor-look.js';
import { DONOR_GROUPS, DONOR_KINDS } from '../domain/donor.js';
import type { DonorDraft, DonorGroup, DonorKind } from '../domain/donor.js';
import { INTENTS } from '../domain/gift.js';
import type { Intent } from '../domain/gift.js';
import type { GiftTyped, IntentTyped, PledgeTyped, ReceivedTyped, UnknownTyped } from './gifts.service.js';

const NATURES = ['GIFT', 'FEE'] as const;
const METHODS = ['BANK', 'CASH'] as const;

/** What a donor wants his money used for. */
class IntentForm {
  @Choice(INTENTS, '请选择捐赠人指定给哪里用')
  readonly intent!: Intent;

  @OptionalText({ label: '用途', max: 40 })
  readonly purpose?: string;

  /** One of `purses` of the ledger, for a fund or a project. */
  @OptionalUuid('请选择基金或者项目')
  readonly purseId?: string;

  @OptionalText({ label: '捐赠人写的意愿', max: 120 })
  readonly intentWords?: string;
}

/** A gift that came in, as the accountant reads it off the bank statement or counts it. */
export class GiftForm extends IntentForm {
  @Choice(NATURES, '请选择是捐款还是会费')
  readonly nature!: (typeof NATURES)[number];

  /** Null for whoever did not say who he is. */
  @OptionalUuid('请从捐赠人名单里选')
  readonly donorId?: string;

  @AmountFen()
  readonly amountFen!: number;

  @DayField('收到日期')
  readonly receivedOn!: string;

  @Choice(METHODS, '请选择是转账还是现金')
  readonly method!: (typeof METHODS)[number];

  @OptionalText({ label: '银行流水号', max: 60 })
  readonly bankReference?: string;

  /** The officer who took it in; whoever records it where nobody is named. */
  @OptionalUuid('请选择收款人')
  readonly receivedBy?: string;

  /** The campaign that it was given in answer to. */
  @OptionalUuid('请选择募捐活动')
  readonly campaignId?: string;
}

export class PledgeForm extends IntentForm {
  @OptionalUuid('请从捐赠人名单里选')
  readonly donorId?: string;

  @AmountFen()
  readonly amountFen!: number;

  @DayField('认捐日期')
  readonly pledgedOn!: string;
}

export class PledgeReceiptForm {
  @AmountFen()
  readonly amountFen!: number;

  @DayField('收到日期')
  readonly receivedOn!: string;

  @Choice(METHODS, '请选择是转账还是现金')
  readonly method!: (typeof METHODS)[number];

  @OptionalText({ label: '银行流水号', max: 60 })
  readonly bankReference?: string;
}

export class UnknownMoneyForm {
  @AmountFen()
  readonly amountFen!: number;

  @DayField('到账日期')
  readonly receivedOn!: string;

  @OptionalText({ label: '银行流水号', max: 60 })
  readonly bankReference?: string;

  @OptionalText({ label: '流水上的附言', max: 120 })
  readonly note?: string;
}

export class GiftOwnerForm extends IntentForm {
  @Choice(NATURES, '请选择是捐款还是会费')
  readonly nature!: (typeof NATURES)[number];

  @OptionalUuid('请从捐赠人名单里选')
  readonly donorId?: string;
}

export class GiftReversalForm {
  @Text({ label: '哪里记错了', max: 60 })
  readonly reason!: string;
}

export class DonorForm {
  @Choice(DONOR_KINDS, '请选择是个人还是单位')
  readonly kind!: DonorKind;

  @Choice(DONOR_GROUPS, '请选择捐赠人类别')
  readonly group!: DonorGroup;

  @Text({ label: '姓名或者单位全称', max: 60 })
  readonly name!: string;

  @OptionalText({ label: '统一社会信用代码', max: 30 })
  readonly uscc?: string;

  @OptionalText({ label: '手机号', max: 20 })
  readonly phone?: string;

  @OptionalText({ label: '家乡', max: 40 })
  readonly homePlace?: string;

  @Flag()
  readonly publishesName!: boolean;

  /** Of the record as the form that is sent back had it: what was written or said since is not written over. */
  @Count('登记的版本', { min: 1, max: 999_999_999, optional: true })
  readonly version?: number;
}

export class DonorFindForm {
  @Text({ label: '要找的捐赠人', max: 60 })
  readonly q!: string;
}

export class DonorMergerForm {
  @Uuid('请选择要并掉的那一条')
  readonly goneId!: string;
}

export class DonorRevealForm {
  @Choice(DONOR_LOOK_REASONS, '请选择为什么要看')
  readonly reason!: DonorLookReason;
}

export function intentIn(form: IntentForm): IntentTyped {
  const { intent, purpose, purseId, intentWords } = form;
  return { intent, purpose: purpose ?? null, purseId: purseId ?? null, intentWords: intentWords ?? '' };
}

export function receivedIn(form: PledgeReceiptForm): ReceivedTyped {
  const { amountFen, receivedOn, method, bankReference } = form;
  return {
    amountFen: fen(amountFen),
    receivedOn: day(receivedOn),
    method,
    bankReference: bankReference ?? null,
    receivedBy: null,
  };
}

export function giftIn(form: GiftForm): GiftTyped {
  const { nature, donorId, receivedBy } = form;
  return {
    ...intentIn(form),
    ...receivedIn(form),
    nature,
    donorId: donorId ?? null,
    receivedBy: receivedBy ?? null,
    campaignId: form.campaignId ?? null,
  };
}

export function pledgeIn(form: PledgeForm): PledgeTyped {
  const { donorId, amountFen, pledgedOn } = form;
  return {
    ...intentIn(form),
    donorId: donorId ?? null,
    amountFen: fen(amountFen),
    pledgedOn: day(pledgedOn),
  };
}

export function unknownIn({ amountFen, receivedOn, bankReference, note }: UnknownMoneyForm): UnknownTyped {
  return {
    amountFen: fen(amountFen),
    receivedOn: day(receivedOn),
    bankReference: bankReference ?? null,
    note: note ?? '',
  };
}

export function donorIn({ kind, group, name, uscc, phone, homePlace, publishesName }: DonorForm): DonorDraft {
  return {
    kind,
    group,
    name,
    uscc: uscc ?? null,
    phone: phone ?? null,
    homePlace: homePlace ?? null,
    publishesName,
  };
}
