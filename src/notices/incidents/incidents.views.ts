import { dayShort, instantShort, instantWords } from '../../kernel/chinese/words.js';
import { dayOf, timeOf } from '../../kernel/day.js';
import type { Role } from '../../kernel/actor.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import {
  button,
  checkField,
  choiceField,
  errorsOf,
  fileField,
  row,
  table,
  textField,
} from '../../platform/web/views.js';
import type {
  ButtonView,
  CheckView,
  ChoiceView,
  ErrorView,
  FileFieldView,
  LinkView,
  SummaryRow,
  TableView,
  TextFieldView,
} from '../../platform/web/views.js';
import { GAP_REASONS, GAP_WORDS } from '../domain/gap.js';
import {
  INCIDENT_KINDS,
  INCIDENT_WORDS,
  NOTE_KINDS,
  NOTE_WORDS,
  NOTICED_WAYS,
  takeDownBy,
  wantsNumberOnly,
  WAY_WORDS,
} from '../domain/incident.js';
import { rolesFor } from '../domain/notice-state.js';
import { KIND_WORDS } from '../domain/notice-words.js';
import type { Notice, RelatedNotice } from '../notices.queries.js';
import type { GapLine, Incident } from './incidents.queries.js';

const OFFICE: readonly Role[] = ['secretary', 'clerk'];

const has = (roles: readonly Role[], wanted: readonly Role[]): boolean =>
  roles.some((role) => wanted.includes(role));

const optionsOf = <V extends string>(values: readonly V[], words: Readonly<Record<V, string>>) =>
  values.map((value) => ({ value, label: words[value] }));

/** As `<input type="datetime-local">` takes it: the clock of China, without seconds. */
const localText = (instant: Date): string => `${dayOf(instant)}T${timeOf(instant)}`;

const momentField = (name: string, label: string, typed: Typed, errors: FieldErrors, hint?: string) =>
  textField(name, label, typed, errors, {
    type: 'datetime-local',
    short: true,
    ...(hint === undefined ? {} : { hint }),
  });

/** What else can be done to a signed notice, beside its next step. */
export function besideLinks(notice: Notice, roles: readonly Role[]): LinkView[] {
  const { id, issue, state, kind } = notice;
  if (!issue) return [];
  const at = `/s/notices/${id}`;
  const taken = state === 'SUSPENDED';
  return [
    ...(taken ? [{ words: '看撤下记录', href: `${at}/incident` }] : []),
    ...(state === 'RUNNING' && has(roles, OFFICE)
      ? [{ words: '公示单不见了又贴好了，记中断', href: `${at}/gap` }]
      : []),
    ...(!taken && kind !== 'CORRECTION' && has(roles, OFFICE)
      ? [{ words: '写错了，发更正公告', href: `${at}/correction` }]
      : []),
    ...(!taken && has(roles, rolesFor('suspendNotice'))
      ? [{ words: '写了不该公开的，撤下公示', href: `/s/takedowns/${issue.code}` }]
      : []),
  ];
}

export type TakedownView = {
  readonly title: string;
  readonly errors: readonly ErrorView[];
  readonly back: { readonly href: string; readonly words: string };
  readonly facts: readonly SummaryRow[];
  readonly done: string | null;
  readonly action: string;
  readonly kind: ChoiceView;
  readonly way: ChoiceView;
  readonly noticedAt: TextFieldView;
};

export type TakedownFacts = {
  readonly notice: Notice;
  readonly society: string;
  /** Null for whoever stands above: the pages of the society are not theirs. */
  readonly isOwn: boolean;
  readonly now: Date;
};

