import { mayReadFile } from '../audit/index.js';
import { instantShort, instantWords } from '../kernel/chinese/words.js';
import { dayOf, timeOf } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import {
  button,
  card,
  choiceField,
  dayField,
  errorsOf,
  fileField,
  row,
  tag,
  textField,
} from '../platform/web/views.js';
import type {
  ButtonView,
  CardView,
  ChoiceView,
  Colour,
  ErrorView,
  FileFieldView,
  LinkView,
  SummaryRow,
  TagView,
  TextFieldView,
} from '../platform/web/views.js';
import { draftContentOf } from './domain/notice-content.js';
import type { NoticeContent } from './domain/notice-content.js';
import { DISCARD_REASONS, DISCARD_WORDS } from './domain/discard.js';
import { nextActOf, rolesFor } from './domain/notice-state.js';
import type { NoticeAct, NoticeState } from './domain/notice-state.js';
import { stateWordsOf } from './domain/notice-state-words.js';
import { summaryOf } from './domain/notice-summary.js';
import type { NoticeSummary } from './domain/notice-summary.js';
import { KIND_WORDS } from './domain/notice-words.js';
import { HIT_WORDS, textsOf } from './domain/privacy-lint.js';
import type { Hit } from './domain/privacy-lint.js';
import { besideLinks } from './incidents/incidents.views.js';
import { objectionLinks } from './objections/objections.views.js';
import type { SubjectDescription } from './notice-subjects.js';
import { PRINTERS } from './notices.permissions.js';
import type { Notice, NoticeLine, Place } from './notices.queries.js';
import type { Role } from '../kernel/actor.js';

/** Yellow waits for us, red is wrong, blue runs by itself, green is done. */
const COLOUR_OF: Readonly<Record<NoticeState, Colour>> = {
  DRAFT: 'yellow',
  SIGNED: 'yellow',
  POSTED: 'red',
  RUNNING: 'blue',
  ENDED: 'green',
  ARCHIVED: 'grey',
  SUSPENDED: 'red',
  DISCARDED: 'grey',
};

export function stateTag(notice: NoticeLine, now: Date): TagView {
  return tag(COLOUR_OF[notice.state], stateWordsOf(notice, now).tag);
}

/** What is published, in one line; for a draft, what would be. */
export function noticeSummary(notice: NoticeLine): NoticeSummary {
  return summaryOf(contentIn(notice));
}

function contentIn(notice: NoticeLine): NoticeContent {
  return notice.issue?.content ?? draftContentOf(notice);
}

/** 突发疾病 · 1,000.00 元 */
function matterWords({ matter, amount }: NoticeSummary): string {
  return amount === null ? matter : `${matter} · ${amount} 元`;
}

const ACT_WORDS: Readonly<Record<NoticeAct, string>> = {
  signNotice: '签发公示',
  recordPosting: '打印公示单',
  addPostingPhoto: '补张贴照片',
  endNotice: '看公示',
  archiveNotice: '拍期满照片',
  reopenNotice: '看公示',
  suspendNotice: '撤下公示',
  discardDraft: '看公示',
};

const hrefOf = ({ id }: Pick<NoticeLine, 'id'>): string => `/s/notices/${id}`;

export type ListView = {
  readonly title: string;
  readonly cards: readonly CardView[];
  readonly nothing: { readonly words: string; readonly actions: readonly ButtonView[] } | null;
  readonly older: string | null;
  readonly board: string;
};

export function listView(
  notices: readonly NoticeLine[],
  looking: { readonly roles: readonly Role[]; readonly now: Date; readonly boardCode: string },
  older: string | null,
): ListView {
  const cards = notices.map((notice) => {
    const act = nextActOf(notice.state, looking.roles);
    const { rest } = stateWordsOf(notice, looking.now);
    const href = act === 'recordPosting' ? `${hrefOf(notice)}/print` : hrefOf(notice);
    const kind = KIND_WORDS[notice.kind];
    const summary = noticeSummary(notice);
    return card(
      stateTag(notice, looking.now),
      notice.issue ? `${kind} ${notice.issue.number}` : kind,
      [summary.subject ?? '', matterWords(summary), rest].filter((line) => line !== ''),
      { href: hrefOf(notice), actions: act ? [button(ACT_WORDS[act], 'second', href)] : [] },
    );
  });
  const nothing = {
    words: '还没有公示。理事会作出决定以后，这里会出现要签发的公示；急难救助的公示在打款以后。',
    actions: [],
  };
  return {
    title: '公示',
    cards,
    nothing: cards.length === 0 ? nothing : null,
    older: older && `/s/notices?after=${encodeURIComponent(older)}`,
    board: `/b/${looking.boardCode}`,
  };
}

