import { CAUSE_WORDS } from '../kernel/causes.js';
import { instantShort } from '../kernel/chinese/words.js';
import { dayOf } from '../kernel/day.js';
import { yuanText } from '../kernel/fen.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { choiceField, errorsOf, table, tag } from '../platform/web/views.js';
import type { Colour, TableView, TagView } from '../platform/web/views.js';
import { STATE_WORDS } from './domain/case-words.js';
import { agoWords, DISPOSITION_WORDS, MATCH_REASON_KEYS, MATCH_REASONS, WHY_WORDS } from './domain/match.js';
import type { Disposition } from './domain/match.js';
import type { MatchFact, MatchPair, MatchSide } from './matches.queries.js';

const COLOURS: Readonly<Record<Disposition, Colour>> = {
  DIFFERENT_PERSON: 'grey',
  ALLOWED_SECOND: 'green',
  REPEAT_CLAIM: 'red',
  OPEN: 'yellow',
};

export function matchState({ disposition }: Pick<MatchFact, 'disposition'>): TagView {
  return disposition === null
    ? tag('yellow', '还没说明')
    : tag(COLOURS[disposition], DISPOSITION_WORDS[disposition]);
}

const whyWords = ({ whys }: Pick<MatchFact, 'whys'>) => whys.map((why) => WHY_WORDS[why]).join('、');

/** “身份证号相同：另一个互助社，40 天前，1,000.00 元，突发疾病”: nothing in it names anybody or any place. */
export function matchSentence(match: MatchFact): string {
  const { acceptedOn, amountFen, cause } = match.other;
  const ago = agoWords(acceptedOn, dayOf(match.foundAt));
  return `${whyWords(match)}：另一个互助社，${ago}，${yuanText(amountFen)} 元，${CAUSE_WORDS[cause]}`;
}

function saidWords({ reason, disposedAt }: MatchFact | MatchPair): string | null {
  if (reason === null || disposedAt === null) return null;
  return `${MATCH_REASONS[reason].words}（${instantShort(disposedAt)}）`;
}

const REASON_OPTIONS = MATCH_REASON_KEYS.map((value) => ({
  value,
  label: `${DISPOSITION_WORDS[MATCH_REASONS[value].disposition]}：${MATCH_REASONS[value].words}`,
}));

export function matchReasonField(match: { readonly reason: string | null }, errors: FieldErrors) {
  const typed: Typed = match.reason === null ? {} : { reason: match.reason };
  return choiceField('reason', '是怎么回事？', REASON_OPTIONS, typed, errors);
}

/** One at a time: the form of the match that `open` names, or of the first that nobody has explained. */
export function caseMatchesView(
  number: string,
  matches: readonly MatchFact[],
  open: string | null,
  errors: FieldErrors,
) {
  const chosen =
    matches.find(({ id }) => id === open) ?? matches.find(({ disposition }) => disposition === null);
  return {
    title: '可能重复',
    back: `/s/cases/${number}`,
    errors: errorsOf(errors),
    matches: matches.map((match) => ({
      words: matchSentence(match),
      state: matchState(match),
      said: saidWords(match),
      again: match.id === chosen?.id ? null : `/s/cases/${number}/matches?open=${match.id}`,
      action: `/s/cases/${number}/matches/${match.id}`,
      reason: match.id === chosen?.id ? matchReasonField(match, errors) : null,
    })),
    nothing: matches.length === 0 ? '没有在别的互助社发现可能重复的案件。' : null,
  };
}

export function matchesView(pairs: readonly MatchPair[]) {
  return {
    title: '可能重复的案件',
    matches: table(
      '可能重复的案件',
      ['发现', '为什么', '后来的', '先前的', '说明'],
      pairs.map((pair) => [
        { words: instantShort(pair.foundAt), href: `/s/matches/${pair.id}` },
        whyWords(pair),
        sideWords(pair.mine),
        sideWords(pair.other),
        { words: '', tag: matchState(pair) },
      ]),
      '各社之间没有发现可能重复的案件。',
    ),
  };
}

function sideWords({ societyName, caseNumber, maskedName }: MatchSide): string {
  return `${societyName} ${caseNumber} ${maskedName}`;
}

const ROWS: readonly (readonly [label: string, of: (side: MatchSide) => string])[] = [
  ['互助社', ({ societyName }) => societyName],
  ['案号', ({ caseNumber }) => caseNumber],
  ['姓名', ({ name }) => name],
  ['小组', ({ group }) => group],
  ['事由', ({ cause }) => CAUSE_WORDS[cause]],
  ['金额', ({ amountFen }) => `${yuanText(amountFen)} 元`],
  ['受理', ({ acceptedOn }) => acceptedOn],
  ['状态', ({ state }) => STATE_WORDS[state]],
];

/** Side by side; what differs is said in words, since a colour alone says nothing. */
export function matchSides(pair: Pick<MatchPair, 'mine' | 'other'>): TableView {
  return table(
    '并排看',
    ['项目', '后来的', '先前的', '一样吗'],
    ROWS.map(([label, of]) => {
      const [mine, other] = [of(pair.mine), of(pair.other)];
      const isSame = mine === other;
      return [label, mine, other, { words: '', tag: isSame ? tag('grey', '一样') : tag('yellow', '不同') }];
    }),
    '',
  );
}

export function matchView(pair: MatchPair, errors: FieldErrors) {
  return {
    title: `可能重复：${whyWords(pair)}`,
    errors: errorsOf(errors),
    state: matchState(pair),
    said: saidWords(pair),
    sides: matchSides(pair),
    action: `/s/matches/${pair.id}`,
    reason: matchReasonField(pair, errors),
  };
}
