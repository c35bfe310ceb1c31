import type { RoundSummary } from '../board/index.js';
import { limitWords, isOverdue } from '../duties/index.js';
import type { Duty } from '../duties/index.js';
import type { Role } from '../kernel/actor.js';
import { instantWords, remainingWords } from '../kernel/chinese/words.js';
import { yuanOf, yuanText } from '../kernel/fen.js';
import type { PersonSummary } from '../people/index.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { amountField, button, choiceField, errorsOf, row, tag, textField } from '../platform/web/views.js';
import type {
  AmountFieldView,
  ButtonView,
  ChoiceView,
  ErrorView,
  SummaryRow,
  TagView,
  TextFieldView,
} from '../platform/web/views.js';
import type { CaseFacts } from './cases.queries.js';
import { CAUSE_WORDS } from '../kernel/causes.js';
import { END_WORDS, REFERRAL_OFFICES } from './domain/endings.js';
import {
  ANSWER_WORDS,
  HANDOVER_ANSWERS,
  HANDOVER_STATE_WORDS,
  OFFICE_ESCALATIONS,
} from './domain/handover.js';
import type { HandoverFact } from './handovers.queries.js';
import { roundWords } from './round-words.js';

const OFFICE: readonly Role[] = ['secretary', 'clerk'];

export type HandedView = {
  readonly rows: readonly SummaryRow[];
  readonly note: string | null;
  readonly act: ButtonView | null;
};

/** On the page of the case that was handed over: to whom, when, and what came of it. */
export function handedView(handover: HandoverFact | null, roles: readonly Role[]): HandedView | null {
  if (!handover) return null;
  const { state, toSocietyId } = handover;
  const onPaper = toSocietyId === null && state === 'OPEN';
  const mayRecord = onPaper && roles.some((role) => OFFICE.includes(role));
  return {
    rows: [
      row('转给了谁', toWords(handover)),
      row('为什么', END_WORDS[handover.reason]),
      row('什么时候', instantWords(handover.openedAt)),
      ...(handover.askedFen === null ? [] : [row('需要', `${yuanText(handover.askedFen)} 元`)]),
      ...(handover.note === null ? [] : [row('说明', handover.note)]),
      row('现在', HANDOVER_STATE_WORDS[state]),
      ...resultRows(handover),
    ],
    note: onPaper ? paperWords(handover) : null,
    act: mayRecord ? button('记答复', 'second', `/s/cases/${handover.caseNumber}/answer`) : null,
  };
}

function toWords({ kind, toName, reason }: HandoverFact): string {
  if (kind === 'OFFICE') return END_WORDS[reason].replace(/^转/, '');
  return toName ?? '镇里（本社还没有上级镇联合社）';
}

function paperWords({ kind }: HandoverFact): string {
  return kind === 'OFFICE'
    ? '请打印转办函送过去；有了答复，记在这里。'
    : '本社还没有上级镇联合社，请打印转办函送镇里；有了答复，记在这里。';
}

function resultRows({ answer, answeredFen, answerNote, answeredAt }: HandoverFact): SummaryRow[] {
  if (answer === null || answeredAt === null) return [];
  const amount = answeredFen === null ? '' : `，${yuanText(answeredFen)} 元`;
  return [
    row('结果', `${ANSWER_WORDS[answer]}${amount}（${instantWords(answeredAt)}）`),
    ...(answerNote === null ? [] : [row('答复', answerNote)]),
  ];
}

/** A form of the village about one case: hand it up, ask for a review, refer it, write down the answer. */
export type ReferralView = {
  readonly title: string;
  readonly back: string;
  readonly lead: string;
  readonly help: string;
  readonly warning: string | null;
  readonly action: string;
  readonly choice: ChoiceView | null;
  readonly amount: AmountFieldView | null;
  readonly note: TextFieldView;
  readonly button: string;
  readonly errors: readonly ErrorView[];
};

export type ReferralPage = 'escalation' | 'review' | 'referral' | 'answer';

export type ReferralFacts = {
  readonly row: CaseFacts;
  readonly applicant: PersonSummary;
  /** Who stands above; null for nobody. */
  readonly above: string | null;
};

export function referralView(
  page: ReferralPage,
  { row: one, applicant, above }: ReferralFacts,
  typed: Typed,
  errors: FieldErrors,
): ReferralView {
  const town = above ?? '镇里';
  const noTown =
    above === null ? '本社还没有上级镇联合社：转出以后请打印转办函送镇里，答复由本社记下来。' : null;
  const common = {
    back: `/s/cases/${one.text}`,
    lead: `${one.text} ${applicant.maskedName} · ${CAUSE_WORDS[one.cause]} · ${yuanText(one.amountFen)} 元`,
    action: `/s/cases/${one.text}/${page}`,
    note: textField('note', page === 'answer' ? '对方怎么说' : '给对方写两句', typed, errors, {
      rows: 3,
      optional: true,
      secret: true,
      hint: '不要写病名和身份证号',
    }),
    errors: errorsOf(errors),
  };
  switch (page) {
    case 'escalation':
      return {
        ...common,
        title: '转镇联合社',
        help: `本社办不了的，转给${town}接着办。转出以后本社不再表决，请先告诉申请人。`,
        warning: noTown,
        choice: choices('reason', '为什么转？', OFFICE_ESCALATIONS, END_WORDS, typed, errors),
        amount: amountField('askedFen', '一共需要多少钱？', typed, errors, {
          optional: true,
          hint: '比本社单笔限额多的，写真正需要的数',
        }),
        button: '转出',
      };
    case 'review':
      return {
        ...common,
        title: '申请人要求复核',
        help: `本社没有通过的，申请人 30 天内可以请${town}再看一次。本社的决定和表决记录一起转过去。`,
        warning: noTown,
        choice: null,
        amount: null,
        button: '转去复核',
      };
    case 'referral':
      return {
        ...common,
        title: '转别的部门',
        help: '不归互助社管的事，转到该管的部门。转出以后本社不再办理，请先告诉申请人。',
        warning: null,
        choice: choices('office', '转到哪里？', REFERRAL_OFFICES, END_WORDS, typed, errors),
        amount: null,
        button: '转出',
      };
    case 'answer':
      return {
        ...common,
        title: '记答复',
        help: '对方来了回话，记在这里，这一件就有了结果。记了不能改。',
        warning: null,
        choice: choices('answer', '结果怎样？', HANDOVER_ANSWERS, ANSWER_WORDS, typed, errors),
        amount: amountField('answeredFen', '帮了多少钱？', typed, errors, {
          optional: true,
          hint: '“已经帮了”的写，其他不用写',
        }),
        button: '记下答复',
      };
  }
}

