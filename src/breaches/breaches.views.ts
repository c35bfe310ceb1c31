import type { Actor } from '../kernel/actor.js';
import { dayWords, instantShort } from '../kernel/chinese/words.js';
import type { Day } from '../kernel/day.js';
import type { PersonSummary } from '../people/index.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import {
  button,
  choiceField,
  dayField,
  errorsOf,
  row,
  selectField,
  table,
  textField,
} from '../platform/web/views.js';
import type {
  ButtonView,
  ChoiceView,
  ErrorView,
  LinkView,
  SelectView,
  SummaryRow,
  TableView,
  TextFieldView,
} from '../platform/web/views.js';
import type { BreachGround } from './breach-grounds.js';
import { answersAppeals, confirmsBreaches, proposesBreaches } from './breaches.permissions.js';
import type { BreachFacts, BreachLine } from './breaches.queries.js';
import {
  APPEAL_WAY_WORDS,
  APPEAL_WAYS,
  APPEAL_WORDS,
  APPEAL_WORKING_DAYS,
  BREACH_KIND_WORDS,
  breachWords,
  hasProposed,
  HEARD_WAYS,
  HEARD_WORDS,
  HEARING_WORKING_DAYS,
  isStanding,
  lastDayOfBreach,
  TOLD_BY_HAND,
  TOLD_WORDS,
  USUAL_MONTHS,
} from './domain/breach.js';

export const hrefOf = ({ id }: { readonly id: string }) => `/s/breaches/${id}`;

const stateOf = (flag: BreachLine, today: Day) =>
  breachWords({ ...flag, heard: flag.heardAt !== null }, today);

export type Named<Of> = Of & { readonly person: PersonSummary };

export type BreachesView = {
  readonly title: string;
  readonly lead: string;
  readonly propose: ButtonView | null;
  readonly waiting: TableView;
  readonly standing: TableView;
  readonly appeals: LinkView | null;
};

export function breachesView(
  flags: readonly Named<BreachLine>[],
  today: Day,
  actor: Pick<Actor, 'roles'>,
): BreachesView {
  return {
    title: '失信标记',
    lead:
      '违反承诺的，经本人说明、两个人办理以后可以记一条，到期自动失效。' +
      '有标记的人照样可以求助，照常受理和表决，只是不能紧急快办。标记只在本社内部看，不公示。',
    propose: proposesBreaches(actor) ? button('提出一条', 'main', '/s/breaches/new') : null,
    waiting: flagsTable(
      '正在办',
      flags.filter(({ state }) => state === 'HEARING'),
      today,
      '没有正在办的。',
    ),
    standing: flagsTable(
      '有效的',
      flags.filter(({ state }) => state === 'STANDS'),
      today,
      '没有有效的失信标记。',
    ),
    appeals: answersAppeals(actor) ? { words: '等本社答复的申诉', href: '/s/breaches/appeals' } : null,
  };
}

function flagsTable(
  caption: string,
  flags: readonly Named<BreachLine>[],
  today: Day,
  empty: string,
): TableView {
  return table(
    caption,
    ['谁', '违反', '现在', '到什么时候'],
    flags.map((flag) => [
      { words: `${flag.person.name} ${flag.person.group}`, href: hrefOf(flag) },
      BREACH_KIND_WORDS[flag.kind],
      stateOf(flag, today),
      flag.untilOn === null ? '还没有确认' : dayWords(flag.untilOn),
    ]),
    empty,
  );
}

export type NewBreachView = {
  readonly title: string;
  readonly errors: readonly ErrorView[];
  /** Null where nothing shows that anybody broke a pledge. */
  readonly form: {
    readonly groundId: SelectView;
    readonly reason: TextFieldView;
    readonly months: ChoiceView;
  } | null;
};

export function newBreachView(
  grounds: readonly Named<BreachGround>[],
  typed: Typed,
  errors: FieldErrors,
): NewBreachView {
  const options = grounds.map(({ id, words, person }) => ({
    value: id,
    label: `${person.name} ${person.group}：${words}`,
  }));
  return {
    title: '提出失信标记',
    errors: errorsOf(errors),
    form:
      options.length === 0
        ? null
        : {
            groundId: selectField('groundId', '谁，依据是什么？', [CHOOSE, ...options], typed, errors, {
              hint: '因所说不属实撤销的救助；对任职人员，是他签过的承诺书',
            }),
            reason: textField('reason', '怎么违反了承诺？', typed, errors, {
              rows: 4,
              secret: true,
              hint: '写查实的事，不写猜测，不写姓名。本人会看到。',
            }),
            months: choiceField(
              'months',
              '记多久？',
              USUAL_MONTHS.map((months) => ({ value: String(months), label: `${months} 个月` })),
              { months: String(USUAL_MONTHS[1]), ...typed },
              errors,
              { tiles: true },
            ),
          },
  };
}