type HitView = {
  readonly words: string;
  readonly before: string;
  readonly marked: string;
  readonly after: string;
};

type PhotoForm = { readonly action: string; readonly photo: FileFieldView; readonly button: string };

export type NoticeView = {
  readonly title: string;
  readonly errors: readonly ErrorView[];
  readonly back: { readonly href: string; readonly words: string };
  readonly state: TagView;
  readonly rest: string;
  readonly hits: readonly HitView[];
  readonly cannotSign: string | null;
  readonly signing: { readonly action: string; readonly plannedPostingOn: TextFieldView } | null;
  readonly print: ButtonView | null;
  /** Before anybody signed it, and where nothing else would be left unpublished. */
  readonly discard: { readonly action: string; readonly reason: ChoiceView } | null;
  /** The paper of a draft, before anybody signs it. */
  readonly draftPdf: string | null;
  readonly photoForm: PhotoForm | null;
  /** What may be done besides: a correction, a gap, taking it down. */
  readonly beside: readonly LinkView[];
  readonly facts: readonly SummaryRow[];
  readonly photos: readonly { readonly href: string; readonly words: string }[];
  readonly html: string;
};

export type NoticeFactsForView = {
  readonly notice: Notice;
  readonly subject: SubjectDescription;
  readonly hits: readonly Hit[];
  /** Null when the one who looks may sign. */
  readonly cannotSign: string | null;
  /** A correction or a new issue that nobody has signed yet. */
  readonly isDiscardable: boolean;
  readonly roles: readonly Role[];
  readonly now: Date;
  readonly html: string;
};

export function noticeView(facts: NoticeFactsForView, typed: Typed, errors: FieldErrors): NoticeView {
  const { notice, subject, roles, now, html } = facts;
  const act = nextActOf(notice.state, roles);
  const isSigner = notice.state === 'DRAFT' && act === 'signNotice';
  const maySign = isSigner && facts.cannotSign === null && facts.hits.length === 0;
  const today = { plannedPostingOn: dayOf(now) };
  return {
    title: notice.issue?.number ?? `${stateWordsOf(notice, now).tag}的公示`,
    errors: errorsOf(errors),
    back: { href: '/s/notices', words: '公示' },
    state: stateTag(notice, now),
    rest: stateWordsOf(notice, now).rest,
    hits: facts.hits.map((hit) => hitView(hit, notice)),
    cannotSign: isSigner ? facts.cannotSign : null,
    signing: maySign
      ? {
          action: `${hrefOf(notice)}/signature`,
          plannedPostingOn: dayField('plannedPostingOn', '计划哪天张贴？', { ...today, ...typed }, errors, {
            hint: '公示单上会印：张贴次日起算的公示期。实际公示期从张贴那天重新算。',
          }),
        }
      : null,
    discard: facts.isDiscardable ? discardForm(notice, roles, typed, errors) : null,
    print: notice.issue && mayPrint(roles) ? printButton(notice, act) : null,
    draftPdf: notice.state === 'DRAFT' ? `${hrefOf(notice)}/draft.pdf` : null,
    photoForm: photoFormOf(notice, act, errors),
    beside: [...objectionLinks(notice, roles), ...besideLinks(notice, roles)],
    facts: factsOf(notice, subject),
    photos: (mayReadFile('posting-photo', roles) ? notice.photos : []).map(
      ({ fileId, moment, handedInAt }) => ({
        href: `/s/files/${fileId}`,
        words: `${moment === 'POSTING' ? '张贴照片' : '期满照片'} ${instantShort(handedInAt)}`,
      }),
    ),
    html,
  };
}

const mayPrint = (roles: readonly Role[]): boolean => roles.some((role) => PRINTERS.includes(role));

function discardForm(
  notice: Notice,
  roles: readonly Role[],
  typed: Typed,
  errors: FieldErrors,
): NoticeView['discard'] {
  if (!roles.some((role) => rolesFor('discardDraft').includes(role))) return null;
  const options = DISCARD_REASONS.map((value) => ({ value, label: DISCARD_WORDS[value] }));
  return {
    action: `${hrefOf(notice)}/discard`,
    reason: choiceField('reason', '为什么收回？', options, typed, errors, {
      hint: '收回以后这张稿子不能再签。应当发的还要重新起草，期限还从原来那天算。',
    }),
  };
}

function printButton(notice: Notice, act: NoticeAct | null): ButtonView {
  return button('打印公示单', act === 'recordPosting' ? 'main' : 'second', `${hrefOf(notice)}/print`);
}