export function takedownView(facts: TakedownFacts, typed: Typed, errors: FieldErrors): TakedownView {
  const { notice, society, isOwn, now } = facts;
  const code = notice.issue?.code ?? '';
  const known = { noticedAt: localText(now), ...typed };
  return {
    title: '撤下公示',
    errors: errorsOf(errors),
    back: isOwn
      ? { href: `/s/notices/${notice.id}`, words: '返回公示' }
      : { href: `/n/${code}`, words: '返回公示' },
    facts: [row('哪一张', `${KIND_WORDS[notice.kind]} ${notice.issue?.number ?? ''}`), row('谁的', society)],
    done: notice.state === 'SUSPENDED' ? '这张公示已经撤下了。' : null,
    action: `/s/takedowns/${code}`,
    kind: choiceField(
      'kind',
      '公示里有什么不该公开的？',
      optionsOf(INCIDENT_KINDS, INCIDENT_WORDS),
      known,
      errors,
    ),
    way: choiceField('way', '怎么发现的？', optionsOf(NOTICED_WAYS, WAY_WORDS), known, errors),
    noticedAt: momentField('noticedAt', '什么时候发现的？', known, errors, '纸要在发现后 2 小时内撤下。'),
  };
}

type PaperForm = {
  readonly action: string;
  readonly downAt: TextFieldView;
  readonly places: TextFieldView;
  readonly photo: FileFieldView;
};
type NoteForm = { readonly action: string; readonly kind: ChoiceView; readonly at: TextFieldView };
type ReissueFormView = { readonly action: string; readonly numberOnly: CheckView; readonly hint: string };

export type IncidentView = {
  readonly title: string;
  readonly errors: readonly ErrorView[];
  readonly back: string;
  readonly number: string;
  readonly facts: readonly SummaryRow[];
  readonly links: readonly LinkView[];
  readonly paper: PaperForm | null;
  readonly note: NoteForm | null;
  readonly reissue: ReissueFormView | null;
};

export type IncidentFacts = {
  readonly notice: Notice;
  readonly incident: Incident;
  readonly related: readonly RelatedNotice[];
  /** A later notice of its kind is there, signed or to be signed. */
  readonly isReplaced: boolean;
  readonly isByOthers: boolean;
  readonly roles: readonly Role[];
  readonly now: Date;
};

export function incidentView(facts: IncidentFacts, typed: Typed, errors: FieldErrors): IncidentView {
  const { notice, incident, related, isReplaced, roles, now } = facts;
  const at = `/s/notices/${notice.id}`;
  const isOffice = has(roles, OFFICE);
  const known = { downAt: localText(now), at: localText(now), places: '1', ...typed };
  const told = incident.notes.map(({ kind }) => kind);
  const left = NOTE_KINDS.filter((kind) => !told.includes(kind));
  return {
    title: '撤下记录',
    errors: errorsOf(errors),
    back: at,
    number: `${KIND_WORDS[notice.kind]} ${notice.issue?.number ?? ''}`,
    facts: factsOf(facts),
    links: related.map(({ noticeId, kind, number, relation, isLater }) => ({
      words: `${isLater ? LATER[relation] : EARLIER[relation]}：${KIND_WORDS[kind]} ${number}`,
      href: `/s/notices/${noticeId}`,
    })),
    paper:
      isOffice && notice.postedAt !== null && incident.downAt === null ? paperForm(at, known, errors) : null,
    note:
      isOffice && left.length > 0
        ? {
            action: `${at}/incident-notes`,
            kind: choiceField('kind', '告诉了谁？', optionsOf(left, NOTE_WORDS), known, errors),
            at: momentField('at', '什么时候？', known, errors),
          }
        : null,
    reissue:
      isOffice && !isReplaced && notice.kind !== 'CORRECTION' ? reissueForm(at, facts, known, errors) : null,
  };
}

const LATER = { CORRECTS: '更正它的', REISSUES: '代替它的', REVOKES: '撤销或变更它的' } as const;
const EARLIER = { CORRECTS: '它更正的', REISSUES: '它代替的', REVOKES: '它撤销或变更的' } as const;

