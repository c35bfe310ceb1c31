import { dayWords, instantWords } from '../kernel/chinese/words.js';
import { dayOf } from '../kernel/day.js';
import { yuanText } from '../kernel/fen.js';
import type { PersonSummary } from '../people/index.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { choiceField, errorsOf, row, textField } from '../platform/web/views.js';
import type { ChoiceView, ErrorView, LinkView, SummaryRow, TextFieldView } from '../platform/web/views.js';
import type { CaseFacts } from './cases.queries.js';
import { CAUSE_WORDS } from '../kernel/causes.js';
import type { Cause } from '../kernel/causes.js';
import {
  grants,
  OVERRIDE_REASON_WORDS,
  OVERRIDE_REASONS,
  OVERRIDE_STATE_WORDS,
  OVERRIDE_WORDS,
} from './domain/override.js';
import type { OverrideKind } from './domain/override.js';
import type { OverrideFact } from './overrides.queries.js';

/** What is asked for: by the village while it is asked, by the town while it is decided. */
export type OverrideView = {
  readonly title: string;
  readonly back: string;
  readonly help: string;
  readonly facts: readonly SummaryRow[];
  readonly form: {
    readonly action: string;
    readonly hidden: readonly { readonly name: string; readonly value: string }[];
    readonly choice: ChoiceView | null;
    readonly words: TextFieldView;
    readonly button: string;
  } | null;
  readonly errors: readonly ErrorView[];
};

export type OverrideFacts = {
  readonly kind: OverrideKind;
  readonly cause: Cause | null;
  readonly person: PersonSummary;
  /** The case that stands in the way. */
  readonly earlier: CaseFacts | null;
  /** What was asked before, and what came of it. */
  readonly asked: OverrideFact | null;
};

export function askOverrideHref(kind: OverrideKind, personId: string, cause: Cause | null): string {
  const query = new URLSearchParams({ kind, person: personId, ...(cause === null ? {} : { cause }) });
  return `/s/overrides/new?${query.toString()}`;
}

export function askOverrideLink(kind: OverrideKind, personId: string, cause: Cause | null): LinkView {
  const words = kind === 'SAME_CAUSE' ? '请镇里批准第二次' : '请镇里批准';
  return { words, href: askOverrideHref(kind, personId, cause) };
}

export function askOverrideView(
  facts: OverrideFacts & { readonly above: string | null },
  typed: Typed,
  errors: FieldErrors,
): OverrideView {
  const { kind, cause, person, above, asked } = facts;
  const inHand = asked?.state === 'ASKED' || asked?.state === 'GRANTED';
  const hidden = [
    { name: 'kind', value: kind },
    { name: 'personId', value: person.id },
    ...(cause === null ? [] : [{ name: 'cause', value: cause }]),
  ];
  return {
    title: '请镇里批准',
    back: '/s/cases',
    help:
      above === null
        ? '本社还没有上级镇联合社，没有人可以批准。'
        : `${above}批准以后，这一件可以接着办，只管一次。镇里只看到遮住的姓名。`,
    facts: factsOf(facts),
    form:
      above === null || inHand
        ? null
        : {
            action: '/s/overrides',
            hidden,
            choice: null,
            words: textField('note', '为什么要再救助一次？', typed, errors, {
              rows: 3,
              secret: true,
              hint: '写清和上次有什么不同；不要写病名和身份证号',
            }),
            button: '送镇里',
          },
    errors: errorsOf(errors),
  };
}

export function decideOverrideView(
  facts: OverrideFacts & { readonly asked: OverrideFact; readonly mayDecide: boolean },
  typed: Typed,
  errors: FieldErrors,
): OverrideView {
  const { asked, mayDecide } = facts;
  const options = OVERRIDE_REASONS.map((reason) => ({
    value: reason,
    label: `${grants(reason) ? '批准' : '不批准'}：${OVERRIDE_REASON_WORDS[reason]}`,
  }));
  return {
    title: `${asked.societyName}请批准`,
    back: '/s/town',
    help: '按规定这一件村里不能办，批准以后村里可以办一次。由理事长或秘书长定，理由都记下来，不能改。',
    facts: [row('哪个村', asked.societyName), ...factsOf(facts), row('村里的说明', asked.note)],
    form:
      asked.state === 'ASKED' && mayDecide
        ? {
            action: `/s/town/overrides/${asked.id}/decision`,
            hidden: [],
            choice: choiceField('reason', '批不批准？', options, typed, errors),
            words: textField('words', '给村里写两句', typed, errors, {
              rows: 2,
              optional: true,
              secret: true,
            }),
            button: '就这样定',
          }
        : null,
    errors: errorsOf(errors),
  };
}

function factsOf({ kind, cause, person, earlier, asked }: OverrideFacts): SummaryRow[] {
  return [
    row('对象', `${person.maskedName}（${person.group}）`),
    row('请批什么', OVERRIDE_WORDS[kind]),
    ...(cause === null ? [] : [row('事由', CAUSE_WORDS[cause])]),
    ...(earlier === null ? [] : [row('已有的一件', earlierWords(earlier))]),
    ...(asked === null ? [] : [row('请求', `${OVERRIDE_STATE_WORDS[asked.state]}（${stampOf(asked)}）`)]),
    ...(asked?.reason ? [row('镇里的理由', reasonWords(asked))] : []),
  ];
}

function earlierWords({ text, cause, amountFen, acceptedAt }: CaseFacts): string {
  return `${text}，${CAUSE_WORDS[cause]}，${yuanText(amountFen)} 元，${dayWords(dayOf(acceptedAt))}登记`;
}

function reasonWords({ reason, words }: OverrideFact): string {
  return [reason && OVERRIDE_REASON_WORDS[reason], words].filter(Boolean).join('。');
}

function stampOf({ askedAt, decidedAt }: OverrideFact): string {
  return instantWords(decidedAt ?? askedAt);
}
