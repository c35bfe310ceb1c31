import { clockOf } from '../duties/index.js';
import { instantShort, instantWords, remainingWords } from '../kernel/chinese/words.js';
import { yuanShort, yuanText } from '../kernel/fen.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { button, choiceField, clock, errorsOf, row, tag } from '../platform/web/views.js';
import type {
  ButtonView,
  ChoiceView,
  ClockView,
  Colour,
  ErrorView,
  LinkView,
  SelectView,
  SummaryRow,
  TagView,
} from '../platform/web/views.js';
import type { RoundFormView } from './case-forms.views.js';
import { CAUSE_WORDS } from '../kernel/causes.js';
import {
  ANSWER_WORDS,
  FAST_PATH_WORDS,
  RATIFY_WORKING_DAYS,
  RISK_WORDS,
  RISKS,
  seatOf,
  SEATS,
  seatWords,
  SIGN_HOURS,
} from './domain/fast-path.js';
import type { Answer, FastPathState, Seat } from './domain/fast-path.js';
import type { FastPathFacts } from './fast-path.reading.js';

export type FastPathView = {
  readonly title: string;
  readonly back: string;
  readonly lead: string;
  readonly help: string;
  readonly errors: readonly ErrorView[];
  readonly state: TagView | null;
  readonly facts: readonly SummaryRow[];
  /** 谁来签: who signs as what, and what was said. */
  readonly signatures: readonly SummaryRow[];
  /** Why it cannot be opened now, and what to do instead. */
  readonly refusal: string | null;
  readonly opening: {
    readonly action: string;
    readonly risk: ChoiceView;
    readonly warning: string | null;
  } | null;
  readonly signing: {
    readonly action: string;
    readonly fastPathId: string;
    readonly words: string;
    readonly answers: readonly { readonly value: Answer; readonly button: ButtonView }[];
  } | null;
  readonly clocks: readonly ClockView[];
  readonly outcome: string | null;
  readonly ratifying: {
    readonly action: string;
    readonly bound: readonly string[];
    readonly recusals: readonly SelectView[];
  } | null;
  readonly round: LinkView | null;
  readonly ordinary: ButtonView | null;
};

const COLOURS: Readonly<Record<FastPathState, Colour>> = {
  OPEN: 'blue',
  APPROVED: 'yellow',
  STOPPED: 'grey',
  EXPIRED: 'grey',
  CANCELLED: 'grey',
  RATIFIED: 'green',
  NOT_RATIFIED: 'red',
};

/** `round` is what the board would be asked on, for whoever may ask it. */
export function fastPathView(
  facts: FastPathFacts,
  round: Pick<RoundFormView, 'bound' | 'recusals'> | null,
  typed: Typed,
  errors: FieldErrors,
): FastPathView {
  const { row: one, applicant, path, roles } = facts;
  const isFree = one.state === 'VERIFIED';
  const opens = isFree && roles.includes('secretary');
  const shown = path && !(isFree && path.state === 'CANCELLED') ? path : null;
  return {
    title: '紧急快办',
    back: `/s/cases/${one.text}`,
    lead: `${one.text} ${applicant.maskedName} · ${CAUSE_WORDS[one.cause]} · ${yuanText(one.amountFen)} 元`,
    help: helpWords(facts),
    errors: errorsOf(errors),
    state: shown && tag(COLOURS[shown.state], FAST_PATH_WORDS[shown.state]),
    facts: shown ? pathRows(facts, shown) : [],
    signatures: shown ? SEATS.map((seat) => signatureRow(facts, shown, seat)) : [],
    refusal: opens && facts.refusal ? `${facts.refusal.message}${facts.refusal.advice}` : null,
    opening: opens && !facts.refusal ? openingOf(facts, typed, errors) : null,
    signing: signingOf(facts),
    clocks: ratifyClock(facts),
    outcome: path ? (OUTCOMES[path.state] ?? null) : null,
    ratifying: round && { action: `/s/cases/${one.text}/fast-path/ratification`, ...round },
    round: facts.round && { words: '看追认的表决', href: `/s/rounds/${facts.round.id}` },
    ordinary:
      isFree && (opens || roles.includes('clerk'))
        ? button('请大家表决', opens && !facts.refusal ? 'second' : 'main', `/s/cases/${one.text}/rounds/new`)
        : null,
  };
}

