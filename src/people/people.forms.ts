import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional, ValidateBy } from 'class-validator';
import type { ValidationArguments } from 'class-validator';
import { readCardNumber } from '../kernel/chinese/card-number.js';
import { ID_NUMBER_REFUSALS, readIdNumber } from '../kernel/chinese/id-number.js';
import { readMobile } from '../kernel/chinese/phone.js';
import {
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
import { CONSENT_WAYS, PURPOSES } from './domain/consent.js';
import type { ConsentWay, Purpose } from './domain/consent.js';
import { RELATIONS } from './domain/kin.js';
import type { Relation } from './domain/kin.js';
import { nameFault, tidyName } from './domain/person-draft.js';
import type { PersonDraft } from './domain/person-draft.js';
import { CATEGORIES, RESIDENCES, TAGS } from './domain/person.js';
import type { Category, Residence, Sex, Tag } from './domain/person.js';

/** A rule in our own words; null is fine. */
const rule = (name: string, fault: (value: unknown, args: ValidationArguments) => string | null) =>
  ValidateBy({
    name,
    validator: {
      validate: (value, args) => args === undefined || fault(value, args) === null,
      defaultMessage: (args) => (args && fault(args.value, args)) ?? '填写有误',
    },
  });

const PersonName = () =>
  applyDecorators(
    Text({ label: '姓名', max: 50 }),
    rule('personName', (value) => (typeof value === 'string' ? nameFault(tidyName(value)) : '请填写姓名')),
  );

const Mobile = () =>
  applyDecorators(
    OptionalText({ label: '电话', max: 20 }),
    rule('mobile', (value) =>
      typeof value === 'string' && readMobile(value).ok ? null : '电话应为 11 位手机号码',
    ),
  );

const idNumberFault = (value: unknown): string | null => {
  const read = readIdNumber(typeof value === 'string' ? value : '');
  return read.ok ? null : ID_NUMBER_REFUSALS[read.reason];
};

/** A number, or the tick that there is none yet: silence is neither (D4-50). */
const IdNumberOrPending = () =>
  applyDecorators(
    ApiPropertyOptional({ type: 'string', example: '11010519491231002X' }),
    Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value)),
    rule('idNumber', (value, { object }) => {
      const { idPending } = object as NewPersonForm;
      if (value === undefined) return idPending ? null : '请填写身份证号；还没有的，请勾选“还没有身份证”';
      return idPending ? '已经填了号码，请不要再勾选“还没有身份证”' : idNumberFault(value);
    }),
  );

/** What a person types to enter somebody into the register. */
export class NewPersonForm {
  @PersonName()
  readonly name!: string;

  @Text({ label: '村民小组', max: 20 })
  readonly group!: string;

  @IdNumberOrPending()
  readonly idNumber?: string;

  @Flag()
  readonly idPending!: boolean;

  @Mobile()
  readonly phone?: string;

  @Choice(RESIDENCES, '请选择住在本村的情况')
  readonly residence!: Residence;

  @OptionalChoice(CATEGORIES, '请选择困难类别')
  readonly category?: Category;

  @DayField('出生日期', { optional: true })
  readonly bornOn?: string;

  @OptionalChoice(['male', 'female'], '请选择性别')
  readonly sex?: Sex;

  @OptionalText({ label: '户籍地', max: 60 })
  readonly origin?: string;

  @OptionalText({ label: '户号', max: 20 })
  readonly householdNumber?: string;

  @OptionalText({ label: '社区', max: 40 })
  readonly community?: string;

  @OptionalText({ label: '网格', max: 40 })
  readonly grid?: string;

  @OptionalText({ label: '楼栋', max: 40 })
  readonly building?: string;

  @OptionalText({ label: '房号', max: 40 })
  readonly home?: string;

  @IsOptional()
  @Many('标签')
  @rule('tags', (value) =>
    Array.isArray(value) && value.every((tag) => (TAGS as readonly unknown[]).includes(tag))
      ? null
      : '请从名单里选标签',
  )
  readonly tags?: Tag[];

  @OptionalUuid('请从名册里选监护人')
  readonly guardianId?: string;

  @OptionalUuid('请从名册里选一户')
  readonly householdId?: string;

  /** The answer to 409 PERSON_LOOKS_ALIKE, when somebody of this name, birthday and place, or of this phone, is known. */
  @Flag()
  readonly isAnother!: boolean;
}