/** Nobody is accused by a click too many. */
const CHOOSE = { value: '', label: '请选一位' };

const LIFTS_APPEAL = '为什么提前解除？解除以后，申诉按成立办结';

type WordsForm = { readonly action: string; readonly words: TextFieldView };

export type BreachView = {
  readonly title: string;
  readonly errors: readonly ErrorView[];
  readonly facts: readonly SummaryRow[];
  /** Why whoever looks at it may only wait. */
  readonly waits: string | null;
  readonly hearing: {
    readonly action: string;
    readonly lead: string;
    readonly how: ChoiceView;
    readonly statement: TextFieldView;
    /** Where silence may be written down. */
    readonly told: { readonly how: ChoiceView; readonly on: TextFieldView } | null;
  } | null;
  readonly confirm: { readonly action: string; readonly words: string } | null;
  readonly drop: (WordsForm & { readonly summary: string; readonly button: string }) | null;
  readonly appeal: {
    readonly action: string;
    readonly lead: string;
    readonly how: ChoiceView;
    readonly madeOn: TextFieldView;
    readonly said: TextFieldView;
  } | null;
  readonly lift: WordsForm | null;
};

type Facts = {
  readonly flag: BreachFacts;
  readonly person: PersonSummary;
  readonly ground: string | null;
  readonly decider: string;
  readonly actor: Pick<Actor, 'personId' | 'accountId' | 'roles'>;
  readonly today: Day;
};

export function breachView(facts: Facts, typed: Typed, errors: FieldErrors): BreachView {
  const { flag, actor, today } = facts;
  const isOwn = actor.personId === flag.personId;
  const isProposer = hasProposed(flag, actor);
  const isHearing = flag.state === 'HEARING' && !isOwn;
  const seconds = isHearing && confirmsBreaches(actor) && !isProposer;
  const stands = isStanding(flag, today);
  return {
    title: '失信标记',
    errors: errorsOf(errors),
    facts: factsOf(facts),
    waits:
      isHearing && flag.heardAt !== null && !seconds ? '等另一个人（理事长、副理事长或者监事）确认。' : null,
    hearing:
      isHearing && (flag.heardAt === null || flag.heardHow === 'SILENT')
        ? hearingOf(flag, !isProposer, typed, errors)
        : null,
    confirm:
      seconds && flag.heardAt !== null
        ? { action: `${hrefOf(flag)}/confirmation`, words: confirmWords(flag, today) }
        : null,
    drop:
      seconds || (isHearing && isProposer)
        ? {
            ...wordsForm(flag, 'refusal', isProposer ? '为什么收回？' : '为什么不记？', typed, errors),
            ...(isProposer
              ? { summary: '收回提议', button: '收回' }
              : { summary: '不同意，不记', button: '不记' }),
          }
        : null,
    appeal: stands && flag.appeal === null ? appealOf(facts, typed, errors) : null,
    lift:
      stands && !isOwn && confirmsBreaches(actor)
        ? wordsForm(flag, 'lifting', flag.appealed ? LIFTS_APPEAL : '为什么提前解除？', typed, errors)
        : null,
  };
}