function choices<Value extends string>(
  name: string,
  label: string,
  values: readonly Value[],
  words: Readonly<Record<Value, string>>,
  typed: Typed,
  errors: FieldErrors,
): ChoiceView {
  const options = values.map((value) => ({ value, label: words[value] }));
  return choiceField(name, label, options, typed, errors);
}

export type HandoverPageFacts = {
  readonly handover: HandoverFact;
  readonly applicant: PersonSummary;
  readonly rounds: readonly RoundSummary[];
  readonly duty: Duty | null;
  readonly roles: readonly Role[];
  readonly now: Date;
  /** Opened by an act of its own, with its reason; null until then. */
  readonly story: { readonly words: string } | null;
};

/** The page of the town about one case that a village handed up. */
export type HandoverView = {
  readonly title: string;
  readonly state: TagView;
  readonly facts: readonly SummaryRow[];
  readonly story: string | null;
  readonly storyForm: { readonly action: string; readonly reason: TextFieldView } | null;
  readonly taking: { readonly action: string; readonly amount: AmountFieldView } | null;
  readonly answering: {
    readonly action: string;
    readonly answer: ChoiceView;
    readonly amount: AmountFieldView;
    readonly note: TextFieldView;
  } | null;
  readonly errors: readonly ErrorView[];
};

export function handoverView(facts: HandoverPageFacts, typed: Typed, errors: FieldErrors): HandoverView {
  const { handover, applicant, roles, story } = facts;
  const at = `/s/town/handovers/${handover.id}`;
  const acts = handover.state === 'OPEN' && roles.some((role) => OFFICE.includes(role));
  const wanted = { amountFen: yuanOf(handover.askedFen ?? handover.amountFen), ...typed };
  return {
    title: `${handover.societyName}转来：${applicant.maskedName} · ${CAUSE_WORDS[handover.cause]}`,
    state: handoverTag(facts),
    facts: factsOf(facts),
    story: story?.words ?? null,
    storyForm: story
      ? null
      : { action: `${at}/story`, reason: textField('reason', '为什么要看？', typed, errors) },
    taking: acts
      ? { action: `${at}/case`, amount: amountField('amountFen', '按多少钱办？', wanted, errors) }
      : null,
    answering: acts
      ? {
          action: `${at}/answer`,
          answer: choices('answer', '结果怎样？', HANDOVER_ANSWERS, ANSWER_WORDS, typed, errors),
          amount: amountField('answeredFen', '帮了多少钱？', typed, errors, {
            optional: true,
            hint: '“已经帮了”的写，其他不用写',
          }),
          note: textField('note', '给村里写两句', typed, errors, { rows: 3, optional: true, secret: true }),
        }
      : null,
    errors: errorsOf(errors),
  };
}

export function handoverTag({
  handover,
  duty,
  now,
}: Pick<HandoverPageFacts, 'handover' | 'duty' | 'now'>): TagView {
  const words = HANDOVER_STATE_WORDS[handover.state];
  if (handover.state === 'ANSWERED') return tag('green', words);
  if (!duty || handover.state === 'TAKEN') return tag('blue', words);
  const left = `${words}，${remainingWords(now, duty.dueAt)}（${limitWords(duty.rule)}）`;
  return tag(isOverdue(duty, now) ? 'red' : 'yellow', left);
}

function factsOf({ handover, applicant, rounds }: HandoverPageFacts): SummaryRow[] {
  const { takenNumber } = handover;
  return [
    row('哪个村', handover.societyName),
    row('对象', `${applicant.maskedName}（${applicant.group}）`),
    row('事由', CAUSE_WORDS[handover.cause]),
    row('村里的金额', `${yuanText(handover.amountFen)} 元`),
    ...(handover.askedFen === null ? [] : [row('需要', `${yuanText(handover.askedFen)} 元`)]),
    row('为什么转来', END_WORDS[handover.reason]),
    row('什么时候', instantWords(handover.openedAt)),
    ...(handover.note === null ? [] : [row('村里的说明', handover.note)]),
    row('村里的表决', rounds.length === 0 ? '没有表决过' : rounds.map(roundWords).join('；')),
    ...(takenNumber === null ? [] : [row('本社的案件', takenNumber, { href: `/s/cases/${takenNumber}` })]),
    ...resultRows(handover),
  ];
}
