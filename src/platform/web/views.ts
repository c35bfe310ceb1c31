import type { FieldErrors, Typed } from './forms.js';

/*
 * What the partials of `templates/partials` are given. Every key is always there (null, false or [] where there is
 * nothing), because the templates are strict: a page that forgets one does not compile, and does not render.
 */

export type Colour = 'red' | 'yellow' | 'blue' | 'green' | 'grey';

/** A colour is never alone: it always comes with its words (适老化通用设计规范: colour alone is forbidden). */
export type TagView = { readonly colour: Colour; readonly words: string };

export type ErrorView = { readonly field: string; readonly message: string };

type Field = {
  /** The label points here, and so do the links of the error summary. */
  readonly id: string;
  readonly name: string;
  readonly label: string;
  /** Says （可不填） after the label; what must be filled in is never starred. */
  readonly optional: boolean;
  readonly hint: string | null;
  readonly error: string | null;
  /** The ids of hint and error, for a screen reader. */
  readonly describedBy: string | null;
};

export type SuggestView = {
  /** Answers `GET url?q=…` with `{"items":[{"id":"…","words":"李建明 三组"}]}`. */
  readonly url: string;
  /** The hidden field that takes the id of what was picked; typing again empties it. */
  readonly into: string;
  readonly picked: string;
};

export type TextFieldView = Field & {
  readonly value: string;
  readonly type: 'text' | 'tel' | 'password' | 'date' | 'datetime-local' | 'search';
  readonly inputmode: 'numeric' | 'decimal' | 'tel' | 'search' | 'text' | null;
  readonly autocomplete: string;
  readonly suffix: string | null;
  /** Narrow on a wide screen: dates, amounts, numbers. */
  readonly short: boolean;
  /** Number of ID, phone, card: no draft of it stays on the phone. */
  readonly secret: boolean;
  readonly suggest: SuggestView | null;
  readonly rows: number;
};

export type AmountFieldView = TextFieldView & {
  /** Amounts to tap; they only fill the field, so that a phone without script misses nothing. */
  readonly chips: readonly { readonly value: string; readonly words: string }[];
};

export type OptionView = {
  readonly id: string;
  readonly value: string;
  readonly label: string;
  readonly hint: string | null;
  readonly checked: boolean;
};

export type ChoiceView = Field & {
  /** Two tiles a row, for short words. */
  readonly tiles: boolean;
  readonly options: readonly OptionView[];
};

export type CheckView = ChoiceView;

export type SelectView = Field & { readonly options: readonly OptionView[] };

export type FileFieldView = Field & {
  readonly accept: string;
  /** Opens the camera at once: for what lies on the table, such as a paper. */
  readonly camera: boolean;
};

export type ButtonView = {
  readonly words: string;
  readonly kind: 'main' | 'second' | 'warn';
  /** A link that looks like a button; null for a button that sends its form. */
  readonly href: string | null;
};

export type LinkView = { readonly words: string; readonly href: string };

export type SummaryRow = {
  readonly label: string;
  /** Too long to stand beside its value on a phone: it stands above. */
  readonly long: boolean;
  readonly value: string;
  /** Makes the value a link. */
  readonly href: string | null;
  /** Where 改 leads. */
  readonly change: string | null;
};

export type TimelineEvent = {
  readonly at: string;
  readonly words: string;
  readonly who: string | null;
  readonly href: string | null;
};

export type ClockState = 'done' | 'running' | 'late' | 'waiting';

export type ClockView = {
  readonly label: string;
  readonly words: string;
  readonly state: ClockState;
  readonly stateWords: string;
};

export type CardView = {
  readonly colour: Colour;
  /** Without a tag the colour would be alone. */
  readonly tag: TagView;
  readonly title: string;
  readonly href: string | null;
  readonly lines: readonly string[];
  readonly actions: readonly ButtonView[];
};

export type ColumnView = { readonly label: string; readonly numeric: boolean };

export type CellView = {
  /** The column's label, shown before the cell on a phone. */
  readonly label: string;
  readonly words: string;
  readonly numeric: boolean;
  readonly href: string | null;
  readonly tag: TagView | null;
};

export type TableView = {
  readonly caption: string;
  readonly columns: readonly ColumnView[];
  readonly rows: readonly { readonly cells: readonly CellView[] }[];
  /** What stands there while there are no rows: never a blank. */
  readonly empty: string;
  /** On a phone the words of a row follow one another without their heads: for words that explain themselves. */
  readonly brief: boolean;
};

export type NavItem = { readonly words: string; readonly href: string; readonly current: boolean };

export type FontSize = 'standard' | 'large' | 'largest';

