import { instantShort } from '../../kernel/chinese/words.js';
import type { Actor } from '../../kernel/actor.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { errorsOf, row, table, textField } from '../../platform/web/views.js';
import type { ErrorView, SummaryRow, TableView, TextFieldView } from '../../platform/web/views.js';
import { CORRECTION_WORDS, FIELD_WORDS } from '../domain/person-correction.js';
import type { PersonSummary } from '../people.queries.js';
import type { CorrectionFacts } from './corrections.queries.js';

const hrefOf = ({ id }: Pick<CorrectionFacts, 'id'>) => `/s/people/corrections/${id}`;

export type CorrectionsView = {
  readonly title: string;
  readonly back: string;
  readonly waiting: TableView;
};

export function correctionsView(waiting: readonly CorrectionFacts[], mayHandle: boolean): CorrectionsView {
  return {
    title: '等确认的更正',
    back: mayHandle ? '/s/people' : '/s',
    waiting: correctionsTable(waiting, '没有等确认的更正。'),
  };
}

/** For a list of its own, and for the history of a person. */
export function correctionsTable(corrections: readonly CorrectionFacts[], empty: string): TableView {
  return table(
    '更正记录',
    ['更正', '原来', '更正为', '提出', '结果'],
    corrections.map((each) => [
      { words: FIELD_WORDS[each.field], href: hrefOf(each) },
      each.before,
      each.after,
      `${each.proposerName ?? '系统管理员'} ${instantShort(each.proposedAt)}`,
      CORRECTION_WORDS[each.state],
    ]),
    empty,
  );
}

export type CorrectionView = {
  readonly title: string;
  readonly back: string;
  readonly errors: readonly ErrorView[];
  readonly facts: readonly SummaryRow[];
  /** For a second person alone. */
  readonly confirm: { readonly action: string } | null;
  readonly decline: { readonly action: string; readonly words: TextFieldView } | null;
  /** Why whoever looks at it may only wait. */
  readonly waits: string | null;
  readonly done: string | null;
};

type Facts = {
  readonly correction: CorrectionFacts;
  readonly person: PersonSummary;
  readonly actor: Pick<Actor, 'personId' | 'accountId'>;
  readonly mayHandle: boolean;
};

export function correctionView(
  { correction, person, actor, mayHandle }: Facts,
  typed: Typed,
  errors: FieldErrors,
): CorrectionView {
  const { state, field, before, after, reason, answer, deciderName, decidedAt } = correction;
  const isOwn =
    actor.personId === person.id ||
    (actor.personId !== null && actor.personId === correction.proposedBy) ||
    (actor.accountId !== null && actor.accountId === correction.proposedByAccount);
  const decides = state === 'WAITING' && !isOwn;
  return {
    title: `更正${FIELD_WORDS[field]}`,
    back: mayHandle ? `/s/people/${person.id}` : '/s/people/corrections',
    errors: errorsOf(errors),
    facts: [
      row('谁', `${person.name} ${person.group}`, { href: mayHandle ? `/s/people/${person.id}` : null }),
      row('更正', FIELD_WORDS[field]),
      row('原来', before),
      row('更正为', after),
      row('原因', reason),
      row('提出', `${correction.proposerName ?? '系统管理员'} ${instantShort(correction.proposedAt)}`),
      row('结果', CORRECTION_WORDS[state]),
      ...(decidedAt === null
        ? []
        : [row('办的人', `${deciderName ?? '系统管理员'} ${instantShort(decidedAt)}`)]),
      ...(answer === null ? [] : [row('退回的原因', answer)]),
    ],
    confirm: decides ? { action: `${hrefOf(correction)}/confirmation` } : null,
    decline: decides
      ? {
          action: `${hrefOf(correction)}/refusal`,
          words: textField('words', '为什么退回？', typed, errors, { rows: 3 }),
        }
      : null,
    waits: state === 'WAITING' && isOwn ? '等另一个人核对后确认：提出的人和本人都不能自己确认。' : null,
    done:
      state === 'CONFIRMED'
        ? '名册已经更正。已经张贴的公示不改；写着旧姓名或旧小组的，请到那张公示上点“更正公示”。'
        : null,
  };
}
