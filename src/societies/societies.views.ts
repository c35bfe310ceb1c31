import { dayWords } from '../kernel/chinese/words.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { errorsOf, row, selectField, table, textField } from '../platform/web/views.js';
import { charterFields, charterRows } from './charter.views.js';
import type { Charter } from './domain/charter.js';
import { KIND_WORDS } from './domain/founding.js';
import type { DatedCode, Place, Society, SocietyPage } from './societies.queries.js';

export function societiesView(page: SocietyPage, text: string) {
  return {
    title: '互助社',
    search: textField('q', '按名称找', { q: text }, {}, { type: 'search', optional: true }),
    societies: table(
      '已建立的互助社',
      ['名称', '类别', '公示栏'],
      page.items.map((society) => [
        { words: society.name, href: `/admin/societies/${society.id}` },
        KIND_WORDS[society.kind],
        { words: `/b/${society.boardCode}`, href: `/b/${society.boardCode}` },
      ]),
      text === '' ? '还没有互助社。' : '没有名称里带这几个字的互助社。',
    ),
    next:
      page.next === null
        ? null
        : `/admin/societies?${new URLSearchParams({ after: page.next, q: text }).toString()}`,
  };
}

export function newSocietyView(above: readonly Society[], typed: Typed, errors: FieldErrors) {
  const parents = [
    { value: '', label: '没有上级组织' },
    ...above.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return {
    title: '建立互助社',
    action: '/admin/societies',
    errors: errorsOf(errors),
    name: textField('name', '全称', typed, errors, { hint: '公示单上就写这个名字，如 柳溪村“救急难”互助社' }),
    shortName: textField('shortName', '简称', typed, errors, { hint: '如 柳溪互助社', short: true }),
    regionCode: textField('regionCode', '行政区划代码', typed, errors, {
      hint: '村 12 位，乡镇 9 位，县 6 位；先要导入区划名单',
      inputmode: 'numeric',
      short: true,
    }),
    parentId: selectField('parentId', '上级组织', parents, typed, errors),
    uscc: textField('uscc', '统一社会信用代码', typed, errors, {
      optional: true,
      short: true,
      hint: '只备案没有登记的不填',
    }),
    charter: charterFields(typed, errors),
  };
}

export type SocietyFacts = {
  readonly society: Society;
  readonly parent: Society | null;
  readonly place: Place;
  readonly codes: readonly DatedCode[];
  readonly charters: readonly Charter[];
};

export function societyView({ society, parent, place, codes, charters }: SocietyFacts) {
  return {
    title: society.name,
    facts: [
      row('类别', KIND_WORDS[society.kind]),
      row('简称', society.shortName),
      row('所在地', [...place.path, place.name].join(' ')),
      row('行政区划代码', place.code),
      row('上级组织', parent?.name ?? '没有', { href: parent ? `/admin/societies/${parent.id}` : null }),
      row('统一社会信用代码', society.uscc ?? '没有登记（只备案）'),
      row('公示栏', `/b/${society.boardCode}`, { href: `/b/${society.boardCode}` }),
    ],
    codes: table(
      '用过的区划代码',
      ['代码', '名称', '启用', '停用'],
      codes.map((each) => [
        each.code,
        each.name,
        dayWords(each.validFrom),
        each.validUntil === null ? '在用' : dayWords(each.validUntil),
      ]),
      '没有记录。',
    ),
    charters: charters.map((charter) => ({
      heading: `章程第 ${charter.version} 版，${dayWords(charter.validFrom)}起生效`,
      terms: charterRows(charter),
    })),
    societyId: society.id,
  };
}
