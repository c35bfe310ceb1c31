import type { Role } from '../kernel/actor.js';
import { instantWords, remainingWords } from '../kernel/chinese/words.js';
import { yuanText } from '../kernel/fen.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { choiceField, errorsOf, fileField, row, selectField, tag, textField } from '../platform/web/views.js';
import type {
  ChoiceView,
  ErrorView,
  FileFieldView,
  SelectView,
  SummaryRow,
  TagView,
  TextFieldView,
} from '../platform/web/views.js';
import type { SubjectDescription } from './board-subjects.js';
import type { RoundDirectorView, RoundView } from './board.queries.js';
import { closingOf } from './domain/closing.js';
import { DECLARED_REASONS, electorsOf, reasonWords } from './domain/electorate.js';
import type { RoundState } from './domain/round-state.js';
import { CHOICE_WORDS, resultWords, sumWords } from './domain/vote-words.js';

/** A person who holds one of the two offices that may preside. */
export type PresiderOption = { readonly personId: string; readonly name: string; readonly title: string };

/** Who looks, when, and what was typed before. */
export type Looking = {
  readonly roles: readonly Role[];
  readonly personId: string | null;
  readonly now: Date;
  readonly presiders: readonly PresiderOption[];
  readonly typed: Typed;
  readonly errors: FieldErrors;
};

export type RoundPageView = {
  readonly title: string;
  readonly back: string;
  readonly state: TagView;
  readonly sum: string;
  readonly facts: readonly SummaryRow[];
  /** 谁能投: each director of the snapshot, and what was said. */
  readonly directors: readonly SummaryRow[];
  readonly handsForm: {
    readonly action: string;
    readonly presider: ChoiceView;
    readonly hands: readonly ChoiceView[];
    readonly place: TextFieldView;
    readonly sheet: FileFieldView;
  } | null;
  readonly recusalForm: {
    readonly action: string;
    readonly director: ChoiceView;
    readonly reason: SelectView;
    /** Shown open where something in it has to be put right. */
    readonly isOpen: boolean;
  } | null;
  readonly closing: { readonly action: string | null; readonly words: string } | null;
  readonly minutes: string | null;
  readonly sheetPhoto: string | null;
  readonly errors: readonly ErrorView[];
};

const STATES: Readonly<Record<RoundState, TagView>> = {
  OPEN: tag('yellow', '表决中'),
  APPROVED: tag('green', '通过'),
  REJECTED: tag('grey', '不通过'),
  LAPSED: tag('grey', '作废'),
};

/** A director who stayed away has no hand; on the page that must be said too, so that nobody is forgotten. */
export const ABSENT = 'absent';
const HAND_OPTIONS = [
  { value: 'yes', label: CHOICE_WORDS.yes },
  { value: 'no', label: CHOICE_WORDS.no },
  { value: 'abstain', label: CHOICE_WORDS.abstain },
  { value: ABSENT, label: '没到' },
];

/** The name of the radio buttons of one director. */
export const handField = (personId: string): string => `hand-${personId}`;

const PHOTO_READERS: readonly Role[] = ['secretary', 'clerk', 'chair', 'deputy', 'supervisor'];

export function roundPageView(
  round: RoundView,
  subject: SubjectDescription,
  looking: Looking,
): RoundPageView {
  const open = round.state === 'OPEN';
  const office = has(looking, ['secretary', 'clerk']);
  const inTime = looking.now.getTime() < round.deadlineAt.getTime();
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
    sum: open ? sumWords(sum) : resultWords(sum),
    facts: [...subject.facts.map(({ label, value }) => row(label, value)), ...roundFacts(round, looking.now)],
    directors: round.directors.map((director) => row(director.name, saidWords(director))),
    handsForm: open && office && inTime && round.handsAt === null ? handsForm(round, looking) : null,
    recusalForm: open && inTime ? recusalForm(round, looking, office) : null,
    closing: open && office ? closingView(round, looking.now) : null,
    minutes: open ? null : `/s/rounds/${round.id}/minutes.pdf`,
    sheetPhoto: round.sheetFileId && has(looking, PHOTO_READERS) ? `/s/files/${round.sheetFileId}` : null,
    errors: errorsOf(looking.errors),
  };
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
  if (round.handsAt !== null)
    facts.push(row('举手', `${instantWords(round.handsAt)}，由${round.recorderName ?? '经办人'}代录`));
  return facts;
}

function saidWords({ choice, reason }: RoundDirectorView): string {
  if (reason !== null) return `回避（${reasonWords(reason)}）`;
  return choice === null ? '还没投' : `${CHOICE_WORDS[choice]}（举手）`;
}

function handsForm(round: RoundView, { presiders, typed, errors }: Looking): RoundPageView['handsForm'] {
  const electors = electorsOf(
    round.directors,
    round.directors.filter(({ reason }) => reason !== null),
  );
  return {
    action: `/s/rounds/${round.id}/show-of-hands`,
    hands: electors.map(({ personId, name }) =>
      choiceField(handField(personId), name, HAND_OPTIONS, typed, errors, { tiles: true }),
    ),
    presider: choiceField(
      'presiderId',
      '谁主持，谁在签到表上签字？',
      presiders.map(({ personId, name, title }) => ({ value: personId, label: `${name}（${title}）` })),
      typed,
      errors,
      { hint: '理事长主持；理事长回避或没到时，由副理事长主持。主持人签字，就是同意付这笔钱。' },
    ),
    place: textField('place', '在哪里开的会？', typed, errors, { optional: true }),
    sheet: fileField('sheet', '签到表照片', errors, {
      hint: '把主持人签好字的签到表平放，拍清楚。',
      camera: true,
    }),
  };
}

function recusalForm(round: RoundView, looking: Looking, office: boolean): RoundPageView['recusalForm'] {
  const free = round.directors.filter(
    ({ personId, choice, reason }) =>
      choice === null && reason === null && (office || personId === looking.personId),
  );
  const [only] = free;
  if (!only) return null;
  const { typed, errors } = looking;
  return {
    action: `/s/rounds/${round.id}/recusals`,
    isOpen: 'directorId' in errors || 'reason' in errors,
    director: choiceField(
      'directorId',
      '哪位理事回避？',
      free.map(({ personId, name }) => ({ value: personId, label: name })),
      free.length === 1 ? { directorId: only.personId, ...typed } : typed,
      errors,
    ),
    reason: selectField(
      'reason',
      '为什么回避？',
      [
        { value: '', label: '请选择' },
        ...DECLARED_REASONS.map((reason) => ({ value: reason, label: reasonWords(reason) })),
      ],
      typed,
      errors,
    ),
  };
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
