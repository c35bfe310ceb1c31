import { clockOf } from '../../duties/index.js';
import type { Duty } from '../../duties/index.js';
import { CAUSE_WORDS } from '../../kernel/causes.js';
import { dayWords, instantShort } from '../../kernel/chinese/words.js';
import { dayOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { yuanText } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { POOL, purseName, UNCLAIMED } from '../../ledger/index.js';
import type { PurseRow } from '../../ledger/index.js';
import { USE_WORDS } from '../../notices/domain/resolutions.js';
import { USES } from '../../notices/index.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import {
  button,
  choiceField,
  clock,
  errorsOf,
  fileField,
  row,
  selectField,
  table,
  tag,
  textField,
} from '../../platform/web/views.js';
import type {
  ButtonView,
  ChoiceView,
  ClockView,
  ErrorView,
  FileFieldView,
  SelectView,
  SummaryRow,
  TableView,
  TagView,
  TextFieldView,
} from '../../platform/web/views.js';
import type { ChangeFacts, GiverFacts, UnaskedFacts } from './change-of-use.queries.js';
import type { LinkMade } from './change-of-use.service.js';
import {
  ANSWER_WORDS,
  ANSWERS,
  CHANGE_REASON_WORDS,
  CHANGE_REASONS,
  CHANGE_STATE_WORDS,
  fateOf,
  saidHimself,
  tallyOf,
} from '../domain/change-of-use.js';
import type { AnsweredHow, ChangeState } from '../domain/change-of-use.js';
import { INTENT_WORDS } from '../domain/gift.js';

export const CHANGES = '/s/donations/changes-of-use';

const COLOUR = { VOTING: 'blue', ASKING: 'yellow', DONE: 'green', DROPPED: 'grey' } as const satisfies Record<
  ChangeState,
  string
>;
const yuan = (amount: Fen) => `${yuanText(amount)} 元`;
const stateTag = (state: ChangeState): TagView => tag(COLOUR[state], CHANGE_STATE_WORDS[state]);

export type ChangesView = {
  readonly title: string;
  readonly add: ButtonView | null;
  readonly changes: TableView;
};

export function changesView(changes: readonly ChangeFacts[], mayPropose: boolean): ChangesView {
  return {
    title: '变更用途',
    add: mayPropose ? button('提出变更用途', 'main', `${CHANGES}/new`) : null,
    changes: table(
      '变更用途',
      ['提出日期', '原来用于', '改用于', '金额（元）:', '现在'],
      changes.map((change) => [
        { words: dayOf(change.openedAt), href: `${CHANGES}/${change.id}` },
        purseName(change.from),
        purseName(change.into),
        yuanText(change.movedFen),
        { words: '', tag: stateTag(change.state) },
      ]),
      '还没有变更过用途。',
    ),
  };
}

export type NewChangeView = {
  readonly title: string;
  readonly back: string;
  readonly action: string;
  readonly errors: readonly ErrorView[];
  readonly purse: SelectView;
  readonly into: ChoiceView;
  readonly intoPurpose: SelectView;
  readonly intoPurse: SelectView | null;
  readonly reason: ChoiceView;
  readonly useBefore: SelectView;
  readonly useAfter: SelectView;
  readonly planNumber: TextFieldView;
};

const PURPOSES = [
  { value: '', label: '没有指定' },
  ...Object.values(CAUSE_WORDS).map((value) => ({ value, label: value })),
];

export function newChangeView(purses: readonly PurseRow[], typed: Typed, errors: FieldErrors): NewChangeView {
  const own = purses.filter(({ fund }) => fund !== UNCLAIMED.fund);
  const funds = own.filter(({ fund }) => fund !== POOL.fund);
  const intents =
    funds.length > 0
      ? (['UNRESTRICTED', 'PURPOSE', 'FUND', 'PROJECT'] as const)
      : (['UNRESTRICTED', 'PURPOSE'] as const);
  const uses = [{ value: '', label: '请选' }, ...USES.map((value) => ({ value, label: USE_WORDS[value] }))];
  return {
    title: '提出变更用途',
    back: CHANGES,
    action: CHANGES,
    errors: errorsOf(errors),
    purse: selectField(
      'purseId',
      '改哪一笔资金？',
      [
        { value: '', label: '请选' },
        ...own.map((purse) => ({
          value: purse.id,
          label: `${purseName(purse)}（能改 ${yuanText(purse.freeFen)} 元）`,
        })),
      ],
      typed,
      errors,
      { hint: '留给案件的不在里面' },
    ),
    into: choiceField(
      'into',
      '改用到哪里？',
      intents.map((value) => ({ value, label: INTENT_WORDS[value] })),
      typed,
      errors,
    ),
    intoPurpose: selectField('intoPurpose', '改用于哪种用途', PURPOSES, typed, errors, {
      optional: true,
      hint: '选“指定一种用途”才选',
    }),
    intoPurse:
      funds.length === 0
        ? null
        : selectField(
            'intoPurseId',
            '改到哪个基金或项目',
            [
              { value: '', label: '没有指定' },
              ...funds.map((purse) => ({ value: purse.id, label: purseName(purse) })),
            ],
            typed,
            errors,
            { optional: true },
          ),
    reason: choiceField(
      'reason',
      '为什么要改？',
      CHANGE_REASONS.map((value) => ({ value, label: CHANGE_REASON_WORDS[value] })),
      typed,
      errors,
    ),
    useBefore: selectField('useBefore', '公示里，原来的用途写作', uses, typed, errors),
    useAfter: selectField('useAfter', '公示里，改后的用途写作', uses, typed, errors),
    planNumber: textField('planNumber', '重新备案的募捐方案编号', typed, errors, {
      optional: true,
      hint: '里面有公开募捐来的钱才填：先把方案重新备案',
    }),
  };
}

