import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, isUUID, ValidateBy } from 'class-validator';
import { DECLARED_REASONS } from '../board/domain/electorate.js';
import type { Recusal } from '../board/index.js';
import { day } from '../kernel/day.js';

import { fen } from '../kernel/fen.js';
import { PURPOSES } from '../people/index.js';
import type { Purpose, Residence } from '../people/index.js';
import {
  AmountFen,
  Choice,
  DayField,
  Flag,
  Many,
  OptionalChoice,
  OptionalText,
  OptionalUuid,
  Text,
  Uuid,
} from '../platform/web/fields.js';
import type { UploadedFiles } from '../platform/web/uploads.js';
import type { VisitTyped } from './cases.service.js';
import { PaperNotFound } from './domain/case.errors.js';
import { LEAD_SOURCES } from './domain/case-words.js';
import type { LeadSource } from './domain/case-words.js';
import { CAUSES } from '../kernel/causes.js';
import type { Cause } from '../kernel/causes.js';
import type { Intake } from './domain/draft.js';
import { PAPER_KINDS } from './domain/papers.js';
import type { PaperKind } from './domain/papers.js';
import type { PayMethod } from './domain/revision.js';

export const PAY_METHODS = ['CARD', 'CASH'] as const;
export const CAUSE_MISSING = '请选出了什么事';
export const METHOD_MISSING = '请选收款方式';
export const STORY = { label: '经过', max: 1000 };

/** The consents that were ticked; anything else in the list was not ticked by a person. */
export function Consents(): PropertyDecorator {
  return applyDecorators(
    Many('同意事项'),
    IsIn([...PURPOSES], { each: true, message: '请重新勾选同意事项' }),
  );
}

/** A whole intake at once, as a program sends it. Papers and their photos may follow. */
export class RegisterCaseForm {
  @OptionalUuid('没有这条线索')
  readonly leadId?: string;

  @Uuid()
  readonly applicantId!: string;

  @Choice(CAUSES, CAUSE_MISSING)
  readonly cause!: Cause;

  @AmountFen('请填写申请金额')
  readonly amountFen!: number;

  @OptionalText(STORY)
  readonly story?: string;

  @Choice(PAY_METHODS, METHOD_MISSING)
  readonly method!: PayMethod;

  @OptionalUuid('请选收款的卡')
  readonly payeeAccountId?: string;

  @Consents()
  readonly consents!: Purpose[];

  @Flag()
  readonly pledged!: boolean;

  /** Two who have seen it, or nobody yet. */
  @Many('去看过的人', { uuids: true })
  readonly visitors!: string[];
}

export function intakeIn(form: RegisterCaseForm): Intake {
  return {
    leadId: form.leadId ?? null,
    applicantId: form.applicantId,
    cause: form.cause,
    amountFen: fen(form.amountFen),
    story: form.story ?? null,
    method: form.method,
    payeeAccountId: form.payeeAccountId ?? null,
    consents: form.consents,
    pledged: form.pledged,
    visitors: form.visitors,
    photos: [],
  };
}

/** The first page: who, what, how much. Who is not on the list is registered with it. */
export class NeedForm {
  @OptionalUuid('请从头再来')
  readonly draftId?: string;

  @OptionalUuid('没有这条线索')
  readonly leadId?: string;

  @OptionalText({ label: '姓名', max: 50 })
  readonly who?: string;

  /** Filled by the suggestions while typing. */
  @OptionalUuid()
  readonly applicantId?: string;

  /** Picked from the list that the page offers without script: an id, or `new`. */
  @OptionalText({ label: '谁', max: 36 })
  readonly pick?: string;

  @OptionalText({ label: '村民小组', max: 40 })
  readonly newGroup?: string;

  @OptionalText({ label: '身份证号', max: 30 })
  readonly newIdNumber?: string;

  @OptionalText({ label: '出生日期', max: 10 })
  readonly newBornOn?: string;

  @OptionalText({ label: '电话', max: 20 })
  readonly newPhone?: string;

  @OptionalChoice(['HUKOU', 'RESIDENT', 'OUTSIDER'], '请选户口和居住情况')
  readonly newResidence?: Residence;

  @Choice(CAUSES, CAUSE_MISSING)
  readonly cause!: Cause;

  @AmountFen('请填写申请金额，如 1000')
  readonly amountFen!: number;

  @OptionalText(STORY)
  readonly story?: string;
}

/** The second page: papers, card, consent, visitors. */
export class RestForm {
  @Choice(PAY_METHODS, METHOD_MISSING)
  readonly method!: PayMethod;

  /** A card that is known, or `new`. */
  @OptionalText({ label: '卡', max: 36 })
  readonly account?: string;

  @OptionalText({ label: '卡号', max: 30 })
  readonly cardNumber?: string;

