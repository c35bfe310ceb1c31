import { dayWords } from '../kernel/chinese/words.js';
import type { Day } from '../kernel/day.js';
import { yuanOf, yuanShort } from '../kernel/fen.js';
import type { Fen, Share } from '../kernel/fen.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import {
  amountField,
  choiceField,
  dayField,
  errorsOf,
  row,
  selectField,
  table,
  textField,
} from '../platform/web/views.js';
import type { SummaryRow } from '../platform/web/views.js';
import { DAY_KIND_WORDS, USUAL_TERMS } from './domain/charter.js';
import type { Charter, CharterScope, CharterTerms, Custody } from './domain/charter.js';
import { KIND_WORDS } from './domain/founding.js';
import type { SHARES } from './societies.forms.js';
import type { DatedCode, Place, Society, SocietyPage } from './societies.queries.js';

const SCOPE_WORDS: Record<CharterScope, string> = {
  HUKOU: '本村户籍的人',
  RESIDENT: '住在本村的人（含外来户）',
  ANY: '在本村遇到急难的任何人',
};

const CUSTODY_WORDS: Record<Custody, string> = {
  OWN_ACCOUNT: '互助社自己的账户',
  HELD_BY_FEDERATION: '慈善总会代管',
  VILLAGE_ACCOUNT: '村集体账户',
};

const SHARE_WORDS: Record<(typeof SHARES)[number], string> = {
  '1/2': '二分之一',
  '2/3': '三分之二',
  '3/4': '四分之三',
};

const options = <Value extends string>(words: Record<Value, string>) =>
  (Object.entries(words) as [Value, string][]).map(([value, label]) => ({ value, label }));

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

/** What the form shows before anything was typed. */
export function usualTyped(today: Day): Typed {
  const share = ({ numerator, denominator }: Share) => `${numerator}/${denominator}`;
  const { quorum, majority, article, noticeDayKind, scope, custody } = USUAL_TERMS;
  const amounts = ['perCaseLimitFen', 'householdYearLimitFen', 'fastPathLimitFen', 'minBalanceFen'] as const;
  const counts = [
    'householdYearLimitCount',
    'noticeDays',
    'voteHours',
    'payHours',
    'postWorkingDays',
    'paperWorkingDays',
  ] as const;
  return {
    validFrom: today,
    article,
    noticeDayKind,
    scope,
    custody,
    quorum: share(quorum),
    majority: share(majority),
    ...Object.fromEntries(amounts.map((name) => [name, yuanOf(USUAL_TERMS[name]).replace(/\.00$/, '')])),
    ...Object.fromEntries(counts.map((name) => [name, String(USUAL_TERMS[name])])),
  };
}

export function newSocietyView(above: readonly Society[], typed: Typed, errors: FieldErrors) {
  const parents = [
    { value: '', label: '没有上级组织' },
    ...above.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const count = (name: string, label: string, suffix: string) =>
    textField(name, label, typed, errors, { suffix, inputmode: 'numeric', short: true });
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
    validFrom: dayField('validFrom', '章程从哪天起生效？', typed, errors),
    article: textField('article', '表决依据哪一条？', typed, errors, {
      hint: '公示单上引用，如 章程第十四条',
      short: true,
    }),
    scope: choiceField('scope', '救助哪些人？', options(SCOPE_WORDS), typed, errors),
    perCaseLimitFen: amountField('perCaseLimitFen', '单笔最多', typed, errors),
    householdYearLimitFen: amountField('householdYearLimitFen', '每户每年最多', typed, errors),
    householdYearLimitCount: count('householdYearLimitCount', '每户每年最多几次', '次'),
    fastPathLimitFen: amountField('fastPathLimitFen', '快速救助最多', typed, errors),
    quorum: choiceField('quorum', '到多少人才能表决？', options(SHARE_WORDS), typed, errors, {
      hint: '回避的不算在内',
    }),
    majority: choiceField('majority', '到会的有多少同意才算通过？', options(SHARE_WORDS), typed, errors, {
      hint: '弃权算到会，不算同意',
    }),
    voteHours: count('voteHours', '多少小时内表决完', '小时'),
    payHours: count('payHours', '通过后多少小时内打款', '小时'),
    postWorkingDays: count('postWorkingDays', '打款后多少个工作日内张贴公示', '个工作日'),
    paperWorkingDays: count('paperWorkingDays', '打款后多少个工作日内补齐材料', '个工作日'),
    noticeDays: count('noticeDays', '公示几天', '天'),
    noticeDayKind: choiceField('noticeDayKind', '按哪种日子算？', options(DAY_KIND_WORDS), typed, errors),
    custody: choiceField('custody', '钱放在哪里？', options(CUSTODY_WORDS), typed, errors),
    minBalanceFen: amountField('minBalanceFen', '余额低于多少要提醒', typed, errors),
    numberPrefix: textField('numberPrefix', '文号用字', typed, errors, {
      hint: '如 柳溪，文号写成 〔2026〕柳溪 第12号',
      short: true,
    }),
    publicContactOffice: textField('publicContactOffice', '监督电话是哪个单位的？', typed, errors, {
      hint: '写单位，不写个人，如 柳溪镇民政办',
    }),
    publicContactPhone: textField('publicContactPhone', '监督电话', typed, errors, {
      hint: '公示单上只印这一个电话，要用办公电话',
      type: 'tel',
      inputmode: 'tel',
      short: true,
    }),
    publicContactAddress: textField('publicContactAddress', '监督单位地址', typed, errors),
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
      terms: termsRows(charter),
    })),
    societyId: society.id,
  };
}

function termsRows(terms: CharterTerms): SummaryRow[] {
  const yuan = (amount: Fen) => `${yuanShort(amount)} 元`;
  const share = ({ numerator, denominator }: Share) => `${numerator}/${denominator}`;
  return [
    row('表决依据', terms.article),
    row('救助哪些人', SCOPE_WORDS[terms.scope]),
    row('单笔最多', yuan(terms.perCaseLimitFen)),
    row('每户每年最多', `${yuan(terms.householdYearLimitFen)}，${terms.householdYearLimitCount} 次`),
    row('快速救助最多', yuan(terms.fastPathLimitFen)),
    row('到会比例', share(terms.quorum)),
    row('同意比例', share(terms.majority)),
    row('表决限时', `${terms.voteHours} 小时`),
    row('打款限时', `${terms.payHours} 小时`),
    row('张贴公示限时', `${terms.postWorkingDays} 个工作日`),
    row('补材料限时', `${terms.paperWorkingDays} 个工作日`),
    row('公示', `${terms.noticeDays} 个${DAY_KIND_WORDS[terms.noticeDayKind]}`),
    row('钱放在哪里', CUSTODY_WORDS[terms.custody]),
    row('余额提醒线', yuan(terms.minBalanceFen)),
    row('文号用字', terms.numberPrefix),
    row('监督电话', `${terms.publicContactOffice} ${terms.publicContactPhone}`),
    row('监督单位地址', terms.publicContactAddress),
  ];
}