export type ChangePageFacts = {
  readonly change: ChangeFacts;
  readonly givers: readonly GiverFacts[];
  readonly unasked: readonly UnaskedFacts[];
  readonly duty: Duty | null;
  readonly mayKeep: boolean;
  readonly maySettle: boolean;
  readonly mayEnd: boolean;
  readonly today: Day;
  readonly now: Date;
  readonly typed: Typed;
  readonly errors: FieldErrors;
};

export type ChangeView = {
  readonly title: string;
  readonly state: TagView;
  readonly errors: readonly ErrorView[];
  readonly clocks: readonly ClockView[];
  readonly figures: readonly { readonly label: string; readonly value: string }[];
  readonly facts: readonly SummaryRow[];
  readonly round: ButtonView | null;
  readonly tally: TableView | null;
  readonly givers: TableView | null;
  readonly answer: {
    readonly action: string;
    readonly giver: SelectView;
    readonly answer: ChoiceView;
    readonly paper: FileFieldView;
    readonly isOpen: boolean;
  } | null;
  readonly link: { readonly action: string; readonly giver: SelectView; readonly isOpen: boolean } | null;
  readonly settle: { readonly action: string; readonly words: string } | null;
  readonly waits: string | null;
  readonly ending: { readonly action: string } | null;
};

export function changeView(facts: ChangePageFacts): ChangeView {
  const { change, givers, unasked, duty, mayKeep, maySettle, mayEnd, today, now, typed, errors } = facts;
  const { id, state, roundId } = change;
  const isAsking = state === 'ASKING';
  const shown = duty && clockOf(duty, now);
  const open = givers.filter(({ frozenFen }) => frozenFen > 0);
  const unsaid = open.filter(({ how }) => !saidHimself(how));
  const silent = givers.filter(({ answer }) => answer === 'WAITING').length;
  const isDue = change.answerBy !== null && today > change.answerBy;
  const ready = open.filter(({ answer }) => fateOf({ basis: 'GIVER', answer }) !== 'wait').length;
  const hasUnasked = unasked.length > 0 && change.movedFen === 0;
  const isReady = isAsking && (silent === 0 || isDue) && (ready > 0 || hasUnasked);
  return {
    title: `变更用途 ${purseName(change.from)}`,
    state: stateTag(state),
    errors: errorsOf(errors),
    clocks: shown ? [clock(shown.label, shown.state, shown.words)] : [],
    figures: figuresOf(change),
    facts: factRows(change, unasked),
    round:
      roundId === null
        ? null
        : button('看表决', state === 'VOTING' ? 'main' : 'second', `/s/rounds/${roundId}`),
    tally: givers.length === 0 ? null : tallyTable(givers),
    givers: givers.length === 0 ? null : giversTable(givers),
    answer: mayKeep && isAsking && unsaid.length > 0 ? answerForm(id, unsaid, typed, errors) : null,
    link:
      mayKeep && isAsking && open.length > 0
        ? {
            action: `${CHANGES}/${id}/links`,
            giver: giverField('linkTo', open, typed, errors),
            isOpen: 'linkTo' in errors,
          }
        : null,
    settle:
      maySettle && isReady
        ? {
            action: `${CHANGES}/${id}/settlement`,
            words: '同意的改用，要退的交出纳退；没有答复的和还在想的，钱继续冻结。',
          }
        : null,
    waits:
      isAsking && silent > 0 && !isDue && change.answerBy
        ? `还有 ${silent} 位没有答复，等到 ${dayWords(change.answerBy)}。没有答复不等于同意。`
        : isReady && !maySettle
          ? '可以照答复办了，由理事长或者秘书长办。'
          : null,
    ending: mayEnd && isAsking ? { action: `${CHANGES}/${id}/end` } : null,
  };
}

