import { dayWords, instantWords } from '../../kernel/chinese/words.js';
import { dayOf } from '../../kernel/day.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { errorsOf, row, table, textField } from '../../platform/web/views.js';
import type { ErrorView, SummaryRow, TableView, TextFieldView } from '../../platform/web/views.js';
import type { Charter } from '../../societies/index.js';
import { effectWords, foundSentence, outcomeSentence } from '../domain/objection-letters.js';
import { HANDING_WORDS } from '../domain/reply-handing.js';
import { GROUND_WORDS, objectionNoun, standingWords, withdrawalFault } from '../domain/objection.js';
import type { Notice } from '../notices.queries.js';
import type { ObjectionFacts, PublicObjection } from './objections.queries.js';
import { objectionFields } from './objections.views.js';
import type { ObjectionFields } from './objections.views.js';

/** Under a notice, for everybody: that there are objections, and how each ended; never what was said, nor by whom. */
export function publicTable(objections: readonly PublicObjection[]): TableView | null {
  if (objections.length === 0) return null;
  const rows = objections.map((each) => {
    const { number, receivedAt, ground, inTime, endedAt } = each;
    const ended = endedAt === null ? '' : `（${dayWords(dayOf(endedAt))}）`;
    const kind = `${objectionNoun(inTime)}：${GROUND_WORDS[ground]}`;
    return [number, dayWords(dayOf(receivedAt)), kind, `${standingWords(each)}${ended}`];
  });
  return table('异议和答复', ['受理号', '收到', '理由', '办理'], rows, '');
}

export type RaiseView = ObjectionFields & {
  readonly title: string;
  readonly publicPhone: string;
  readonly errors: readonly ErrorView[];
  readonly number: string;
  readonly back: string;
  readonly action: string;
  readonly lead: string;
  readonly phoneHref: string;
};

export function raiseView(
  { issue, endsAt, state }: Notice,
  charter: Charter,
  now: Date,
  typed: Typed,
  errors: FieldErrors,
): RaiseView {
  const code = issue?.code ?? '';
  const isOver = endsAt !== null && endsAt <= now;
  return {
    title: '我有异议',
    publicPhone: charter.publicContactPhone,
    errors: errorsOf(errors),
    number: issue?.number ?? '',
    back: `/n/${code}`,
    action: `/n/${code}/objection`,
    lead:
      state === 'SUSPENDED'
        ? '这张公示已经撤下，照样可以提，按投诉办理：一样有人查、一样答复。'
        : isOver
          ? '公示期已经过了，照样可以提，按投诉办理：一样有人查、一样答复。'
          : '交了马上有受理号。没有答复以前，公示期不结束。',
    phoneHref: telOf(charter),
    ...objectionFields(typed, errors),
  };
}

export type AskView = {
  readonly title: string;
  readonly errors: readonly ErrorView[];
  readonly code: TextFieldView;
};

export function askView(typed: Typed, errors: FieldErrors): AskView {
  return {
    title: '查异议办到哪了',
    errors: errorsOf(errors),
    code: textField('code', '查询码', typed, errors, {
      hint: '提异议时给您的 8 位字母和数字，如：K7M4Q2XD',
      short: true,
    }),
  };
}

export type OwnObjectionView = {
  readonly title: string;
  readonly publicPhone: string;
  readonly isNew: boolean;
  readonly number: string;
  readonly code: string;
  readonly standing: string;
  readonly effect: string | null;
  /** What was found and what follows; empty until it is decided. */
  readonly answer: readonly string[];
  readonly facts: readonly SummaryRow[];
  /** Where it is taken back; null where it cannot be, by this code. */
  readonly withdrawal: string | null;
  readonly contact: readonly SummaryRow[];
};

/** How one's own objection stands, by the code alone. It tells nobody what was said: a code may be found by others. */
export function ownObjectionView(
  objection: ObjectionFacts,
  code: string,
  charter: Charter,
  isNew: boolean,
): OwnObjectionView {
  const { number, noticeNumber, noticeCode, ground, inTime, receivedAt, state, outcome, reason, endedAt } =
    objection;
  const noun = objectionNoun(inTime);
  const isOpen = state === 'OPEN';
  return {
    title: isNew ? '已经受理' : `${noun} ${number}`,
    publicPhone: charter.publicContactPhone,
    isNew,
    number,
    code,
    standing: standingWords(objection),
    effect: isOpen ? effectWords(inTime) : null,
    answer:
      outcome && reason
        ? [
            foundSentence(reason),
            outcomeSentence({ outcome, inTime }),
            ...(objection.isNamed ? [letterWords(objection)] : []),
          ]
        : [],
    facts: [
      row('受理号', number),
      row('公示', noticeNumber, { href: `/n/${noticeCode}` }),
      row('理由', GROUND_WORDS[ground]),
      row('收到', instantWords(receivedAt)),
      ...(endedAt ? [row('办结', instantWords(endedAt))] : []),
    ],
    withdrawal: isOpen && withdrawalFault(objection, 'code') === null ? `/o/${code}/withdrawal` : null,
    contact: [
      row('找谁', charter.publicContactOffice),
      row('电话', charter.publicContactPhone, { href: telOf(charter) }),
    ],
  };
}

/** A real name was promised a written answer. */
const LETTER_WAITS = '您留了姓名，书面答复已经写好，请打下面的电话，约好怎么交给您。';

const letterWords = ({ handedAt, handedHow }: ObjectionFacts): string =>
  handedAt && handedHow
    ? `书面答复${dayWords(dayOf(handedAt))}已经交给您（${HANDING_WORDS[handedHow]}）。没有收到的，请打下面的电话。`
    : LETTER_WAITS;

const telOf = ({ publicContactPhone }: Charter): string => `tel:${publicContactPhone.replace(/[^\d+]/g, '')}`;
