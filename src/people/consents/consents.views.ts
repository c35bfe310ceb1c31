import { dayWords } from '../../kernel/chinese/words.js';
import { dayOf } from '../../kernel/day.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { choiceField, errorsOf, fileField, row, table, tag, textField } from '../../platform/web/views.js';
import type {
  ChoiceView,
  ErrorView,
  FileFieldView,
  SummaryRow,
  TableView,
  TagView,
  TextFieldView,
} from '../../platform/web/views.js';
import {
  ANSWERED_WORDS,
  CONSENT_TEXT_VERSION,
  CONSENT_WAY_WORDS,
  CONSENT_WORDS,
  PURPOSE_WORDS,
  PURPOSES,
  textOf,
  WITHDRAWAL_WORDS,
} from '../domain/consent.js';
import type { Answered, Consents, Purpose } from '../domain/consent.js';
import { RELATION_WORDS } from '../domain/kin.js';
import type { PersonSummary } from '../people.queries.js';
import { optionsOf, whichOne } from '../people.views.js';
import type { ConsentAnswer } from './consents.queries.js';

export const CONSENT_FIELDS: readonly (readonly [Purpose, keyof Consents])[] = [
  ['PROCESS', 'process'],
  ['HEALTH_BANK', 'healthBank'],
  ['VERIFY', 'verify'],
  ['PUBLISH', 'publish'],
];

/** What was typed into one of the forms, and what is wrong with it. */
export type Said = {
  readonly typed: Typed;
  readonly errors: FieldErrors;
  /** Several persons of the typed name, to choose from. */
  readonly candidates: readonly PersonSummary[];
};
export const NOTHING_SAID: Said = { typed: {}, errors: {}, candidates: [] };

type WayFields = {
  readonly how: ChoiceView;
  readonly other: TextFieldView;
  readonly otherId: ChoiceView | null;
  readonly relation: ChoiceView;
  readonly sheet: FileFieldView;
};

export type ConsentsView = WayFields & {
  readonly title: string;
  readonly back: string;
  readonly errors: readonly ErrorView[];
  readonly standing: readonly {
    readonly heading: string;
    readonly state: TagView;
    /** Where the words of today are not those that were signed. */
    readonly old: TagView | null;
    readonly words: string;
    readonly facts: readonly SummaryRow[];
    readonly withdraw: string | null;
  }[];
  readonly history: TableView;
  readonly action: string;
  readonly answers: readonly ChoiceView[];
};

const COLOURS: Readonly<Record<Answered, TagView['colour']>> = {
  GIVEN: 'green',
  REFUSED: 'red',
  WITHDRAWN: 'red',
};

export function consentsView(
  person: PersonSummary,
  answers: readonly ConsentAnswer[],
  said: Said,
): ConsentsView {
  const at = `/s/people/${person.id}`;
  const yesNo = [
    { value: 'yes', label: '同意' },
    { value: 'no', label: '不同意' },
  ];
  return {
    title: `${person.name}：同意书`,
    back: at,
    errors: errorsOf(said.errors),
    standing: PURPOSES.map((purpose) =>
      standingOf(purpose, answers.findLast((each) => each.purpose === purpose) ?? null, at),
    ),
    history: historyOf(answers),
    action: `${at}/consents`,
    answers: CONSENT_FIELDS.map(([purpose, field]) =>
      choiceField(field, CONSENT_WORDS[purpose], yesNo, said.typed, said.errors, {
        tiles: true,
        optional: true,
      }),
    ),
    ...wayFields(person, said),
  };
}

function standingOf(purpose: Purpose, last: ConsentAnswer | null, at: string) {
  const heading = PURPOSE_WORDS[purpose];
  if (last === null)
    return {
      ...{ heading, state: tag('blue', '没有问过'), old: null, words: CONSENT_WORDS[purpose] },
      ...{ facts: [], withdraw: null },
    };
  const { answered, textVersion } = last;
  return {
    heading,
    state: tag(COLOURS[answered], ANSWERED_WORDS[answered]),
    old: textVersion === CONSENT_TEXT_VERSION ? null : tag('yellow', '签的是旧版文字'),
    words: textOf(textVersion)[purpose],
    facts: [
      row('怎么说的', `${dayWords(dayOf(last.at))}，${wayWords(last)}`),
      row('文字', `第 ${textVersion} 版，${last.recorderName ?? '系统管理员'}登记`),
    ],
    withdraw: last.given ? `${at}/consents/withdrawal?purpose=${purpose}` : null,
  };
}

function wayWords({ how, guardianName, otherName, relation, hasSheet, isBrought }: ConsentAnswer): string {
  const who =
    how === 'GUARDIAN'
      ? guardianName
      : otherName &&
        (relation === null ? `见证人 ${otherName}` : `${otherName}，${RELATION_WORDS[relation]}`);
  const parts = [
    CONSENT_WAY_WORDS[how],
    who,
    hasSheet ? '有签字的照片' : null,
    isBrought ? '随案件从别的社转来' : null,
  ];
  return parts.filter(Boolean).join('，');
}

function historyOf(answers: readonly ConsentAnswer[]): TableView {
  return table(
    '说过的每一次',
    ['时间', '哪一项', '怎么答', '哪一版', '怎么说的'],
    [...answers]
      .reverse()
      .map((each) => [
        dayWords(dayOf(each.at)),
        PURPOSE_WORDS[each.purpose],
        ANSWERED_WORDS[each.answered],
        each.textVersion,
        wayWords(each),
      ]),
    '还没有问过。',
  );
}

function wayFields(person: PersonSummary, { typed, errors, candidates }: Said): WayFields {
  const suggest = candidates.length > 0 ? null : { url: '/s/people/suggest', into: 'otherId' };
  return {
    how: choiceField(
      'how',
      '是怎么说的？',
      optionsOf(CONSENT_WAY_WORDS),
      { how: person.isMinor ? 'GUARDIAN' : 'PAPER', ...typed },
      errors,
      { hint: person.isMinor ? '未满 18 周岁，须由监护人签字' : null },
    ),
    other: textField('other', '代签人或者见证人', typed, errors, {
      hint: '代签、当面说、打电话说的才填；不能是本人，也不能是登记的人。要先在名册里',
      suggest,
      optional: true,
    }),
    otherId: whichOne('otherId', candidates, typed, errors),
    relation: choiceField('relation', '代签人和本人是什么关系？', optionsOf(RELATION_WORDS), typed, errors, {
      hint: '代签的才选',
      optional: true,
    }),
    sheet: fileField('sheet', '签字的照片', errors, { optional: true, camera: true }),
  };
}

export type WithdrawalView = WayFields & {
  readonly title: string;
  readonly back: string;
  readonly errors: readonly ErrorView[];
  /** Those that were signed, which need not be the words of today. */
  readonly words: string;
  readonly follows: string;
  /** What of this person's would stop or change at once. */
  readonly shows: readonly string[];
  readonly action: string;
  readonly purpose: Purpose;
};

export function withdrawalView(
  person: PersonSummary,
  { purpose, textVersion }: Pick<ConsentAnswer, 'purpose' | 'textVersion'>,
  shows: readonly string[],
  said: Said,
): WithdrawalView {
  const at = `/s/people/${person.id}/consents`;
  return {
    title: `${person.name}：撤回“${PURPOSE_WORDS[purpose]}”的同意`,
    back: at,
    errors: errorsOf(said.errors),
    words: textOf(textVersion)[purpose],
    follows: WITHDRAWAL_WORDS[purpose],
    shows,
    action: `${at}/withdrawal`,
    purpose,
    ...wayFields(person, said),
  };
}
