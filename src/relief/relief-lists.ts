import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import type { TransformFnParams } from 'class-transformer';
import { IsOptional, isUUID, ValidateBy } from 'class-validator';
import type { ValidationArguments } from 'class-validator';
import { DEDUCTIONS } from '../funds/domain/worksheet.js';
import { fen } from '../kernel/fen.js';
import type { Score } from './domain/desk-rules.js';
import { isInvoiceNumber, readInvoiceLines, tidyInvoiceNumber } from './domain/invoices.js';
import type { Invoice } from './domain/invoices.js';
import type { PlannedPart } from './domain/parts.js';
import type { PolicyChecked } from './domain/policies.js';
import { POLICY_OUTCOMES } from './domain/relief-words.js';

/*
 * Lists of small things, as a program sends them: JSON, or the same JSON as text where photos come beside it. What a
 * person types for them stands on the pages.
 */

const MOST_FEN = 100_000_000_000;
const MOST_PROOF = 60;

type Fields = Readonly<Record<string, unknown>>;
/** Null for what is none. */
type Read<Item> = (fields: Fields) => Item | null;

const isAmount = (value: unknown, least: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= MOST_FEN;

const knowsOnly = (fields: Fields, names: readonly string[]): boolean =>
  Object.keys(fields).every((name) => names.includes(name));

const readInvoice: Read<Invoice> = (fields) => {
  const { number, amountFen } = fields;
  if (!knowsOnly(fields, ['number', 'amountFen']) || typeof number !== 'string' || !isAmount(amountFen, 1))
    return null;
  const tidy = tidyInvoiceNumber(number);
  return isInvoiceNumber(tidy) ? { number: tidy, amountFen: fen(amountFen) } : null;
};

const readPolicy: Read<PolicyChecked> = (fields) => {
  const { amountFen = 0, proof = null } = fields;
  const deduction = DEDUCTIONS.find((each) => each === fields['deduction']);
  const outcome = POLICY_OUTCOMES.find((each) => each === fields['outcome']);
  const isProof = proof === null || (typeof proof === 'string' && proof.length <= MOST_PROOF);
  if (!knowsOnly(fields, ['deduction', 'outcome', 'amountFen', 'proof'])) return null;
  if (!deduction || !outcome || !isAmount(amountFen, 0) || !isProof) return null;
  return { deduction, outcome, amountFen: fen(amountFen), proof };
};

const readScore: Read<Score> = (fields) => {
  const { personId, score } = fields;
  if (!knowsOnly(fields, ['personId', 'score']) || !isUUID(personId)) return null;
  if (!Number.isInteger(score) || (score as number) < 0 || (score as number) > 100) return null;
  return { personId: personId as string, score: score as number };
};

const readPart: Read<PlannedPart> = (fields) => {
  const { amountFen, institutionId = null } = fields;
  if (!knowsOnly(fields, ['amountFen', 'institutionId']) || !isAmount(amountFen, 1)) return null;
  if (institutionId !== null && !isUUID(institutionId)) return null;
  return { amountFen: fen(amountFen), institutionId: institutionId as string | null };
};

function listIn<Item>(value: unknown, read: Read<Item>, most: number): Item[] | undefined {
  const list = typeof value === 'string' ? parsed(value) : value;
  if (!Array.isArray(list) || list.length === 0 || list.length > most) return undefined;
  const items = list.map((each: unknown) =>
    typeof each === 'object' && each !== null ? read(each as Fields) : null,
  );
  return items.every((item) => item !== null) ? items : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

type ListSchema = Readonly<Record<string, object>>;

function described(properties: ListSchema, required: readonly string[], most: number, optional: boolean) {
  const schema = {
    type: 'array' as const,
    description: 'In a multipart body: the same list as JSON text.',
    maxItems: most,
    items: { type: 'object', required: [...required], properties },
  };
  return optional ? ApiPropertyOptional(schema) : ApiProperty(schema);
}

function isList(message: string | ((about: ValidationArguments) => string)): PropertyDecorator {
  return ValidateBy({ name: 'list', validator: { validate: Array.isArray } }, { message });
}

function listOf<Item>(
  read: Read<Item>,
  { properties, required, most, message }: ReturnType<typeof about>,
): PropertyDecorator {
  return applyDecorators(
    described(properties, required, most, false),
    Transform(({ value }) => listIn(value, read, most)),
    isList(message),
  );
}

const about = (properties: ListSchema, required: readonly string[], most: number, message: string) => ({
  properties,
  required,
  most,
  message,
});

const AMOUNT = { type: 'integer', description: 'Whole fen' };
const ID = { type: 'string', format: 'uuid' };
const MOST_INVOICES = 100;
const NO_INVOICES = '请每行填一张发票：发票号码 金额，如 12345678 99540.00';

/** A line of the page that is no invoice. */
class FaultyLine {
  constructor(readonly line: number) {}
}

function invoicesTyped(text: string): Invoice[] | FaultyLine | false {
  const { invoices, faultIn } = readInvoiceLines(text);
  if (faultIn !== null) return new FaultyLine(faultIn);
  return invoices.length > 0 && invoices.length <= MOST_INVOICES ? invoices : false;
}

const faultWords = ({ value }: ValidationArguments): string =>
  value instanceof FaultyLine
    ? `第 ${value.line} 张发票没写对：先写号码（6 到 30 位数字或字母），空一格，再写金额`
    : NO_INVOICES;

/** A list from a program; from a person one a line: “12345678 99540.00”. Empty says that nothing changed, where it may. */
export function Invoices({ optional = false }: { readonly optional?: boolean } = {}): PropertyDecorator {
  const properties = { number: { type: 'string', minLength: 6, maxLength: 30 }, amountFen: AMOUNT };
  const read = ({ value, options }: TransformFnParams): unknown => {
    if (optional && (value === '' || value === undefined)) return undefined;
    const isTyped = options.groups?.includes('typed') ?? false;
    if (isTyped) return typeof value === 'string' && invoicesTyped(value);
    return listIn(value, readInvoice, MOST_INVOICES) ?? false; // never null: that would say that nothing changed
  };
  return applyDecorators(
    described(properties, ['number', 'amountFen'], MOST_INVOICES, optional),
    Transform(read),
    ...(optional ? [IsOptional()] : []),
    isList(faultWords),
  );
}

/** One answer for each policy that the fund's rule asks about. */
export const Policies = (): PropertyDecorator =>
  listOf(
    readPolicy,
    about(
      {
        deduction: { enum: [...DEDUCTIONS] },
        outcome: { enum: [...POLICY_OUTCOMES] },
        amountFen: { ...AMOUNT, default: 0 },
        proof: { type: 'string', maxLength: MOST_PROOF, nullable: true },
      },
      ['deduction', 'outcome'],
      DEDUCTIONS.length,
      '请写明每一项政策的结果',
    ),
  );

/** Of each assessor 0 to 100. */
export const Scores = (): PropertyDecorator =>
  listOf(
    readScore,
    about(
      { personId: ID, score: { type: 'integer', minimum: 0, maximum: 100 } },
      ['personId', 'score'],
      20,
      '请写明每位打分人和分数（0 到 100）',
    ),
  );

/** The payments of a grant: to an institution, or, without one, to the family. */
export const Parts = (): PropertyDecorator =>
  listOf(
    readPart,
    about(
      { amountFen: AMOUNT, institutionId: { ...ID, nullable: true } },
      ['amountFen'],
      4,
      '请写明每一笔付多少、付给谁',
    ),
  );

/** Digits and ticks come as text beside photos: whole fen, true or false, a list as JSON. JSON itself is what it is. */
export function fromParts(
  body: unknown,
  {
    numbers = [],
    flags = [],
    lists = [],
  }: Readonly<Partial<Record<'numbers' | 'flags' | 'lists', string[]>>>,
): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const read = (name: string, value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    if (numbers.includes(name) && /^\d{1,12}$/.test(value)) return Number(value);
    if (flags.includes(name) && /^(?:true|false)$/.test(value)) return value === 'true';
    return lists.includes(name) ? (parsed(value) ?? value) : value;
  };
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, read(name, value)]));
}