function factsOf({ notice, incident, isByOthers }: IncidentFacts): SummaryRow[] {
  const { kind, way, noticedAt, takenDownAt, downAt, places, photoId, notes } = incident;
  const due = takeDownBy(noticedAt);
  const paper =
    notice.postedAt === null
      ? '还没有张贴过'
      : downAt === null
        ? `还没有记撤下，${instantShort(due)} 以前要撤`
        : `${instantWords(downAt)}，${places ?? 0} 处${downAt > due ? '（超了 2 小时）' : ''}`;
  return [
    row('问题', INCIDENT_WORDS[kind]),
    row('怎么发现', WAY_WORDS[way]),
    row('发现时间', instantWords(noticedAt)),
    row('网上撤下', `${instantWords(takenDownAt)}${isByOthers ? '，由上级撤下' : ''}`),
    row('纸面撤下', paper, { href: photoId && `/s/files/${photoId}` }),
    ...notes.map((note) => row(NOTE_WORDS[note.kind], instantWords(note.at))),
  ];
}

function paperForm(at: string, known: Typed, errors: FieldErrors): PaperForm {
  return {
    action: `${at}/paper-down`,
    downAt: momentField('downAt', '什么时候撤下的？', known, errors),
    places: textField('places', '撤了几处？', known, errors, {
      inputmode: 'numeric',
      short: true,
      suffix: '处',
    }),
    photo: fileField('photo', '拍一张撤下以后的公示栏', errors, {
      optional: true,
      camera: true,
      hint: '只拍空了的公示栏，不要拍撤下来的纸。',
    }),
  };
}

function reissueForm(at: string, facts: IncidentFacts, typed: Typed, errors: FieldErrors): ReissueFormView {
  const { notice, incident } = facts;
  const canName = 'publishMode' in notice.words;
  const chosen = wantsNumberOnly(incident.kind) ? { numberOnly: 'yes' } : {};
  return {
    action: `${at}/reissue`,
    numberOnly: checkField(
      'numberOnly',
      '怎么写这个人？',
      canName ? [{ value: 'yes', label: '只写案号，不写姓名' }] : [],
      { ...chosen, ...typed },
      errors,
    ),
    hint: canName
      ? '不勾，就按现在的名册和登记重写，姓名仍然遮住。登记有错的，先改登记再重发。'
      : '按现在的登记重写。登记有错的，先改登记再重发。',
  };
}

export type GapView = {
  readonly title: string;
  readonly errors: readonly ErrorView[];
  readonly back: string;
  readonly action: string;
  readonly number: string;
  readonly period: string;
  readonly gaps: TableView;
  readonly goneAt: TextFieldView;
  readonly upAt: TextFieldView;
  readonly reason: ChoiceView;
  readonly photo: FileFieldView;
  readonly send: ButtonView;
};

export function gapView(
  { notice, gaps, now }: { readonly notice: Notice; readonly gaps: readonly GapLine[]; readonly now: Date },
  typed: Typed,
  errors: FieldErrors,
): GapView {
  const known = { upAt: localText(now), ...typed };
  const { firstDay, lastDay } = notice;
  return {
    title: '记公示中断',
    errors: errorsOf(errors),
    back: `/s/notices/${notice.id}`,
    action: `/s/notices/${notice.id}/gap`,
    number: notice.issue?.number ?? '',
    period: firstDay && lastDay ? `现在的公示期：${dayShort(firstDay)}至${dayShort(lastDay)}` : '',
    gaps: table('记过的中断', ['什么时候', '为什么', '延长:'], gaps.map(gapCells), '还没有记过中断。'),
    goneAt: momentField(
      'goneAt',
      '从什么时候不见的？',
      known,
      errors,
      '不知道准确时间的，填最后一次看见它的时间。',
    ),
    upAt: momentField('upAt', '什么时候重新贴好的？', known, errors),
    reason: choiceField('reason', '为什么不见了？', optionsOf(GAP_REASONS, GAP_WORDS), known, errors, {
      tiles: true,
    }),
    photo: fileField('photo', '拍一张重新贴好的公示单', errors, { camera: true }),
    send: button('记中断'),
  };
}

export const gapCells = ({ goneAt, upAt, reason, days }: GapLine): string[] => [
  `${instantShort(goneAt)} 至 ${instantShort(upAt)}`,
  GAP_WORDS[reason],
  days === 0 ? '不延长' : `${days} 天`,
];