/** What somebody needs to know who does this once a year. */
function helpWords({ limitFen }: FastPathFacts): string {
  return (
    `平常请理事表决。有生命危险、没有住处，等不得表决的，${yuanShort(limitFen)} 元以内可以紧急快办：` +
    `理事长、秘书长同意，监事会签，${SIGN_HOURS} 小时内三人都签了就打款；` +
    `${RATIFY_WORKING_DAYS} 个工作日内请理事会追认。有一人不同意，就改走表决。`
  );
}

function pathRows({ now }: FastPathFacts, path: NonNullable<FastPathFacts['path']>): SummaryRow[] {
  const rows = [row('为什么快办', RISK_WORDS[path.risk]), row('发起', instantWords(path.openedAt))];
  if (path.endedAt === null)
    rows.push(row('签完期限', `${instantWords(path.dueAt)}（${remainingWords(now, path.dueAt)}）`));
  else rows.push(row(path.state === 'EXPIRED' ? '停下' : '签完', instantWords(path.endedAt)));
  return rows;
}

function signatureRow(
  { names, personId }: FastPathFacts,
  path: NonNullable<FastPathFacts['path']>,
  seat: Seat,
): SummaryRow {
  const [said, at] = [path[`${seat}Said`], path[`${seat}At`]];
  const whose = path[`${seat}Id`] === personId ? '（您）' : '';
  const words = said && at ? `${ANSWER_WORDS[seat][said]}，${instantShort(at)}` : NOT_SIGNED[path.state];
  return row(seatWords(seat, path), `${names?.[seat] ?? ''}${whose}：${words}`);
}

const NOT_SIGNED: Readonly<Record<FastPathState, string>> = {
  OPEN: '还没签',
  APPROVED: '没有签',
  STOPPED: '没有签',
  EXPIRED: '没有签',
  CANCELLED: '没有签',
  RATIFIED: '没有签',
  NOT_RATIFIED: '没有签',
};

function openingOf(
  { row: one, freeFen }: FastPathFacts,
  typed: Typed,
  errors: FieldErrors,
): FastPathView['opening'] {
  return {
    action: `/s/cases/${one.text}/fast-path`,
    risk: choiceField(
      'risk',
      '为什么等不得表决？',
      RISKS.map((risk) => ({ value: risk, label: RISK_WORDS[risk] })),
      typed,
      errors,
      { tiles: true, hint: '您发起，就是秘书长同意；再请理事长和监事用自己的账号来签。' },
    ),
    warning: one.amountFen > freeFen ? '池里可用的钱不够，现在发起会被拦下。' : null,
  };
}

/** The two buttons, for the one person who has not spoken yet and looks in time. */
function signingOf({ row: one, path, personId, now }: FastPathFacts): FastPathView['signing'] {
  const seat = path?.state === 'OPEN' ? seatOf(path, personId) : null;
  if (!path || seat === null || path[`${seat}Said`] !== null || now >= path.dueAt) return null;
  const words = ANSWER_WORDS[seat];
  return {
    action: `/s/cases/${one.text}/fast-path/signatures`,
    fastPathId: path.id,
    words: SIGNING_WORDS[seat],
    answers: [
      { value: 'yes', button: button(words.yes) },
      { value: 'no', button: button(`${words.no}，改请理事表决`, 'second') },
    ],
  };
}

const SIGNING_WORDS: Readonly<Record<Seat, string>> = {
  chair: '您同意，就是批准付这笔钱。签了不能改。',
  secretary: '您同意，就是批准付这笔钱。签了不能改。',
  supervisor: '会签表示您看过、没有理由叫停；批准付钱的是理事长和秘书长。签了不能改。',
};

function ratifyClock({ ratify, now }: FastPathFacts): ClockView[] {
  if (!ratify) return [];
  const { label, state, words } = clockOf(ratify, now);
  return [clock(label, state, words)];
}

const OUTCOMES: Partial<Readonly<Record<FastPathState, string>>> = {
  STOPPED: '钱和这户的额度都已放回。这一件请大家表决。',
  EXPIRED: '钱和这户的额度都已放回。可以再发起一次，也可以请大家表决。',
  RATIFIED: '理事会追认了，手续齐了。',
  NOT_RATIFIED: '钱不追回。镇联合社要复核这一件；复核以前，签字的三个人不能再签紧急快办。',
};
