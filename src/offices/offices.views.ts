import { dayWords } from '../kernel/chinese/words.js';
import type { Day } from '../kernel/day.js';
import type { PersonSummary } from '../people/index.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import {
  checkField,
  choiceField,
  dayField,
  errorsOf,
  selectField,
  tag,
  textField,
} from '../platform/web/views.js';
import { isHeldOn, lastDayOf, OFFICE_WORDS, OFFICES } from './domain/office.js';
import { owesPledge } from './domain/officer-pledge.js';
import type { NamedTerm } from './offices.queries.js';

/** The one term whose form to end it is open, with what was typed into it. */
export type Ending = { readonly termId: string; readonly typed: Typed; readonly errors: FieldErrors };

export type OfficesFacts = {
  readonly terms: readonly NamedTerm[];
  /** Terms whose holder has not signed the pledge yet. */
  readonly owing: readonly string[];
  readonly today: Day;
  readonly mayAppoint: boolean;
  readonly oversees: boolean;
  readonly ending: Ending | null;
};

export function officesView({ terms, owing, today, mayAppoint, oversees, ending }: OfficesFacts) {
  const isOver = (term: NamedTerm) => lastDayOf(term) < today;
  const { errors = {} } = ending ?? {};
  return {
    title: '职务',
    errors: errorsOf(errors),
    mayAppoint,
    breaches: oversees ? '/s/breaches' : null,
    running: terms
      .filter((term) => !isOver(term))
      .map((term) => ({
        ...lineOf(term),
        state: isHeldOn(term, today) ? tag('green', '在任') : tag('blue', '还没开始'),
        unpledged: owing.includes(term.id) ? tag('yellow', '没签承诺书') : null,
        pledge: isHeldOn(term, today) && owesPledge(term.office) ? `/s/offices/${term.id}/pledge` : null,
        end: mayAppoint && term.endedOn === null ? `/s/offices?end=${term.id}` : null,
        action: `/s/offices/${term.id}/end`,
        endedOn:
          ending?.termId === term.id
            ? dayField('endedOn', '从哪天起不再担任？', ending.typed, errors, {
                hint: '从这一天起，他就不能再以这个职务办事',
              })
            : null,
      })),
    over: terms.filter(isOver).map(lineOf),
    nothing: { words: '还没有登记职务。', actions: [] },
  };
}

function lineOf(term: NamedTerm) {
  return {
    name: term.person.name,
    office: OFFICE_WORDS[term.office],
    span: `${dayWords(term.fromOn)}至${dayWords(lastDayOf(term))}`,
  };
}

export function appointView(
  text: string,
  found: readonly PersonSummary[],
  typed: Typed,
  errors: FieldErrors,
) {
  const people = found.map(({ id, name, group, phoneTail }) => ({
    value: id,
    label: name,
    hint: [group, phoneTail === null ? '' : `尾号 ${phoneTail}`].filter(Boolean).join(' · '),
  }));
  const offices = OFFICES.map((office) => ({ value: office, label: OFFICE_WORDS[office] }));
  return {
    title: '登记任职',
    action: '/s/offices',
    errors: errorsOf(errors),
    text,
    search: textField('q', '谁任职？', { q: text }, errors, {
      type: 'search',
      hint: '姓名、拼音首字母或手机尾号后四位',
    }),
    nobody: text !== '' && people.length === 0,
    person: people.length > 0 ? choiceField('personId', '选一位', people, typed, errors) : null,
    office: selectField('office', '任什么职务？', offices, typed, errors),
    fromOn: dayField('fromOn', '任期第一天', typed, errors),
    untilOn: dayField('untilOn', '任期最后一天', typed, errors, {
      hint: '章程规定的任期届满日，一般不超过五年',
    }),
    pledged: checkField(
      'pledged',
      '承诺书',
      [{ value: 'yes', label: '本人已经在纸上签了诚信自律承诺书' }],
      typed,
      errors,
      { optional: true, hint: '没签的，上任以后补签' },
    ),
  };
}