  @OptionalText({ label: '开户行', max: 60 })
  readonly bankName?: string;

  @OptionalText({ label: '户名', max: 50 })
  readonly holderName?: string;

  @Consents()
  readonly consents!: Purpose[];

  @Flag()
  readonly pledged!: boolean;

  @Many('去看过的人')
  readonly visitors!: string[];

  @OptionalText({ label: '姓名', max: 50 })
  readonly otherVisitor?: string;
}

export class RegisterDraftForm {
  @Uuid('请从头再来')
  readonly draftId!: string;
}

export class VisitForm {
  @Many('去看过的人')
  readonly visitors!: string[];

  @OptionalText({ label: '姓名', max: 50 })
  readonly otherVisitor?: string;

  @DayField('哪天去看的')
  readonly visitedOn!: string;

  @OptionalText({ label: '看到的情况', max: 500 })
  readonly note?: string;
}

export function visitIn(caseId: string, form: VisitForm, visitors: readonly string[]): VisitTyped {
  return { caseId, visitors, visitedOn: day(form.visitedOn), note: form.note ?? null };
}

/** Who else stands aside: objects from a program, `id:REASON` from the lists of the page. */
export function Recusals(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({
      type: 'array',
      items: {
        type: 'object',
        required: ['personId', 'reason'],
        properties: { personId: { type: 'string', format: 'uuid' }, reason: { enum: [...DECLARED_REASONS] } },
      },
    }),
    // Never undefined: the list that a form begins with would stand, and whoever was named would not stand aside.
    Transform(({ value }) => recusalsIn(value ?? []) ?? null),
    ValidateBy(
      { name: 'recusals', validator: { validate: Array.isArray } },
      { message: '请重新选回避的理事和原因' },
    ),
  );
}

function recusalsIn(value: unknown): Recusal[] | undefined {
  if (!Array.isArray(value) || value.length > 60) return undefined;
  const recusals = value.filter((one) => one !== '').map(recusalIn);
  return recusals.every((recusal) => recusal !== null) ? recusals : undefined;
}

function recusalIn(value: unknown): Recusal | null {
  const { personId, reason, ...rest } = fieldsOf(value);
  const known = DECLARED_REASONS.find((each) => each === reason);
  if (!known || typeof personId !== 'string' || !isUUID(personId) || Object.keys(rest).length > 0)
    return null;
  return { personId, reason: known };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null) return { ...value };
  const [personId, reason] = String(value).split(':');
  return { personId, reason };
}

export class OpenRoundForm {
  @Recusals()
  readonly recusals: Recusal[] = [];
}

/** A waiver in words for what cannot be had; photos come beside it, named like the fields. */
export class PapersForm {
  @OptionalText({ label: '免交原因', max: 200 })
  readonly waiverIdCard?: string;

  @OptionalText({ label: '免交原因', max: 200 })
  readonly waiverCauseProof?: string;

  @OptionalText({ label: '免交原因', max: 200 })
  readonly waiverConsent?: string;

  @OptionalText({ label: '免交原因', max: 200 })
  readonly waiverReceipt?: string;
}

/** The names of a paper's photo and of its waiver in forms. */
export const PHOTO_FIELDS: Readonly<Record<PaperKind, string>> = {
  ID_CARD: 'idCard',
  CAUSE_PROOF: 'causeProof',
  CONSENT: 'consent',
  RECEIPT: 'receipt',
};
export const WAIVER_FIELDS: Readonly<Record<PaperKind, keyof PapersForm>> = {
  ID_CARD: 'waiverIdCard',
  CAUSE_PROOF: 'waiverCauseProof',
  CONSENT: 'waiverConsent',
  RECEIPT: 'waiverReceipt',
};

export function photosIn(uploads: UploadedFiles): { kind: PaperKind; bytes: Buffer }[] {
  return PAPER_KINDS.flatMap((kind) => uploads.all(PHOTO_FIELDS[kind]).map((bytes) => ({ kind, bytes })));
}

export function waiversIn(form: PapersForm): { kind: PaperKind; reason: string }[] {
  return PAPER_KINDS.flatMap((kind) => {
    const reason = form[WAIVER_FIELDS[kind]]?.trim() ?? '';
    return reason === '' ? [] : [{ kind, reason }];
  });
}

/** The paper that an address names. */
export function paperIn(text: string): PaperKind {
  const kind = PAPER_KINDS.find((each) => each === text);
  if (!kind) throw new PaperNotFound();
  return kind;
}

export class LeadForm {
  @Choice(LEAD_SOURCES, '请选从哪里听说的')
  readonly source!: LeadSource;

  @Text({ label: '在哪里', max: 120 })
  readonly place!: string;

  @Text({ label: '怎么联系', max: 200 })
  readonly contact!: string;

  @OptionalText({ label: '听说的情况', max: 1000 })
  readonly words?: string;
}