export function personDraftOf(form: NewPersonForm): PersonDraft {
  const { name, group, residence, community, grid, building, home } = form;
  return {
    name,
    group,
    residence,
    idNumber: form.idNumber ?? null,
    bornOn: form.bornOn ?? null,
    sex: form.sex ?? null,
    phone: form.phone ?? null,
    category: form.category ?? 'NONE',
    tags: form.tags ?? [],
    origin: form.origin ?? null,
    guardianId: form.guardianId ?? null,
    householdId: form.householdId ?? null,
    householdNumber: form.householdNumber ?? null,
    address: {
      community: community ?? null,
      grid: grid ?? null,
      building: building ?? null,
      home: home ?? null,
    },
  };
}

/** A name, pinyin initials, or the last four digits of a phone. */
export class SearchForm {
  @Text({ label: '姓名、拼音首字母或电话后四位', max: 50 })
  readonly q!: string;
}

export class IdNumberForm {
  @Text({ label: '身份证号', max: 30 })
  @rule('idNumber', idNumberFault)
  readonly idNumber!: string;
}

export class PayeeAccountForm {
  @Text({ label: '开户银行', max: 30 })
  readonly bankName!: string;

  @Text({ label: '卡号', max: 40 })
  @rule('cardNumber', (value) =>
    typeof value === 'string' && readCardNumber(value).ok ? null : '卡号应为 12 至 22 位数字，请对照卡面核对',
  )
  readonly cardNumber!: string;

  @OptionalText({ label: '户名', max: 50 })
  readonly holderName?: string;
}

const RelationField = () => Choice(RELATIONS, '请选择两人是什么关系');

export class KinForm {
  @Uuid('请从名册里选一位')
  readonly relativeId!: string;

  @RelationField()
  readonly relation!: Relation;

  @Flag()
  readonly isGuardian!: boolean;
}

/** The same on a page, where the relative is named first and chosen from those found. */
export class KinPageForm {
  @OptionalText({ label: '亲属姓名', max: 50 })
  readonly relative?: string;

  @OptionalUuid('请从名单里选一位')
  readonly relativeId?: string;

  @RelationField()
  readonly relation!: Relation;

  @Flag()
  readonly isGuardian!: boolean;
}

const ANSWERS = ['yes', 'no'] as const;
type Answer = (typeof ANSWERS)[number];
const AnswerField = () => OptionalChoice(ANSWERS, '请选择同意或不同意');

/** How it was said, and who else was there where that is needed. */
class SaidForm {
  @Choice(CONSENT_WAYS, '请选择是怎么同意的')
  readonly how!: ConsentWay;

  @OptionalUuid('请从名单里选一位')
  readonly otherId?: string;

  @OptionalChoice(RELATIONS, '请选择和本人的关系')
  readonly relation?: Relation;
}

/** The four ticks of the sheet, each answered by itself; what is left open was not asked. */
export class ConsentsForm extends SaidForm {
  @AnswerField()
  readonly process?: Answer;

  @AnswerField()
  readonly healthBank?: Answer;

  @AnswerField()
  readonly verify?: Answer;

  @AnswerField()
  readonly publish?: Answer;
}

/** The same on a page, where whoever signed instead or heard it is named first and chosen from those found. */
export class ConsentsPageForm extends ConsentsForm {
  @OptionalText({ label: '代签人或者见证人的姓名', max: 50 })
  readonly other?: string;
}

export class WithdrawalForm extends SaidForm {
  @Choice(PURPOSES, '请选择撤回哪一项')
  readonly purpose!: Purpose;

  @OptionalText({ label: '代签人或者见证人的姓名', max: 50 })
  readonly other?: string;
}

export function answersOf(form: ConsentsForm): Partial<Record<Purpose, boolean>> {
  const { process, healthBank, verify, publish } = form;
  return {
    ...(process === undefined ? {} : { PROCESS: process === 'yes' }),
    ...(healthBank === undefined ? {} : { HEALTH_BANK: healthBank === 'yes' }),
    ...(verify === undefined ? {} : { VERIFY: verify === 'yes' }),
    ...(publish === undefined ? {} : { PUBLISH: publish === 'yes' }),
  };
}

export class ConfirmImportForm {
  @Uuid('请重新上传表格')
  readonly importId!: string;
}