function figuresOf(change: ChangeFacts) {
  const { frozenFen, movedFen, returnedFen, thawedFen } = change;
  return [
    { label: '冻结', value: yuan(frozenFen) },
    { label: '已改用', value: yuan(movedFen) },
    { label: '退还', value: yuan(returnedFen) },
    ...(thawedFen > 0 ? [{ label: '已解冻', value: yuan(thawedFen) }] : []),
  ];
}

const BASIS_WORDS = {
  BOARD: '没有捐赠人可问的，按理事会决议',
  FILING: '公开募捐的，按重新备案的方案',
  GIVER: '',
};

function factRows(change: ChangeFacts, unasked: readonly UnaskedFacts[]): SummaryRow[] {
  const { from, into, reason, useBefore, useAfter, planNumber, decisionNumber, answerBy } = change;
  return [
    row('原来用于', purseName(from)),
    row('改用于', purseName(into)),
    row('为什么', CHANGE_REASON_WORDS[reason]),
    row('公示写作', `${USE_WORDS[useBefore]}改用于${USE_WORDS[useAfter]}`),
    ...(planNumber === null ? [] : [row('重新备案号', planNumber)]),
    ...(decisionNumber === null ? [] : [row('决议', decisionNumber)]),
    ...(answerBy === null ? [] : [row('答复期限', dayWords(answerBy))]),
    ...unasked.map(({ basis, lots, amountFen }) => row(BASIS_WORDS[basis], `${lots} 笔，${yuan(amountFen)}`)),
  ];
}

function tallyTable(givers: readonly GiverFacts[]): TableView {
  return table(
    '答复合计',
    ['答复', '几位:', '金额（元）:'],
    tallyOf(givers).map(({ answer, givers: count, amountFen }) => [
      ANSWER_WORDS[answer],
      String(count),
      yuanText(amountFen),
    ]),
    '',
  );
}

function giversTable(givers: readonly GiverFacts[]): TableView {
  return table(
    '逐位答复',
    ['捐赠人', '金额（元）:', '答复', '哪天', '凭什么'],
    givers.map(({ shownName, amountFen, answer, answeredAt, how, paperFileId, linkMadeAt }) => [
      shownName,
      yuanText(amountFen),
      ANSWER_WORDS[answer],
      answeredAt ? instantShort(answeredAt) : linkMadeAt ? `${instantShort(linkMadeAt)} 做了链接` : '还没有',
      paperFileId === null
        ? how === null
          ? '还没有'
          : HOW_WORDS[how]
        : { words: '看意见书', href: `/s/files/${paperFileId}` },
    ]),
    '',
  );
}

const HOW_WORDS = { LINK: '本人点链接', ACCOUNT: '本人登录', PAPER: '口头' } as const satisfies Record<
  AnsweredHow,
  string
>;

function giverField(
  name: 'giverId' | 'linkTo',
  givers: readonly GiverFacts[],
  typed: Typed,
  errors: FieldErrors,
  hint: string | null = null,
): SelectView {
  const options = givers.map(({ id, shownName, amountFen }) => ({
    value: id,
    label: `${shownName}（${yuanText(amountFen)} 元）`,
  }));
  const choices = [{ value: '', label: '请选' }, ...options];
  const field = selectField(name, '哪位捐赠人？', choices, typed, errors, { hint });
  return { ...field, name: 'giverId' };
}

function answerForm(id: string, givers: readonly GiverFacts[], typed: Typed, errors: FieldErrors) {
  return {
    action: `${CHANGES}/${id}/answers`,
    giver: giverField('giverId', givers, typed, errors, '自己答复过的，不能替他改，所以不在里面'),
    answer: choiceField(
      'answer',
      '他怎么答复的？',
      ANSWERS.map((value) => ({ value, label: ANSWER_WORDS[value] })),
      typed,
      errors,
    ),
    paper: fileField('paper', '签字的意见书', errors, {
      optional: true,
      hint: '同意和退回一定要有；还在想的可以没有',
    }),
    isOpen: ['giverId', 'answer', 'paper'].some((field) => field in errors),
  };
}

export type UseLinkView = {
  readonly title: string;
  readonly back: string;
  readonly name: string;
  /** Null for the same form sent twice: the link was shown once, and is not kept. */
  readonly text: string | null;
};

/** The ready words for a giver: no amount and no purpose, since a message may be read over a shoulder. */
export function useLinkView(
  { id }: ChangeFacts,
  giver: GiverFacts | null,
  societyName: string,
  { url }: LinkMade,
): UseLinkView {
  return {
    title: '链接做好了',
    back: `${CHANGES}/${id}`,
    name: giver?.shownName ?? '捐赠人',
    text:
      url === null ? null : `【${societyName}】您捐的钱还有一部分没有用完，想请您拿个主意。点开看：${url}`,
  };
}