function factsOf({ flag, person, ground, today }: Facts): SummaryRow[] {
  const { heardHow, heardAt, statement, proposerName, proposedAt, confirmerName, confirmedAt } = flag;
  const { untilOn, endWords, endedAt, appeal, hearBy, toldHow, toldOn } = flag;
  return [
    row('谁', `${person.name} ${person.group}`),
    row('现在', stateOf(flag, today)),
    ...(untilOn === null ? [] : [row('到什么时候', dayWords(untilOn))]),
    row('违反', BREACH_KIND_WORDS[flag.kind]),
    ...(ground === null ? [] : [row('依据', ground)]),
    row('情况', flag.reason),
    row('记多久', `确认以后 ${flag.months} 个月`),
    row('提出', `${proposerName ?? '不在任的人'} ${instantShort(proposedAt)}`),
    ...(toldHow === null || toldOn === null
      ? []
      : [row('通知', `${TOLD_WORDS[toldHow]}，${dayWords(toldOn)}`)]),
    heardHow === null || heardAt === null
      ? row('本人说明', `${dayWords(hearBy)}以前`)
      : row('本人说明', `${statement ?? ''}（${HEARD_WORDS[heardHow]}，${instantShort(heardAt)}）`),
    ...(confirmedAt === null
      ? []
      : [row('确认', `${confirmerName ?? '不在任的人'} ${instantShort(confirmedAt)}`)]),
    ...(appeal === null
      ? []
      : [
          row('申诉', `${appeal.words}（${dayWords(appeal.madeOn)}）`),
          row('申诉的结果', appealWords(appeal)),
        ]),
    ...(endWords === null || endedAt === null
      ? []
      : [
          row(
            flag.state === 'LIFTED' ? '解除的原因' : '不记的原因',
            `${endWords}（${instantShort(endedAt)}）`,
          ),
        ]),
  ];
}

const appealWords = ({ state, answer }: NonNullable<BreachFacts['appeal']>): string =>
  answer === null ? APPEAL_WORDS[state] : `${APPEAL_WORDS[state]}：${answer}`;

function confirmWords({ months, kind }: BreachFacts, today: Day): string {
  const until = dayWords(lastDayOfBreach(today, months));
  const effect = kind === 'OFFICER' ? '本人求助或者签字的，不能紧急快办' : '本人求助的，不能紧急快办';
  return `确认以后，标记到${until}为止，到期自动失效；其间${effect}，其他都照常。本人不服可以申诉。`;
}

/** Silence is written down once, and not by whoever proposed it. */
function hearingOf(
  flag: BreachFacts,
  isOther: boolean,
  typed: Typed,
  errors: FieldErrors,
): BreachView['hearing'] {
  const takesSilence = isOther && flag.heardAt === null;
  const ways = HEARD_WAYS.filter((way) => takesSilence || way !== 'SILENT');
  return {
    action: `${hrefOf(flag)}/hearing`,
    lead:
      `先听本人（或者替本人办事的人）说明，期限 ${HEARING_WORKING_DAYS} 个工作日，到${dayWords(flag.hearBy)}。` +
      '留了手机号的，系统已经发短信请他来说明；短信里不写是什么事。',
    how: choiceField(
      'how',
      '怎么说明的？',
      ways.map((value) => ({ value, label: HEARD_WORDS[value] })),
      typed,
      errors,
    ),
    statement: textField('statement', '说了什么？', typed, errors, {
      rows: 4,
      secret: true,
      optional: true,
      hint: '照本人的话记，不写姓名，记完念给他听。没有说明的不用填。',
    }),
    told: takesSilence ? toldOf(typed, errors) : null,
  };
}

function toldOf(typed: Typed, errors: FieldErrors): NonNullable<BreachView['hearing']>['told'] {
  return {
    how: choiceField(
      'toldHow',
      '怎么通知的？',
      TOLD_BY_HAND.map((value) => ({ value, label: TOLD_WORDS[value] })),
      typed,
      errors,
      { optional: true, hint: '短信没有发出去、到期又没有说明的才填；期限从通知那天算起' },
    ),
    on: dayField('toldOn', '哪天通知的？', typed, errors, { optional: true }),
  };
}

function appealOf({ flag, decider, today }: Facts, typed: Typed, errors: FieldErrors): BreachView['appeal'] {
  return {
    action: `${hrefOf(flag)}/appeals`,
    lead: `本人不服的，在这里记下申诉，由${decider}里没有经手过的人在 ${APPEAL_WORKING_DAYS} 个工作日内答复。答复以前标记不变，注明正在申诉。`,
    how: choiceField(
      'how',
      '怎么提出的？',
      APPEAL_WAYS.map((value) => ({ value, label: APPEAL_WAY_WORDS[value] })),
      typed,
      errors,
    ),
    madeOn: dayField('madeOn', '哪天提出的？', { madeOn: today, ...typed }, errors),
    said: textField('said', '为什么不服？', typed, errors, {
      rows: 4,
      secret: true,
      hint: '不写姓名',
    }),
  };
}

const wordsForm = (
  flag: BreachFacts,
  path: string,
  label: string,
  typed: Typed,
  errors: FieldErrors,
): WordsForm => ({
  action: `${hrefOf(flag)}/${path}`,
  words: textField('words', label, typed, errors, { rows: 3, secret: true, hint: '不写姓名' }),
});
