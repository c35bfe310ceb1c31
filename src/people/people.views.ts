import { COLUMNS, MOST_ROWS } from './domain/people-sheet.js';
import type { PeopleSheet } from './domain/people-sheet.js';
import { CATEGORY_WORDS, RESIDENCE_WORDS, TAG_WORDS } from './domain/person.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import {
  button,
  checkField,
  choiceField,
  dayField,
  errorsOf,
  fileField,
  selectField,
  table,
  textField,
} from '../platform/web/views.js';
import type { ChoiceView, TableView } from '../platform/web/views.js';
import type { Imported, Preview } from './people-import.service.js';
import type { PersonSummary } from './people.queries.js';

export const optionsOf = <Value extends string>(words: Record<Value, string>) =>
  (Object.entries(words) as [Value, string][]).map(([value, label]) => ({ value, label }));

/** 尾号 5341: all that a list shows of a phone. */
export const tailWords = (tail: string | null): string => (tail === null ? '没有登记' : `尾号 ${tail}`);

const ID_WORDS = { KNOWN: '身份证已登记', PENDING: '身份证待补' } as const;

function peopleTable(people: readonly PersonSummary[], empty: string): TableView {
  return table(
    '名册',
    ['姓名', '村民小组', '电话', '身份证', '困难类别'],
    people.map((person) => [
      { words: person.name, href: `/s/people/${person.id}` },
      person.group,
      person.phoneTail === null ? '没有电话' : `电话尾号 ${person.phoneTail}`,
      ID_WORDS[person.idState],
      person.category === 'NONE' ? '' : CATEGORY_WORDS[person.category],
    ]),
    empty,
    { brief: true },
  );
}

export type ListFacts = {
  readonly people: readonly PersonSummary[];
  readonly count: number;
  readonly next: string | null;
  readonly searched: boolean;
  readonly mayHandle: boolean;
};

export function peopleView(
  { people, count, next, searched, mayHandle }: ListFacts,
  typed: Typed = {},
  errors: FieldErrors = {},
) {
  return {
    title: '名册',
    lead: searched
      ? `找到 ${people.length} 人${people.length >= 20 ? '（只列前 20 人）' : ''}`
      : `共 ${count} 人`,
    errors: errorsOf(errors),
    q: textField('q', '找人', typed, errors, {
      type: 'search',
      hint: '姓名、拼音首字母（如 ljm）或电话后四位',
    }),
    people: peopleTable(people, searched ? '没有找到。换个写法试试，或者登记新的人。' : '名册里还没有人。'),
    all: searched ? '/s/people' : null,
    next: next === null ? null : `/s/people?after=${next}`,
    links: mayHandle
      ? [
          { words: '等确认的更正', href: '/s/people/corrections' },
          { words: '失信标记', href: '/s/breaches' },
        ]
      : [],
    actions: [
      button('登记一个人', 'main', '/s/people/new'),
      button('用表格导入', 'second', '/s/people/import'),
    ],
  };
}

export function newPersonView(typed: Typed, errors: FieldErrors, twins: readonly PersonSummary[] = []) {
  const text = (name: string, label: string, hint: string | null = null) =>
    textField(name, label, typed, errors, { optional: true, hint });
  return {
    title: '登记一个人',
    action: '/s/people',
    errors: errorsOf(errors),
    twins: twins.map(({ id, name, group }) => ({ words: `${name} ${group}`, href: `/s/people/${id}` })),
    isAnother:
      twins.length === 0
        ? null
        : checkField(
            'isAnother',
            '是同一个人吗？',
            [{ value: 'yes', label: '不是同一个人，照样登记' }],
            typed,
            errors,
          ),
    name: textField('name', '姓名', typed, errors, { autocomplete: 'off' }),
    group: textField('group', '村民小组', typed, errors, { hint: '如 三组', short: true }),
    idNumber: textField('idNumber', '身份证号', typed, errors, {
      optional: true,
      secret: true,
      hint: '18 位，最后一位可以是 X',
    }),
    idPending: checkField(
      'idPending',
      '没有号码？',
      [{ value: 'yes', label: '还没有身份证', hint: '照样能办，以后补' }],
      typed,
      errors,
    ),
    phone: textField('phone', '电话', typed, errors, {
      optional: true,
      secret: true,
      type: 'tel',
      inputmode: 'tel',
      short: true,
    }),
    residence: choiceField('residence', '住在本村的情况', optionsOf(RESIDENCE_WORDS), typed, errors),
    category: selectField('category', '困难类别', optionsOf(CATEGORY_WORDS), typed, errors, {
      optional: true,
    }),
    more: moreOpen(typed, errors),
    bornOn: dayField('bornOn', '出生日期', typed, errors, {
      optional: true,
      hint: '没有身份证的填，用来查重；有身份证的不用填',
    }),
    sex: choiceField('sex', '性别', optionsOf({ male: '男', female: '女' }), typed, errors, {
      optional: true,
    }),
    origin: text('origin', '户籍地', '外来人员填，如 ××县××镇'),
    householdNumber: text('householdNumber', '户号', '填了相同户号的算一户'),
    address: [
      text('community', '社区'),
      text('grid', '网格'),
      text('building', '楼栋'),
      text('home', '房号'),
    ],
    tags: checkField('tags[]', '标签', optionsOf(TAG_WORDS), typed, errors, { optional: true, tiles: true }),
  };
}

