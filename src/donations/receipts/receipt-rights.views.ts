import { dayWords } from '../../kernel/chinese/words.js';
import type { Day } from '../../kernel/day.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { choiceField, dayField, errorsOf, table, textField } from '../../platform/web/views.js';
import type { ChoiceView, ErrorView, TableView, TextFieldView } from '../../platform/web/views.js';
import { RECEIPT_MODE_WORDS, RECEIPT_MODES } from '../domain/receipt.js';
import type { Issuing, Right } from '../domain/receipt.js';
import { modeWords } from './receipt-block.js';
import type { RightOfOne, RightRow, RightsPage } from './receipt-rights.queries.js';
import { RECEIPTS, RIGHTS } from './receipts.views.js';

export type RightsView = {
  readonly title: string;
  readonly lead: string;
  readonly back: string;
  readonly q: TextFieldView;
  readonly organisations: TableView;
  readonly next: string | null;
};

export function rightsView({ rows, next }: RightsPage, text: string): RightsView {
  return {
    title: '谁能开什么票据',
    lead: '有财政部门票据的登记票据代码；没有的由总会代开，或者开内部收据。没有登记过的开内部收据。',
    back: RECEIPTS,
    q: textField('q', '找一个社', { q: text }, {}, { type: 'search' }),
    organisations: table(
      '总会和下面的社',
      ['名称', '现在开什么', '票据代码'],
      rows.map(({ organisation, right }) => [
        { words: organisation.name, href: `${RIGHTS}/${organisation.id}` },
        rightWords(right),
        right?.ticketCode ?? '没有',
      ]),
      text === '' ? '下面还没有社。' : '没有找到。',
    ),
    next:
      next === null ? null : `${RIGHTS}?after=${next}${text === '' ? '' : `&q=${encodeURIComponent(text)}`}`,
  };
}

const rightWords = (right: Right | null): string => RECEIPT_MODE_WORDS[right?.mode ?? 'INTERNAL'];

export type RightView = {
  readonly title: string;
  readonly now: string;
  readonly back: string;
  readonly backWords: string;
  readonly errors: readonly ErrorView[];
  readonly versions: TableView;
  /** Said to whoever may not change it. */
  readonly closed: string | null;
  readonly form: {
    readonly action: string;
    readonly mode: ChoiceView;
    readonly ticketCode: TextFieldView;
    readonly validFrom: TextFieldView;
  } | null;
};

export type RightFacts = {
  readonly one: RightOfOne['organisation'];
  readonly issuing: Issuing;
  readonly versions: readonly RightRow[];
  readonly isFederation: boolean;
  readonly mayGive: boolean;
  readonly today: Day;
  readonly typed?: Typed;
  readonly errors?: FieldErrors;
};

export function rightView({ one, issuing, versions, isFederation, mayGive, ...rest }: RightFacts): RightView {
  const { today, typed = {}, errors = {} } = rest;
  const usual = { mode: versions.at(-1)?.mode ?? 'INTERNAL', validFrom: today, ...typed };
  const modes = RECEIPT_MODES.filter((mode) => one.kind !== 'FEDERATION' || mode !== 'FEDERATION').map(
    (value) => ({
      value,
      label: RECEIPT_MODE_WORDS[value],
    }),
  );
  return {
    title: `${one.name}的票据`,
    now: `现在：${modeWords(issuing)}。`,
    back: isFederation ? RIGHTS : RECEIPTS,
    backWords: isFederation ? '返回名单' : '返回捐赠票据',
    errors: errorsOf(errors),
    versions: table(
      '登记过的',
      ['从哪天起', '开什么', '票据代码'],
      [...versions]
        .reverse()
        .map(({ validFrom, mode, ticketCode }) => [
          dayWords(validFrom),
          RECEIPT_MODE_WORDS[mode],
          ticketCode ?? '没有',
        ]),
      '还没有登记过，开内部收据。',
    ),
    closed: mayGive ? null : '由慈善总会的会计或者会长登记，本社不能自己改。',
    form: mayGive
      ? {
          action: `${RIGHTS}/${one.id}`,
          mode: choiceField('mode', '开什么票据？', modes, usual, errors),
          ticketCode: textField('ticketCode', '票据代码', usual, errors, {
            optional: true,
            inputmode: 'numeric',
            short: true,
            hint: '自己开的必填，6 至 12 位数字，在票据领用证上',
          }),
          validFrom: dayField('validFrom', '从哪天起', usual, errors),
        }
      : null,
  };
}
