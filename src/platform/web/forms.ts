import { plainToInstance } from 'class-transformer';
import type { ClassConstructor } from 'class-transformer';
import { validate } from 'class-validator';
import type { ValidationError } from 'class-validator';
import { DomainError } from '../../kernel/domain-error.js';
import { fillDefaults } from './form-defaults.js';

/** One message per field, in the words that stand beside it. */
export type FieldErrors = Readonly<Record<string, string>>;
/** What the person typed, letter by letter, to be shown again. A field of ticks holds a list. */
export type Typed = Readonly<Record<string, string | readonly string[]>>;

export type Parsed<Values> =
  | { readonly ok: true; readonly values: Values; readonly typed: Typed }
  | { readonly ok: false; readonly errors: FieldErrors; readonly typed: Typed };

/** A program sent what the form does not take: 422 with the fields named. */
export class InvalidInput extends DomainError {
  override readonly kind = 'invalid';
  override readonly code = 'INVALID_INPUT';

  constructor(readonly errors: FieldErrors) {
    super(`有 ${Object.keys(errors).length} 处内容不对。`, {}, Object.values(errors).join('；'));
  }
}

const RULES = { whitelist: true, stopAtFirstError: true, forbidUnknownValues: true } as const;

/** Reads what a person typed by the rules of `form`. Fields that the form does not name are left out. */
export async function parseForm<Form extends object>(
  form: ClassConstructor<Form>,
  body: unknown,
): Promise<Parsed<Form>> {
  const typed = typedIn(body);
  const values = plainToInstance(form, typed, { groups: ['typed'], exposeUnsetFields: false });
  fillDefaults(values);
  const faults = await validate(values, RULES);
  if (faults.length === 0) return { ok: true, values, typed };
  return { ok: false, errors: errorsOf(faults), typed };
}

/** Reads what a program sent by the same form. Names that the form does not know are refused, not ignored. */
export async function parseJson<Form extends object>(
  form: ClassConstructor<Form>,
  body: unknown,
): Promise<Form> {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new InvalidInput({ body: '请发送一个 JSON 对象' });
  const values = plainToInstance(form, body, { groups: ['json'], exposeUnsetFields: false });
  fillDefaults(values);
  const faults = await validate(values, { ...RULES, forbidNonWhitelisted: true });
  if (faults.length > 0) throw new InvalidInput(errorsOf(faults));
  return values;
}

function errorsOf(faults: readonly ValidationError[]): FieldErrors {
  return Object.fromEntries(
    faults.map((fault) => [fault.property, firstMessageOf(fault) ?? '填写有误'] as const),
  );
}

function firstMessageOf(fault: ValidationError): string | undefined {
  const [own] = Object.values(fault.constraints ?? {});
  return own ?? fault.children?.map(firstMessageOf).find((message) => message !== undefined);
}

/**
 * A form holds text, and lists of text where its name ends with `[]`. A field sent twice without that ending, or as an
 * object, was not typed by a person and is dropped.
 */
function typedIn(body: unknown): Typed {
  const typed = Object.create(null) as Record<string, string | readonly string[]>;
  for (const [name, value] of Object.entries((body ?? {}) as Record<string, unknown>)) {
    if (name.endsWith('[]')) typed[name.slice(0, -2)] = listOf(value);
    else if (typeof value === 'string') typed[name] = value.trim();
  }
  return { ...typed };
}

function listOf(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((each): each is string => typeof each === 'string').map((each) => each.trim());
}

/** The text of one field as typed, for a form shown again. */
export function textIn(typed: Typed, name: string): string {
  const value = typed[name];
  return typeof value === 'string' ? value : '';
}