const MORE = ['bornOn', 'sex', 'origin', 'householdNumber', 'community', 'grid', 'building', 'home', 'tags'];

/** The part that few need stays closed, unless something was typed or is wrong in it. */
function moreOpen(typed: Typed, errors: FieldErrors): boolean {
  return MORE.some((name) => name in errors || (typed[name] ?? '').length > 0);
}

export function importView(errors: FieldErrors) {
  return {
    title: '用表格导入名册',
    action: '/s/people/import',
    errors: errorsOf(errors),
    template: '/s/people/import/template.xlsx',
    sheet: fileField('sheet', '填好的表格', errors, {
      hint: `.xlsx 格式，一次最多 ${MOST_ROWS} 行；第一行是列名`,
      accept: '.xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    }),
    columns: Object.values(COLUMNS).join('、'),
  };
}

function figuresOf({ added, updated, unchanged, faulty }: Imported) {
  return [
    { label: '新增', value: `${added} 人` },
    { label: '更新', value: `${updated} 人` },
    { label: '没有变化', value: `${unchanged} 人` },
    { label: '有误', value: `${faulty} 行` },
  ];
}

function faultsTable({ faults, faulty }: Imported): TableView {
  const shown = faulty > faults.length ? `（只列前 ${faults.length} 行）` : '';
  return table(
    `有误的行${shown}`,
    ['行', '列', '哪里不对'],
    faults.map(({ row, column, reason }) => [`第 ${row} 行`, column, reason]),
    '没有有误的行。',
  );
}

/** 新增 28，更新 3，有误 2 行: nothing is written until it is confirmed. */
export function previewView(preview: Preview, sheet: PeopleSheet) {
  const { added, updated } = preview;
  return {
    title: '核对一下',
    action: '/s/people/import/confirm',
    back: '/s/people/import',
    lead: `表格里有 ${sheet.total} 行。现在还没有写进名册。`,
    importId: preview.importId,
    figures: figuresOf(preview),
    faults: faultsTable(preview),
    unknownColumns: sheet.unknownColumns.length === 0 ? null : sheet.unknownColumns.join('、'),
    confirm: added + updated === 0 ? null : `确认导入 ${added + updated} 人`,
  };
}

export function importedView(imported: Imported) {
  const { added, updated, faulty } = imported;
  return {
    title: '导入好了',
    done: {
      title: '导入好了',
      lines: [
        `新增 ${added} 人，更新 ${updated} 人。`,
        ...(faulty > 0 ? [`有 ${faulty} 行没有导入，改好后再传一次；已经导入的不会重复。`] : []),
      ],
    },
    faults: faulty > 0 ? faultsTable(imported) : null,
    actions: [button('看名册', 'main', '/s/people'), button('再导入一张', 'second', '/s/people/import')],
  };
}

/** Several persons of a typed name, to choose from; null where there is nothing to ask. */
export function whichOne(
  field: string,
  candidates: readonly PersonSummary[],
  typed: Typed,
  errors: FieldErrors,
): ChoiceView | null {
  if (candidates.length === 0) return null;
  const options = candidates.map(({ id, name, group, phoneTail }) => ({
    value: id,
    label: `${name} ${group}`,
    hint: tailWords(phoneTail),
  }));
  return choiceField(field, '是哪一位？', options, typed, errors);
}
