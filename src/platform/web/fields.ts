import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import type { TransformFnParams } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
} from 'class-validator';
import { parseYuan } from '../../kernel/fen.js';
import { defaultsTo } from './form-defaults.js';

/*
 * The fields of our forms. Each says how a person types it and how a program sends it (groups `typed` and `json` of
 * class-transformer), what it must be, in words that stand beside the field, and what it looks like in OpenAPI.
 */

type Decorator = PropertyDecorator;

const isTyped = ({ options }: TransformFnParams): boolean => options.groups?.includes('typed') ?? false;

/** An empty field of a form is no answer. */
const emptyIsNone = Transform((params) => (params.value === '' ? undefined : (params.value as unknown)));

const described = (optional: boolean, schema: object): Decorator =>
  optional ? ApiPropertyOptional(schema) : ApiProperty(schema);

const whenGiven = (optional: boolean): Decorator[] => (optional ? [IsOptional(), emptyIsNone] : []);

/** A thousand million yuan: far above any fund here, and far below what sums of amounts can hold exactly. */
const MOST_FEN = 100_000_000_000;

/** An amount: a person types yuan (“1,000.50”, “38.58万元”, full-width digits), a program sends whole fen. */
export function AmountFen(
  message = '请填写金额，如 1000',
  options: { optional?: boolean; zero?: boolean } = {},
): Decorator {
  const optional = options.optional ?? false;
  const least = options.zero ? 0 : 1;
  return applyDecorators(
    described(optional, {
      type: 'integer',
      minimum: least,
      maximum: MOST_FEN,
      description: 'Whole fen',
      example: 100_000,
    }),
    Transform((params) => {
      const value: unknown = params.value;
      if (optional && (value === '' || value === undefined)) return undefined;
      if (!isTyped(params)) return typeof value === 'number' ? value : Number.NaN;
      return typeof value === 'string' ? (parseYuan(value) ?? Number.NaN) : Number.NaN;
    }),
    ...(optional ? [IsOptional()] : []),
    ValidateBy(
      {
        name: 'amountFen',
        validator: {
          validate: (value) =>
            Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= MOST_FEN,
        },
      },
      { message },
    ),
  );
}

type TextRule = { readonly label: string; readonly min?: number; readonly max?: number };

export function Text({ label, min = 1, max = 200 }: TextRule): Decorator {
  return applyDecorators(
    described(false, { type: 'string', minLength: min, maxLength: max }),
    IsString({ message: `请填写${label}` }),
    MinLength(min, { message: min > 1 ? `${label}至少 ${min} 个字` : `请填写${label}` }),
    MaxLength(max, { message: `${label}最多 ${max} 个字` }),
    Matches(/^\P{Cc}*$/u, { message: `${label}里有打不出来的符号，请重新输入` }),
  );
}

export function OptionalText({ label, max = 200 }: Omit<TextRule, 'min'>): Decorator {
  return applyDecorators(
    described(true, { type: 'string', maxLength: max }),
    ...whenGiven(true),
    IsString({ message: `请填写${label}` }),
    MaxLength(max, { message: `${label}最多 ${max} 个字` }),
    Matches(/^[^\p{Cc}]*$|^[\n\r\t\P{Cc}]*$/u, { message: `${label}里有打不出来的符号，请重新输入` }),
  );
}

/** What takes a few lines and has to be said: a finding, an opinion. */
export function Lines({ label, min = 1, max = 1000 }: TextRule): Decorator {
  return applyDecorators(
    described(false, { type: 'string', minLength: min, maxLength: max }),
    IsString({ message: `请填写${label}` }),
    MinLength(min, { message: min > 1 ? `${label}至少 ${min} 个字` : `请填写${label}` }),
    MaxLength(max, { message: `${label}最多 ${max} 个字` }),
    Matches(/^[\n\r\t\P{Cc}]*$/u, { message: `${label}里有打不出来的符号，请重新输入` }),
  );
}

/** A calendar day, YYYY-MM-DD. That it exists is checked too: 2026-02-30 does not. */
export function DayField(label: string, options: { optional?: boolean } = {}): Decorator {
  const optional = options.optional ?? false;
  return applyDecorators(
    described(optional, { type: 'string', format: 'date', example: '2026-03-09' }),
    ...whenGiven(optional),
    ValidateBy({ name: 'day', validator: { validate: isDay } }, { message: `请填写${label}，如 2026-03-09` }),
  );
}

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const parsed = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(value);
}