/** What the layout shows around every page. */
export type PageFrame = {
  readonly title: string;
  readonly brand: string;
  readonly home: string;
  /** The whole menu stands in one line on a desk; on a phone `more` lies folded behind 更多. */
  readonly nav: readonly NavItem[];
  readonly more: readonly NavItem[];
  readonly signedInAs: string | null;
  readonly phone: { readonly words: string; readonly href: string } | null;
  readonly fontSize: FontSize;
  readonly fontSizes: readonly {
    readonly value: FontSize;
    readonly words: string;
    readonly current: boolean;
  }[];
  /** The page itself, to come back to when the size of the letters was changed. */
  readonly path: string;
  readonly styles: string;
  readonly script: string;
  /** Keys and all else that only the desk of a federation has: its pages ask for it. */
  readonly deskScript: string;
  readonly icon: string;
  /** The same as a feed (RFC 4287), named in the head of the page; null where there is none. */
  readonly feed: string | null;
};

type FieldOptions = { readonly hint?: string | null; readonly optional?: boolean };
type TextOptions = FieldOptions &
  Partial<
    Pick<TextFieldView, 'type' | 'inputmode' | 'autocomplete' | 'suffix' | 'short' | 'secret' | 'rows'>
  > & {
    readonly suggest?: { readonly url: string; readonly into: string } | null;
  };
type Options = readonly { readonly value: string; readonly label: string; readonly hint?: string | null }[];

/** `visitors[]` → `visitors`, which is what the errors and the links call it. */
const idOf = (name: string): string => name.replace(/[^\w-]+/g, '');

function valuesOf(typed: Typed, name: string): readonly string[] {
  const value = typed[name] ?? typed[idOf(name)] ?? [];
  return typeof value === 'string' ? [value] : value;
}

function fieldOf(name: string, label: string, errors: FieldErrors, options: FieldOptions): Field {
  const id = idOf(name);
  const hint = options.hint ?? null;
  const error = errors[name] ?? errors[id] ?? null;
  const parts = [hint === null ? '' : `${id}-hint`, error === null ? '' : `${id}-error`].filter(Boolean);
  const describedBy = parts.length > 0 ? parts.join(' ') : null;
  return { id, name, label, optional: options.optional ?? false, hint, error, describedBy };
}

export function textField(
  name: string,
  label: string,
  typed: Typed,
  errors: FieldErrors,
  options: TextOptions = {},
): TextFieldView {
  const suggest = options.suggest ?? null;
  return {
    ...fieldOf(name, label, errors, options),
    value: valuesOf(typed, name)[0] ?? '',
    type: options.type ?? 'text',
    inputmode: options.inputmode ?? null,
    autocomplete: options.autocomplete ?? 'off',
    suffix: options.suffix ?? null,
    short: options.short ?? false,
    secret: options.secret ?? options.type === 'password',
    suggest: suggest && { ...suggest, picked: valuesOf(typed, suggest.into)[0] ?? '' },
    rows: options.rows ?? 4,
  };
}

/** Yuan, as a person writes them: `1000`, `1,000.50`, `3.5万`. */
export function amountField(
  name: string,
  label: string,
  typed: Typed,
  errors: FieldErrors,
  options: TextOptions & { readonly chips?: readonly string[] } = {},
): AmountFieldView {
  const field = textField(name, label, typed, errors, {
    suffix: '元',
    inputmode: 'decimal',
    short: true,
    ...options,
  });
  return { ...field, chips: (options.chips ?? []).map((value) => ({ value, words: `${value} 元` })) };
}

/** A day, written and sent as YYYY-MM-DD; the phone shows its own calendar. */
export function dayField(
  name: string,
  label: string,
  typed: Typed,
  errors: FieldErrors,
  options: TextOptions = {},
): TextFieldView {
  return textField(name, label, typed, errors, { type: 'date', short: true, ...options });
}

function optionsOf(id: string, options: Options, chosen: readonly string[]): OptionView[] {
  return options.map(({ value, label, hint }, i) => ({
    id: i === 0 ? id : `${id}-${i + 1}`,
    value,
    label,
    hint: hint ?? null,
    checked: chosen.includes(value),
  }));
}

/** One of several, as radio buttons. */
export function choiceField(
  name: string,
  label: string,
  options: Options,
  typed: Typed,
  errors: FieldErrors,
  more: FieldOptions & { readonly tiles?: boolean } = {},
): ChoiceView {
  const field = fieldOf(name, label, errors, more);
  return {
    ...field,
    tiles: more.tiles ?? false,
    options: optionsOf(field.id, options, valuesOf(typed, name)),
  };
}

/** Any of several, as boxes to tick; one option alone is a yes. */
export function checkField(
  name: string,
  label: string,
  options: Options,
  typed: Typed,
  errors: FieldErrors,
  more: FieldOptions & { readonly tiles?: boolean } = {},
): CheckView {
  return choiceField(name, label, options, typed, errors, more);
}

