import type { Actor } from '../../kernel/actor.js';
import { dayWords, instantShort } from '../../kernel/chinese/words.js';
import type { Day } from '../../kernel/day.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { choiceField, dayField, errorsOf, row, table, textField } from '../../platform/web/views.js';
import type {
  ChoiceView,
  ErrorView,
  SummaryRow,
  TableView,
  TextFieldView,
} from '../../platform/web/views.js';
import {
  ANSWER_WORKING_DAYS,
  hasWrittenDown,
  isVouched,
  REQUEST_WORDS,
  RIGHT_WORDS,
  RIGHTS,
  WAY_ASKED_WORDS,
  WAYS_ASKED,
} from '../domain/person-right.js';
import { PERIODS, RETENTION_KINDS } from '../domain/retention.js';
import type { Period } from '../domain/retention.js';
import { mayAnswer } from '../people.permissions.js';
import type { PersonSummary } from '../people.queries.js';
import type { RequestFacts } from './rights.queries.js';
import type { Kept, PersonCopy } from './rights.service.js';

const hrefOf = ({ id }: Pick<RequestFacts, 'id'>) => `/s/people/requests/${id}`;

function requestsTable(requests: readonly RequestFacts[], empty: string): TableView {
  return table(
    '本人的请求',
    ['请求', '提出', '怎么提的', '结果'],
    requests.map((each) => [
      { words: RIGHT_WORDS[each.kind], href: hrefOf(each) },
      dayWords(each.askedOn),
      WAY_ASKED_WORDS[each.how],
      REQUEST_WORDS[each.state],
    ]),
    empty,
  );
}

export type RequestsView = { readonly title: string; readonly back: string; readonly waiting: TableView };

export function requestsView(waiting: readonly RequestFacts[], handles: boolean): RequestsView {
  return {
    title: '查看、删除个人信息的请求',
    back: handles ? '/s/people' : '/s',
    waiting: requestsTable(waiting, '没有等着办的请求。'),
  };
}

export type PersonRequestsView = {
  readonly title: string;
  readonly back: string;
  readonly errors: readonly ErrorView[];
  readonly lead: string;
  readonly requests: TableView;
  readonly action: string;
  readonly kind: ChoiceView;
  readonly how: ChoiceView;
  readonly askedOn: TextFieldView;
};

type PersonFacts = {
  readonly person: PersonSummary;
  readonly requests: readonly RequestFacts[];
  readonly today: Day;
};

export function personRequestsView(
  { person, requests, today }: PersonFacts,
  typed: Typed,
  errors: FieldErrors,
): PersonRequestsView {
  const options = <Key extends string>(keys: readonly Key[], words: Readonly<Record<Key, string>>) =>
    keys.map((value) => ({ value, label: words[value] }));
  return {
    title: `${person.name}：要看或者删除自己的信息`,
    back: `/s/people/${person.id}`,
    errors: errorsOf(errors),
    lead: `${ANSWER_WORKING_DAYS} 个工作日内要答复本人。姓名写错了，到上一页点“更正”。`,
    requests: requestsTable(requests, '本人还没有提出过。'),
    action: `/s/people/${person.id}/requests`,
    kind: choiceField('kind', '本人要什么？', options(RIGHTS, RIGHT_WORDS), typed, errors),
    how: choiceField('how', '是怎么提出的？', options(WAYS_ASKED, WAY_ASKED_WORDS), typed, errors),
    askedOn: dayField('askedOn', '哪天提出的？', { askedOn: today, ...typed }, errors),
  };
}

export type RequestView = {
  readonly title: string;
  readonly back: string;
  readonly errors: readonly ErrorView[];
  readonly facts: readonly SummaryRow[];
  /** To make the copy and to say that it was handed over. */
  readonly copy: { readonly page: string; readonly file: string; readonly handing: string } | null;
  /** For the second person who asks whether it is wanted, and does not see it. */
  readonly voucher: { readonly action: string } | null;
  /** For a second person alone. */
  readonly erasure: { readonly action: string } | null;
  readonly decline: { readonly action: string; readonly words: TextFieldView } | null;
  /** What stays when the rest goes. */
  readonly kept: TableView | null;
  readonly waits: string | null;
  readonly done: string | null;
};

type Facts = {
  readonly request: RequestFacts;
  readonly person: PersonSummary;
  readonly kept: readonly Kept[];
  readonly actor: Pick<Actor, 'personId' | 'accountId' | 'roles'>;
  readonly mayHandle: boolean;
};

