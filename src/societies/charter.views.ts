import { yuanOf, yuanShort } from '../kernel/fen.js';
import type { Day } from '../kernel/day.js';
import type { Fen, Share } from '../kernel/fen.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { amountField, choiceField, dayField, row, textField } from '../platform/web/views.js';
import type { SummaryRow } from '../platform/web/views.js';
import { DAY_KIND_WORDS, USUAL_TERMS } from './domain/charter.js';
import type { CharterScope, CharterTerms, Custody } from './domain/charter.js';
import type { SHARES } from './societies.forms.js';

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

/** What the form shows before anything was typed: what most societies write. */
export function usualTyped(today: Day): Typed {
  return { ...charterTyped(USUAL_TERMS), validFrom: today };
}

/** A charter as it is typed, to be changed where it changes; from which day it holds is still to be said. */
export function charterTyped(terms: Partial<CharterTerms>): Typed {
  const share = (part: Share | undefined) => (part ? `${part.numerator}/${part.denominator}` : '');
  const { quorum, majority, article = '', noticeDayKind = '', scope = '', custody = '' } = terms;
  const { numberPrefix = '', publicContactOffice = '', publicContactPhone = '' } = terms;
  return {
    ...{ article, noticeDayKind, scope, custody, numberPrefix, publicContactOffice, publicContactPhone },
    publicContactAddress: terms.publicContactAddress ?? '',
    quorum: share(quorum),
    majority: share(majority),
    ...Object.fromEntries(AMOUNTS.map((name) => [name, wholeYuan(terms[name])])),
    ...Object.fromEntries(COUNTS.map((name) => [name, String(terms[name] ?? '')])),
  };
}

const AMOUNTS = ['perCaseLimitFen', 'householdYearLimitFen', 'fastPathLimitFen', 'minBalanceFen'] as const;
const COUNTS = [
  'householdYearLimitCount',
  'noticeDays',
  'voteHours',
  'payHours',
  'postWorkingDays',
  'paperWorkingDays',
] as const;

const wholeYuan = (amount: Fen | undefined) =>
  amount === undefined ? '' : yuanOf(amount).replace(/\.00$/, '');

/** The fields of a charter, for whoever founds a society and for whoever asks the board for a new version. */
export function charterFields(typed: Typed, errors: FieldErrors, fromHint: string | null = null) {
  const count = (name: string, label: string, suffix: string) =>
    textField(name, label, typed, errors, { suffix, inputmode: 'numeric', short: true });
  return {
    validFrom: dayField('validFrom', '章程从哪天起生效？', typed, errors, { hint: fromHint }),
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

/** A version of the charter, term by term. */
export function charterRows(terms: CharterTerms): SummaryRow[] {
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
