import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { day, parseDay } from '../../kernel/day.js';
import { fen, parseYuan } from '../../kernel/fen.js';
import {
  Count,
  DayField,
  Flag,
  Lines,
  Many,
  OptionalText,
  OptionalUuid,
  Text,
} from '../../platform/web/fields.js';
import { EVIDENCES, goodsLinesOf, MOST_ITEMS } from '../domain/goods.js';
import type { Evidence, Inspected } from '../domain/goods.js';
import type { GoodsTyped, UnitValue } from './goods.service.js';

const MOST_UNIT_FEN = 100_000_000;
const MOST_PIECES = 1_000_000;

/** A list of objects in a program's words; each has to be right. */
const Each = (description: string, item: object, isRight: (value: unknown) => boolean, message: string) =>
  applyDecorators(
    ApiProperty({ type: 'array', maxItems: MOST_ITEMS, items: { type: 'object', ...item }, description }),
    ValidateBy(
      {
        name: 'each',
        validator: {
          validate: (value: unknown) =>
            Array.isArray(value) && value.length > 0 && value.length <= MOST_ITEMS && value.every(isRight),
        },
      },
      { message },
    ),
  );

const isCount = (value: unknown, most: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most;

export class GoodsForm {
  @OptionalUuid('请从捐赠人名单里选')
  readonly donorId?: string;

  @OptionalUuid('请选择募捐活动')
  readonly campaignId?: string;

  @DayField('收到日期')
  readonly receivedOn!: string;

  /** One kind a line: 大米 20 袋 2027-01-31. */
  @Lines({ label: '物资', max: 3000 })
  readonly lines!: string;

  @OptionalText({ label: '捐赠人写的话', max: 120 })
  readonly intentWords?: string;
}

/** One box for each kind of goods, in their order. */
export class GoodsInspectionForm {
  @Many('验收的数量')
  readonly accepted!: string[];

  @Many('到期日')
  readonly expiresOn!: string[];

  @OptionalText({ label: '验收的情况', max: 200 })
  readonly finding?: string;
}

export class GoodsInspectionJson {
  @Each(
    'One for each kind of goods, in their order',
    {
      properties: {
        accepted: { type: 'integer', minimum: 0 },
        expiresOn: { type: 'string', format: 'date', nullable: true },
      },
    },
    (value) => {
      const { accepted, expiresOn } = value as Record<string, unknown>;
      return (
        isCount(accepted, MOST_PIECES) &&
        (expiresOn === null || (typeof expiresOn === 'string' && parseDay(expiresOn) !== null))
      );
    },
    '每一种填 accepted 和 expiresOn',
  )
  readonly found!: { accepted: number; expiresOn: string | null }[];

  @OptionalText({ label: '验收的情况', max: 200 })
  readonly finding?: string;
}

export class GoodsValueForm {
  @Many('单价')
  readonly unitValue!: string[];

  @Many('依据')
  readonly evidence!: string[];
}

export class GoodsValueJson {
  @Each(
    'One for each kind of goods that was taken, in their order',
    {
      properties: {
        unitValueFen: { type: 'integer', minimum: 0 },
        evidence: { enum: [...EVIDENCES] },
      },
    },
    (value) => {
      const { unitValueFen, evidence } = value as Record<string, unknown>;
      return isCount(unitValueFen, MOST_UNIT_FEN) && EVIDENCES.includes(evidence as Evidence);
    },
    '每一种填 unitValueFen 和 evidence',
  )
  readonly values!: { unitValueFen: number; evidence: Evidence }[];
}

export class GoodsIssueForm {
  @Count('数量', { min: 1, max: MOST_PIECES })
  readonly quantity!: number;

  @Text({ label: '案号', min: 9, max: 20 })
  readonly caseNumber!: string;

  @Flag()
  readonly isNoKin!: boolean;
}

export class GoodsDisposalForm {
  @Count('数量', { min: 1, max: MOST_PIECES })
  readonly gone!: number;

  @Text({ label: '为什么处置', min: 2, max: 120 })
  readonly reason!: string;
}

export function goodsIn({ donorId, campaignId, receivedOn, lines, intentWords }: GoodsForm): GoodsTyped {
  return {
    donorId: donorId ?? null,
    campaignId: campaignId ?? null,
    receivedOn: day(receivedOn),
    intentWords: intentWords ?? '',
    lines: goodsLinesOf(lines),
  };
}

/** Null where a box holds no number or no day. */
export function foundIn({ accepted, expiresOn }: GoodsInspectionForm): Inspected[] | null {
  const found = accepted.map((text, at) => {
    const until = expiresOn[at] ?? '';
    const read = until === '' ? null : parseDay(until);
    const digits = text.normalize('NFKC');
    return /^\d{1,7}$/.test(digits) && (until === '' || read !== null)
      ? { accepted: Number(digits), expiresOn: read }
      : null;
  });
  return found.includes(null) ? null : (found as Inspected[]);
}

export function foundInJson({ found }: GoodsInspectionJson): Inspected[] {
  return found.map(({ accepted, expiresOn }) => ({
    accepted,
    expiresOn: expiresOn === null ? null : day(expiresOn),
  }));
}

/** Null where a box holds no amount, or no evidence was chosen. */
export function valuesIn({ unitValue, evidence }: GoodsValueForm): UnitValue[] | null {
  const values = unitValue.map((text, at) => {
    const amount = parseYuan(text);
    const found = EVIDENCES.find((each) => each === evidence[at]);
    return amount !== null && amount <= MOST_UNIT_FEN && found
      ? { unitValueFen: amount, evidence: found }
      : null;
  });
  return values.includes(null) ? null : (values as UnitValue[]);
}

export function valuesInJson({ values }: GoodsValueJson): UnitValue[] {
  return values.map(({ unitValueFen, evidence }) => ({ unitValueFen: fen(unitValueFen), evidence }));
}