export function requestView(facts: Facts, typed: Typed, errors: FieldErrors): RequestView {
  const { request, person, kept, actor, mayHandle } = facts;
  const { kind, state } = request;
  const at = hrefOf(request);
  const waits = state === 'WAITING';
  const answers = waits && mayAnswer(actor);
  const wroteDown = hasWrittenDown(request, actor);
  const opens = mayHandle && (!wroteDown || isVouched(request));
  const isOwn = wroteDown || actor.personId === request.personId;
  return {
    title: RIGHT_WORDS[kind],
    back: mayHandle ? `/s/people/${person.id}/requests` : '/s/people/requests',
    errors: errorsOf(errors),
    facts: factRows(facts),
    copy:
      kind === 'COPY' && waits && opens
        ? { page: `${at}/copy`, file: `${at}/copy.json`, handing: `${at}/handing` }
        : null,
    voucher:
      kind === 'COPY' && answers && !opens && !wroteDown && !isVouched(request)
        ? { action: `${at}/voucher` }
        : null,
    erasure: kind === 'ERASE' && answers && !isOwn ? { action: `${at}/erasure` } : null,
    decline: answers
      ? {
          action: `${at}/refusal`,
          words: textField('words', '为什么不同意？（要告诉本人）', typed, errors, { rows: 3 }),
        }
      : null,
    kept: kind === 'ERASE' ? keptTable(kept) : null,
    waits: waits ? waitWords(request, { isOwn, wroteDown, opens }) : null,
    done: doneWords(request),
  };
}

function doneWords({ kind, state }: RequestFacts): string | null {
  if (state !== 'DONE') return null;
  return kind === 'COPY'
    ? '信息副本已经交给本人，系统里没有留底。'
    : '电话、住址、病情和困难情况的文字已经删除。下面这些依法还要保存，到期再删。';
}

type Hand = { readonly isOwn: boolean; readonly wroteDown: boolean; readonly opens: boolean };

function waitWords(request: RequestFacts, by: Hand): string | null {
  if (request.kind === 'COPY') {
    if (by.opens) return null;
    if (isVouched(request)) return '等秘书长或者经办人打开副本，交给本人。';
    return by.wroteDown
      ? '记下请求的人不能自己打开。请理事长或者副理事长问过本人，在这一页点“问过了，是本人要”，您就可以打开；另一位办事的人也可以直接打开。'
      : null;
  }
  return by.isOwn ? '等另一个人核对后确认：记下请求的人和本人都不能自己确认。' : null;
}

function factRows({ request, person, mayHandle }: Facts): SummaryRow[] {
  const { recorderName, recordedAt, vouchedAt, voucherName, decidedAt, deciderName, answer } = request;
  return [
    row('谁', `${person.name} ${person.group}`, { href: mayHandle ? `/s/people/${person.id}` : null }),
    row('要什么', RIGHT_WORDS[request.kind]),
    row('提出', `${dayWords(request.askedOn)}，${WAY_ASKED_WORDS[request.how]}`),
    row('记下', `${recorderName ?? '系统管理员'} ${instantShort(recordedAt)}`),
    ...(vouchedAt === null
      ? []
      : [row('问过本人', `${voucherName ?? '系统管理员'} ${instantShort(vouchedAt)}`)]),
    row('结果', REQUEST_WORDS[request.state]),
    ...(decidedAt === null
      ? []
      : [row('办的人', `${deciderName ?? '系统管理员'} ${instantShort(decidedAt)}`)]),
    ...(answer === null ? [] : [row('不同意的原因', answer)]),
  ];
}

function keptTable(kept: readonly Kept[]): TableView {
  return table(
    '依法还要保存的',
    ['保存什么', '保存到', '依据'],
    kept.map(({ what, until, law }) => [what, dayWords(until), law]),
    '没有依法必须保存的，全部删除。',
  );
}

export type CopyView = {
  readonly title: string;
  readonly back: string;
  readonly lead: string;
  readonly sections: readonly {
    readonly heading: string;
    readonly records: readonly { readonly what: string; readonly facts: readonly SummaryRow[] }[];
  }[];
  readonly kept: TableView;
};

export function copyView(requestId: string, { person, on, sections, kept }: PersonCopy): CopyView {
  return {
    title: `${person.name}的信息`,
    back: `/s/people/requests/${requestId}`,
    lead: `截至${dayWords(on)}互助社保存的全部信息。只交本人；别人的姓名已经遮盖。打印后关掉这一页，系统不留底。`,
    sections: sections.map(({ section, records }) => ({
      heading: section,
      records: records.map(({ what, facts }) => ({
        what,
        facts: facts.map(([label, words]) => row(label, words ?? '没有')),
      })),
    })),
    kept: keptTable(kept),
  };
}

export type RetentionView = { readonly title: string; readonly lead: string; readonly periods: TableView };

export function retentionView(): RetentionView {
  return {
    title: '信息保存多久',
    lead: '到期以后系统自动删除联系方式和病情；凭证、决定和公示按会计档案保存。',
    periods: table(
      '保存期',
      ['信息', '保存', '依据'],
      RETENTION_KINDS.map((kind) => [PERIODS[kind].what, spanWords(PERIODS[kind]), PERIODS[kind].law]),
      '',
    ),
  };
}

const UNIT_WORDS: Readonly<Record<Period['span']['unit'], string>> = {
  'year-end': '年',
  years: '年',
  days: '天',
  hours: '小时',
};

const spanWords = ({ span: { unit, count }, from }: Period): string =>
  `${from}后 ${count} ${UNIT_WORDS[unit]}`;