/** One of many: a list to open. Up to eight read better as `choiceField`. */
export function selectField(
  name: string,
  label: string,
  options: Options,
  typed: Typed,
  errors: FieldErrors,
  more: FieldOptions = {},
): SelectView {
  return choiceField(name, label, options, typed, errors, more);
}

/** A photo or a file. What a browser was given before is never sent back to it, so there is no value. */
export function fileField(
  name: string,
  label: string,
  errors: FieldErrors,
  options: FieldOptions & { readonly accept?: string; readonly camera?: boolean } = {},
): FileFieldView {
  return {
    ...fieldOf(name, label, errors, options),
    accept: options.accept ?? 'image/jpeg,image/png',
    camera: options.camera ?? false,
  };
}

/** For `partials/error-summary`, in the order in which the form found them. */
export function errorsOf(errors: FieldErrors): ErrorView[] {
  return Object.entries(errors).map(([field, message]) => ({ field: idOf(field), message }));
}

export function tag(colour: Colour, words: string): TagView {
  return { colour, words };
}

export function button(
  words: string,
  kind: ButtonView['kind'] = 'main',
  href: string | null = null,
): ButtonView {
  return { words, kind, href };
}

const MOST_BESIDE = 8;

export function row(
  label: string,
  value: string,
  links: { readonly href?: string | null; readonly change?: string | null } = {},
): SummaryRow {
  const long = label.length > MOST_BESIDE;
  return { label, long, value, href: links.href ?? null, change: links.change ?? null };
}

const STATE_WORDS: Record<ClockState, string> = {
  done: '办完了',
  running: '正在计时',
  late: '超时了',
  waiting: '还没开始',
};

export function clock(label: string, state: ClockState, words: string): ClockView {
  return { label, words, state, stateWords: STATE_WORDS[state] };
}

export function event(
  at: string,
  words: string,
  who: string | null = null,
  href: string | null = null,
): TimelineEvent {
  return { at, words, who, href };
}

/** A line may end with the dot between two words; none begins with it. */
export function dotted(words: string): string {
  return words.replaceAll(' · ', '\u00a0· ');
}

export function card(
  tagOfCard: TagView,
  title: string,
  lines: readonly string[],
  more: { readonly href?: string | null; readonly actions?: readonly ButtonView[] } = {},
): CardView {
  const { colour } = tagOfCard;
  return {
    colour,
    tag: tagOfCard,
    title: dotted(title),
    lines,
    href: more.href ?? null,
    actions: more.actions ?? [],
  };
}

type Cell = string | { readonly words: string; readonly href?: string | null; readonly tag?: TagView | null };

/** A column whose label ends in `:` holds numbers and stands to the right: `['编号', '金额（元）:']`. */
export function table(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  empty: string,
  { brief = false }: { readonly brief?: boolean } = {},
): TableView {
  const heads = columns.map((column) => ({ label: column.replace(/:$/, ''), numeric: column.endsWith(':') }));
  const cellOf = (cell: Cell, column: ColumnView | undefined): CellView => {
    const { words, href = null, tag: tagOfCell = null } = typeof cell === 'string' ? { words: cell } : cell;
    return { label: column?.label ?? '', numeric: column?.numeric ?? false, words, href, tag: tagOfCell };
  };
  return {
    caption,
    columns: heads,
    rows: rows.map((cells) => ({ cells: cells.map((cell, i) => cellOf(cell, heads[i])) })),
    empty,
    brief,
  };
}

const FONT_WORDS: Record<FontSize, string> = { standard: '标准', large: '大', largest: '特大' };

export const FONT_SIZES = Object.keys(FONT_WORDS) as FontSize[];

/** A page with mistakes says so before anything else, in the tab and to a screen reader. */
export function titleOf(title: string, mistakes: boolean, brand: string): string {
  return `${mistakes ? '错误：' : ''}${title} · ${brand}`;
}

/** As many words of a menu as a phone of 360 px shows in one row. */
const MOST_IN_A_ROW = 5;

export function frameOf(
  facts: Omit<PageFrame, 'fontSizes' | 'phone' | 'more'> & { readonly phone: string | null },
): PageFrame {
  const { nav } = facts;
  const shown = nav.length > MOST_IN_A_ROW ? MOST_IN_A_ROW - 1 : nav.length;
  const fontSizes = FONT_SIZES.map((value) => ({
    value,
    words: FONT_WORDS[value],
    current: value === facts.fontSize,
  }));
  const phone =
    facts.phone === null ? null : { words: facts.phone, href: `tel:${facts.phone.replace(/[^\d+]/g, '')}` };
  return { ...facts, nav: nav.slice(0, shown), more: nav.slice(shown), fontSizes, phone };
}