/** One form serves the missing photo, a further one, and the one of the last day. */
function photoFormOf(notice: Notice, act: NoticeAct | null, errors: FieldErrors): PhotoForm | null {
  const field = (label: string, hint: string) => fileField('photo', label, errors, { hint, camera: true });
  if (act === 'addPostingPhoto')
    return {
      action: `${hrefOf(notice)}/posting-photo`,
      photo: field(
        '拍张照证明已张贴',
        '交了照片，公示期从第二天算起；张贴 24 小时内交的，从张贴的第二天算起。',
      ),
      button: '交张贴照片',
    };
  if (act === 'archiveNotice')
    return {
      action: `${hrefOf(notice)}/archive`,
      photo: field('期满了，再拍一张照', '拍下公示单还在原处，然后归档。'),
      button: '归档',
    };
  return null;
}

function factsOf(notice: Notice, subject: SubjectDescription): SummaryRow[] {
  const { issue, place, postedAt, kind, words } = notice;
  const summary = noticeSummary(notice);
  const signed = issue
    ? [
        row('签发', instantWords(issue.signedAt)),
        row('校验码', issue.code, { href: `/n/${issue.code}` }),
        row('内容哈希', issue.contentHash),
        row('PDF 的 SHA-256', issue.pdfSha256),
      ]
    : [];
  const posted = postedAt ? [row('张贴', `${instantWords(postedAt)} ${place ?? ''}`)] : [];
  const about = 'caseNumber' in words ? words.caseNumber : subject.title;
  return [
    row('类别', KIND_WORDS[kind]),
    row('caseNumber' in words ? '案号' : '事项', about, { href: subject.href }),
    ...whoRows(notice, summary),
    row('内容', matterWords(summary)),
    ...posted,
    ...signed,
  ];
}

/** Whom it shows, and how: said only where it is about somebody. */
function whoRows({ kind, words }: Notice, { subject }: NoticeSummary): SummaryRow[] {
  if (kind === 'RESOLUTION') return [];
  if (kind === 'DONATION_LIST') return [row('公示谁', '同意公开的捐赠人写全名，其他写“爱心人士”')];
  if (kind === 'CORRECTION') return [];
  if (kind === 'QUARTERLY_ACCOUNTS' || kind === 'ANNUAL') return [row('公示谁', '只公示账目，不写人名')];
  const named = kind !== 'REJECTION' && words.publishMode === 'MASKED_NAME';
  return [row('公示谁', named ? (subject ?? '') : '只公示案号，不公开姓名')];
}

/** The text around what was found, with the place marked: shown only to those who may see the draft. */
function hitView(hit: Hit, notice: Notice): HitView {
  const text = textsOf(draftContentOf(notice)).find(({ field }) => field === hit.field)?.text ?? '';
  return {
    words: `${hit.field}：${HIT_WORDS[hit.kind]}`,
    before: text.slice(Math.max(0, hit.from - 12), hit.from),
    marked: text.slice(hit.from, hit.to),
    after: text.slice(hit.to, hit.to + 12),
  };
}

export type PostingView = {
  readonly title: string;
  readonly errors: readonly ErrorView[];
  readonly back: string;
  readonly action: string;
  readonly number: string;
  readonly place: TextFieldView;
  readonly postedAt: TextFieldView;
  readonly photo: FileFieldView;
};

export function postingView(notice: Notice, now: Date, typed: Typed, errors: FieldErrors): PostingView {
  const usual = { place: '村委会公示栏', postedAt: localText(now) };
  const known = { ...usual, ...typed };
  return {
    title: '记张贴',
    errors: errorsOf(errors),
    back: hrefOf(notice),
    action: `${hrefOf(notice)}/postings`,
    number: notice.issue?.number ?? '',
    place: textField('place', '贴在哪里？', known, errors, { hint: '如：村委会公示栏' }),
    postedAt: textField('postedAt', '什么时候贴的？', known, errors, { type: 'datetime-local', short: true }),
    photo: fileField('photo', '拍张照证明已张贴', errors, {
      optional: true,
      camera: true,
      hint: '照片要看得清公示单和公示栏。24 小时内要交；没有照片，公示期不开始。',
    }),
  };
}

/** As `<input type="datetime-local">` takes it: the clock of China, without seconds. */
function localText(instant: Date): string {
  const on: Day = dayOf(instant);
  return `${on}T${timeOf(instant)}`;
}

/** Where a list goes on, as it stands in an address. */
export function placeText({ createdAt, id }: Pick<NoticeLine, 'createdAt' | 'id'>): string {
  return `${createdAt.toISOString()}_${id}`;
}

export function placeOf(text: unknown): Place | null {
  const [, at = '', id = ''] = typeof text === 'string' ? (/^(\S{24})_(\S{36})$/.exec(text) ?? []) : [];
  const createdAt = new Date(at);
  return id === '' || Number.isNaN(createdAt.getTime()) ? null : { createdAt, id };
}
