import { dayWords, instantShort } from '../kernel/chinese/words.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { button, errorsOf, fileField, row, tag, textField } from '../platform/web/views.js';
import type {
  ButtonView,
  ErrorView,
  FileFieldView,
  SummaryRow,
  TagView,
  TextFieldView,
} from '../platform/web/views.js';
import { FINDING_REASONS, FINDING_WORDS } from './domain/findings.js';
import { mayAnswer } from './rectification-rights.js';
import type { OutcomeFact } from './review.queries.js';
import type { Role } from '../kernel/actor.js';

export type RectificationView = {
  readonly title: string;
  readonly errors: readonly ErrorView[];
  readonly back: string;
  readonly state: TagView;
  readonly rows: readonly SummaryRow[];
  readonly photo: string | null;
  /** To the board, where the federation asks for a revocation. */
  readonly revoke: ButtonView | null;
  readonly form: {
    readonly action: string;
    readonly words: TextFieldView;
    readonly photo: FileFieldView;
  } | null;
};

export function rectificationView(
  outcome: OutcomeFact,
  roles: readonly Role[],
  isPaid: boolean,
  typed: Typed,
  errors: FieldErrors,
): RectificationView {
  const { id, caseNumber, kind, reason, dueOn, words, settledAt, answeredAt, answer, fileId } = outcome;
  const isOpen = answeredAt === null && isPaid;
  const mine = isOpen && mayAnswer(roles);
  return {
    title: `总会意见：${FINDING_WORDS[kind]}`,
    errors: errorsOf(errors),
    back: `/s/cases/${caseNumber}`,
    state: isOpen
      ? tag(kind === 'REVOKE' ? 'red' : 'yellow', '等本社答复')
      : tag('blue', answeredAt === null ? '案件已经撤销，不用再答复' : '已答复，等总会复核'),
    rows: [
      row('案件', caseNumber, { href: `/s/cases/${caseNumber}` }),
      row('理由', FINDING_REASONS[reason].words),
      ...(words === null ? [] : [row('说明', words)]),
      row('哪天说的', instantShort(settledAt)),
      ...(dueOn === null ? [] : [row('限到', dayWords(dueOn))]),
      ...(answeredAt === null ? [] : [row('本社答复', `${answer ?? ''}（${instantShort(answeredAt)}）`)]),
    ],
    photo: fileId === null ? null : `/s/files/${fileId}`,
    revoke:
      mine && kind === 'REVOKE'
        ? button('请理事表决撤销', 'main', `/s/cases/${caseNumber}/revocation`)
        : null,
    form: mine
      ? {
          action: `/s/rectifications/${id}`,
          words: textField(
            'words',
            kind === 'REVOKE' ? '理事会为什么没有撤销？' : '怎么整改的？',
            typed,
            errors,
            kind === 'REVOKE' ? { hint: '请了理事表决撤销，就不用填这里' } : {},
          ),
          photo: fileField('photo', '照片', errors, {
            optional: true,
            hint: '补上的材料、更正后的记录，拍一张',
          }),
        }
      : null,
  };
}
