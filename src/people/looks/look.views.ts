import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { choiceField, errorsOf, row, textField } from '../../platform/web/views.js';
import type { ChoiceView, ErrorView, SummaryRow, TextFieldView } from '../../platform/web/views.js';
import { LOOK_FIELD_WORDS, LOOK_LIMITS, LOOK_REASON_WORDS } from '../domain/look.js';
import type { LookField } from '../domain/look.js';
import type { LookAsking, Looked, LookLine } from './looks.service.js';

/** Where the case stands, and where its looks are asked for. */
export type LookPlace = { readonly back: string; readonly action: string };

export type LookView = {
  readonly title: string;
  readonly back: string;
  readonly errors: readonly ErrorView[];
  readonly facts: readonly SummaryRow[];
  readonly form: {
    readonly action: string;
    readonly field: string;
    readonly reason: ChoiceView;
    readonly note: TextFieldView;
    readonly limits: string;
  } | null;
  readonly shown: { readonly label: string; readonly value: string } | null;
};

/** Asks why. */
export function lookView(
  place: LookPlace,
  { line, reasons }: LookAsking,
  typed: Typed,
  errors: FieldErrors,
): LookView {
  const { perDay, perWhile, whileMinutes } = LOOK_LIMITS;
  const options = reasons.map((value) => ({ value, label: LOOK_REASON_WORDS[value] }));
  return {
    title: lookTitle(line.field),
    back: place.back,
    errors: errorsOf(errors),
    facts: [row(LOOK_FIELD_WORDS[line.field], line.masked)],
    form: {
      action: place.action,
      field: line.field,
      reason: choiceField('reason', '为什么要看？', options, typed, errors),
      note: textField('note', '补充说明', typed, errors, { optional: true, hint: '如 银行退回，核对卡号' }),
      limits: `每人每天最多看 ${perDay} 次，${whileMinutes} 分钟里最多 ${perWhile} 次。`,
    },
    shown: null,
  };
}

/** Shows it, this once. */
export function lookedView({ back }: LookPlace, { field, value }: Looked): LookView {
  return {
    ...{ title: lookTitle(field), back, errors: [], facts: [], form: null },
    shown: { label: LOOK_FIELD_WORDS[field], value: inGroups(field, value) },
  };
}

/** The masked lines of a case's page, each with the way to the whole. */
export function lookRows(lines: readonly LookLine[], base: string): SummaryRow[] {
  return lines.map(({ field, masked }) =>
    row(LOOK_FIELD_WORDS[field], masked, { href: lookHref(base, field) }),
  );
}

const lookHref = (base: string, field: LookField) => `${base}/look?field=${field}`;

const lookTitle = (field: LookField): string => `查看完整${LOOK_FIELD_WORDS[field]}`;

/** A number is read and typed in groups; its digits stay as they are. */
function inGroups(field: LookField, value: string): string {
  if (field === 'CARD') return value.replace(/(\d{4})(?=\d)/g, '$1 ');
  if (field === 'ID_NUMBER') return value.replace(/^(\d{6})(\d{8})/, '$1 $2 ');
  if (field === 'STORY') return value;
  return value.replace(/^(\d{3})(\d{4})/, '$1 $2 ');
}
