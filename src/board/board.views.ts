import type { Role } from '../kernel/actor.js';
import { instantWords, remainingWords } from '../kernel/chinese/words.js';
import { yuanText } from '../kernel/fen.js';
import { errorsOf, row, tag } from '../platform/web/views.js';
import type { ErrorView, LinkView, SummaryRow, TagView } from '../platform/web/views.js';
import type { SubjectDescription } from './board-subjects.js';
import type { RoundView } from './board.queries.js';
import { closingOf } from './domain/closing.js';
import { endIn } from './domain/round-state.js';
import type { RoundState } from './domain/round-state.js';
import { resultWords, sumWords } from './domain/vote-words.js';
import { handsForm, meetingForm, ownForm, phoneForm, recusalForm } from './round-forms.views.js';
import type {
  HandsFormView,
  Looking,
  MeetingFormView,
  OwnFormView,
  PhoneFormView,
  RecusalFormView,
} from './round-forms.views.js';
import { saidWords } from './said.views.js';

export type RoundPageView = {
  readonly title: string;
  readonly back: string;
  readonly state: TagView;
  readonly sum: string;
  readonly facts: readonly SummaryRow[];
  /** 谁能投: each director of the snapshot, what was said, and how. */
  readonly directors: readonly SummaryRow[];
  /** For a director who is signed in: the one ballot that is his own. */
  readonly ownForm: OwnFormView | null;
  readonly phoneForm: PhoneFormView | null;
  readonly handsForm: HandsFormView | null;
  readonly meetingForm: MeetingFormView | null;
  readonly recusalForm: RecusalFormView | null;
  readonly closing: { readonly action: string | null; readonly words: string } | null;
  readonly links: readonly LinkView[];
  readonly minutes: string | null;
  readonly errors: readonly ErrorView[];
};

const STATES: Readonly<Record<RoundState, TagView>> = {
  OPEN: tag('yellow', '表决中'),
  APPROVED: tag('green', '通过'),
  REJECTED: tag('grey', '不通过'),
  LAPSED: tag('grey', '作废'),
  ESCALATED: tag('blue', '转镇联合社'),
  VOIDED: tag('grey', '终止'),
};

const OFFICE: readonly Role[] = ['secretary', 'clerk'];
const REASON_READERS: readonly Role[] = [...OFFICE, 'supervisor'];
const PHOTO_READERS: readonly Role[] = ['secretary', 'clerk', 'chair', 'deputy', 'supervisor'];

export function roundPageView(
  round: RoundView,
  subject: SubjectDescription,
  looking: Looking,
): RoundPageView {
  const end = endIn(round.state);
  const open = end === null;
  const office = has(looking, OFFICE);
  const speaks = open && looking.now.getTime() < round.deadlineAt.getTime();
  const records = speaks && office;
  const sum = {
    rule: round.rule,
    directors: round.directors.length,
    recused: round.recused,
    counts: round.counts,
  };
  return {
    title: `${open ? '请理事表决' : '理事表决'}：${subject.title}`,
    back: subject.href,
    state: STATES[round.state],
    sum: end === null ? sumWords(sum) : resultWords(sum, end),
    facts: [...subject.facts.map(({ label, value }) => row(label, value)), ...roundFacts(round, looking.now)],
    directors: round.directors.map((director) => row(director.name, saidWords(director))),
    ownForm: speaks ? ownForm(round, looking) : null,
    phoneForm: records ? phoneForm(round, looking) : null,
    handsForm: records ? handsForm(round, looking) : null,
    meetingForm: records ? meetingForm(round, looking) : null,
    recusalForm: speaks ? recusalForm(round, looking, office) : null,
    closing: open && office ? closingView(round, looking.now) : null,
    links: linksOf(round, looking, records),
    minutes: open ? null : `/s/rounds/${round.id}/minutes.pdf`,
    errors: errorsOf(looking.errors),
  };
}

/** What else can be done with the round, each by whoever may. */
function linksOf(round: RoundView, looking: Looking, records: boolean): LinkView[] {
  const to = (path: string) => `/s/rounds/${round.id}/${path}`;
  return [
    ...(records ? [{ words: '发给理事：做投票链接', href: to('links') }] : []),
    ...(records ? [{ words: '打印签到表决表', href: to('sheet.pdf') }] : []),
    ...(round.sheetFileId && has(looking, PHOTO_READERS)
      ? [{ words: '看签字的照片', href: `/s/files/${round.sheetFileId}` }]
      : []),
    ...(has(looking, REASON_READERS) ? [{ words: '看不同意的理由', href: to('reasons') }] : []),
  ];
}

function has({ roles }: Looking, wanted: readonly Role[]): boolean {
  return wanted.some((role) => roles.includes(role));
}

function roundFacts(round: RoundView, now: Date): SummaryRow[] {
  const nameOf = (id: string) => round.directors.find(({ personId }) => personId === id)?.name ?? '';
  const facts = [
    row('表决事项', round.motion),
    row('金额', `${yuanText(round.amountFen)} 元`),
    row('依据', `${round.charterArticle}，第${round.sequence}轮`),
  ];
  if (round.decidedAt === null)
    facts.push(row('截止', `${instantWords(round.deadlineAt)}（${remainingWords(now, round.deadlineAt)}）`));
  else facts.push(row('结束', instantWords(round.decidedAt)));
  if (round.decisionNumber !== null) facts.push(row('决定编号', round.decisionNumber));
  if (round.presiderId !== null) facts.push(row('主持', nameOf(round.presiderId)));
  if (round.metAt !== null)
    facts.push(row('开会', `${instantWords(round.metAt)}，由${round.recorderName ?? '经办人'}代录`));
  return facts;
}

function closingView(round: RoundView, now: Date): RoundPageView['closing'] {
  const closing = closingOf(round, round.counts, now);
  if (closing.closes) {
    const words =
      closing.closing === 'DEADLINE' ? '已经到截止时间。' : '没投的票已经不能改变结果，可以现在结束。';
    return { action: `/s/rounds/${round.id}/closing`, words };
  }
  return {
    action: null,
    words: `还有 ${closing.missing} 位没投，他们的票可能改变结果；到截止时间会自动结束。`,
  };
}