/**
 * An instant: a person types local time (`2026-03-09T08:40`, Asia/Shanghai), a program sends ISO 8601 with Z. 30 February is
 * refused, which JavaScript takes for the second of March, and so is a leap second.
 */
export function InstantField(label: string, options: { optional?: boolean } = {}): Decorator {
  const optional = options.optional ?? false;
  return applyDecorators(
    described(optional, { type: 'string', format: 'date-time', example: '2026-03-09T00:40:00Z' }),
    Transform((params) => {
      const value: unknown = params.value;
      if (typeof value !== 'string' || value === '') return undefined;
      const text =
        isTyped(params) && /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}$/.test(value) ? `${value}:00+08:00` : value;
      const isWhole = isDay(text.slice(0, 10)) && /(?:Z|[+-]\d{2}:\d{2})$/.test(text);
      return new Date(isWhole ? text.replace(' ', 'T') : Number.NaN);
    }),
    ...(optional ? [IsOptional()] : []),
    ValidateBy(
      {
        name: 'instant',
        validator: { validate: (value) => value instanceof Date && !Number.isNaN(value.getTime()) },
      },
      { message: `请填写${label}` },
    ),
  );
}

export function Choice(values: readonly string[], message: string): Decorator {
  return applyDecorators(described(false, { enum: [...values] }), IsIn([...values], { message }));
}

export function OptionalChoice(values: readonly string[], message: string): Decorator {
  return applyDecorators(
    described(true, { enum: [...values] }),
    ...whenGiven(true),
    IsIn([...values], { message }),
  );
}

export function Uuid(message = '请从名单里选一位'): Decorator {
  return applyDecorators(described(false, { type: 'string', format: 'uuid' }), IsUUID('all', { message }));
}

export function OptionalUuid(message = '请从名单里选一位'): Decorator {
  return applyDecorators(
    described(true, { type: 'string', format: 'uuid' }),
    ...whenGiven(true),
    IsUUID('all', { message }),
  );
}

/** A tick: a form sends `yes` or nothing, a program true or false. Nothing is false. */
export function Flag(): Decorator {
  return applyDecorators(
    described(true, { type: 'boolean', default: false }),
    defaultsTo(() => false),
    Transform((params) => {
      const value: unknown = params.value;
      return isTyped(params) ? value === 'yes' || value === 'on' : value;
    }),
    IsBoolean({ message: '请重新勾选' }),
  );
}

/** A whole number within bounds: typed as digits, sent as a number. */
export function Count(
  label: string,
  { min, max, optional = false }: { min: number; max: number; optional?: boolean },
): Decorator {
  const message = `${label}填 ${min} 到 ${max} 之间的整数`;
  return applyDecorators(
    described(optional, { type: 'integer', minimum: min, maximum: max }),
    Transform((params) => {
      const value: unknown = params.value;
      if (optional && (value === '' || value === undefined)) return undefined;
      if (!isTyped(params)) return value;
      return typeof value === 'string' && /^\d{1,9}$/.test(value.normalize('NFKC'))
        ? Number(value.normalize('NFKC'))
        : Number.NaN;
    }),
    ...(optional ? [IsOptional()] : []),
    IsInt({ message }),
    Min(min, { message }),
    Max(max, { message }),
  );
}

/** A list of short texts: ticks named `visitors[]`, or a JSON array of at most a hundred. */
export function Many(label: string, options: { uuids?: boolean } = {}): Decorator {
  return applyDecorators(
    described(true, { type: 'array', items: { type: 'string' }, maxItems: 100 }),
    defaultsTo(() => []),
    IsArray({ message: `请选择${label}` }),
    ArrayMaxSize(100, { message: `${label}最多选 100 个` }),
    IsString({ each: true, message: `请选择${label}` }),
    MaxLength(200, { each: true, message: `请选择${label}` }),
    ...(options.uuids ? [IsUUID('all', { each: true, message: `请选择${label}` })] : []),
  );
}
