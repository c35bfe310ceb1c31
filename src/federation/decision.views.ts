import { dayWords } from '../kernel/chinese/words.js';
import { addDays, dayOf } from '../kernel/day.js';
import { yuanText } from '../kernel/fen.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { textIn } from '../platform/web/forms.js';
import { choiceField, dayField, row, selectField, textField } from '../platform/web/views.js';
import type { ChoiceView, SelectView, SummaryRow, TextFieldView } from '../platform/web/views.js';
import {
  FINDING_KINDS,
  FINDING_REASON_KEYS,
  FINDING_REASONS,
  FINDING_WORDS,
  findingsNeeded,
} from './domain/findings.js';
import type { FindingKind } from './domain/findings.js';
import { MOST_RECTIFY_DAYS, REVOKE_WORKING_DAYS, USUAL_RECTIFY_DAYS } from './domain/terms.js';
import type { GrantFact } from './desk.queries.js';
import type { GrantFindingTyped } from './findings.service.js';
import type { GrantFacts } from './grant.reading.js';

/** a 通过, r 退回整改, e 上报（建议撤销）: a key only chooses. */
const KEYS: Readonly<Record<FindingKind, string>> = { IN_ORDER: 'a', RECTIFY: 'r', REVOKE: 'e' };

export type DecisionView = {
  readonly action: string;
  readonly query: string;
  readonly kind: ChoiceView & {
    readonly keys: readonly (ChoiceView['options'][number] & { readonly key: string })[];
  };
  readonly reason: SelectView;
  readonly dueOn: TextFieldView;
  readonly words: TextFieldView;
};

export function decisionView(
  { grant, now }: GrantFacts,
  query: string,
  typed: Typed,
  errors: FieldErrors,
): DecisionView {
  const usual = addDays(dayOf(now), USUAL_RECTIFY_DAYS);
  const kinds = FINDING_KINDS.map((value) => ({ value, label: FINDING_WORDS[value] }));
  const kind = choiceField('kind', '审核意见', kinds, typed, errors);
  const reasons = [
    { value: '', label: '请选一条' },
    ...FINDING_REASON_KEYS.map((value) => ({
      value,
      label: `${FINDING_WORDS[FINDING_REASONS[value].kind]}：${FINDING_REASONS[value].words}`,
    })),
  ];
  return {
    action: `/s/desk/cases/${grant.id}/check`,
    query,
    kind: {
      ...kind,
      keys: FINDING_KINDS.flatMap((each, i) => {
        const option = kind.options[i];
        return option ? [{ ...option, key: KEYS[each] }] : [];
      }),
    },
    reason: selectField('reason', '理由', reasons, typed, errors),
    dueOn: dayField('dueOn', '整改到哪一天', { dueOn: usual, ...typed }, errors, {
      hint: `只管限期整改，最长 ${MOST_RECTIFY_DAYS} 天`,
    }),
    words: textField('words', '说明', typed, errors, { optional: true, rows: 2 }),
  };
}

export type CheckView = {
  readonly title: string;
  readonly back: string;
  readonly rows: readonly SummaryRow[];
  readonly then: string;
  readonly action: string;
  readonly query: string;
  readonly hidden: readonly { readonly name: string; readonly value: string }[];
};

/** What was chosen, once more and whole; and what it sets in motion. */
export function checkView(
  grant: GrantFact,
  finding: GrantFindingTyped,
  typed: Typed,
  query: string,
): CheckView {
  const { kind, reason, dueOn, words } = finding;
  return {
    title: '核对一下',
    back: `/s/desk/cases/${grant.id}?${query}`,
    rows: [
      row('哪一件', `${grant.text} ${grant.societyName}`),
      row('金额', `${yuanText(grant.amountFen)} 元`),
      row('意见', FINDING_WORDS[kind]),
      row('理由', FINDING_REASONS[reason].words),
      ...(dueOn === null ? [] : [row('限到', dayWords(dueOn))]),
      ...(words === null ? [] : [row('说明', words)]),
    ],
    then: findingsNeeded(grant.amountFen) === 2 ? `${THEN[kind]}这一件要两个人说的一样才算。` : THEN[kind],
    action: `/s/desk/cases/${grant.id}/findings`,
    query,
    hidden: ['kind', 'reason', 'dueOn', 'words'].map((name) => ({ name, value: textIn(typed, name) })),
  };
}

const THEN: Readonly<Record<FindingKind, string>> = {
  IN_ORDER: '记下以后，这一件离开审核台。',
  RECTIFY: '记下以后，互助社会看到意见和期限，答复以后回到审核台。',
  REVOKE: `记下以后，互助社要在 ${REVOKE_WORKING_DAYS} 个工作日内请理事表决，或答复为什么不撤销。`,
};
