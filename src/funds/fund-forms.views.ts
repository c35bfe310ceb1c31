import { CAUSE_WORDS, CAUSES } from '../kernel/causes.js';
import { dayWords } from '../kernel/chinese/words.js';
import type { Day } from '../kernel/day.js';
import { yuanOf } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import {
  amountField,
  checkField,
  choiceField,
  dayField,
  errorsOf,
  textField,
} from '../platform/web/views.js';
import { DAY_KIND_WORDS } from '../societies/domain/charter.js';
import type { Bracket } from './domain/formula.js';
import { levelBelow, LEVEL_WORDS } from './domain/fund.js';
import type { Fund } from './domain/fund.js';
import { RELIEF_PAPER_WORDS, RELIEF_PAPERS, USUAL_RULE } from './domain/rule.js';
import type { RuleTerms } from './domain/rule.js';
import { GRAINS } from './funds.forms.js';
import type { Grain } from './funds.forms.js';
import { GRAIN_WORDS, ROUNDING_WORDS, WINDOW_WORDS } from './rule-words.js';

const options = <Value extends string>(words: Readonly<Record<Value, string>>) =>
  (Object.entries(words) as [Value, string][]).map(([value, label]) => ({ value, label }));

const whole = (amount: Fen | null) => (amount === null ? '' : yuanOf(amount).replace(/\.00$/, ''));

function grainOf(grainFen: Fen): Grain {
  return (Object.keys(GRAINS) as Grain[]).find((grain) => GRAINS[grain] === grainFen) ?? 'FEN';
}

const percentOf = (bracket: Bracket | undefined) =>
  bracket ? String((bracket.rate.numerator * 100) / bracket.rate.denominator) : '';

/** What the form shows before anything was typed. */
export function usualFundTyped(today: Day): Typed {
  return { ...ruleTyped({ ...USUAL_RULE, document: '' }), validFrom: today };
}

/** The last version, to be changed where it changes; it holds from a day that is still to be said. */
export function ruleTyped(rule: Omit<RuleTerms, 'validFrom'>): Typed {
  const [first, second, third] = rule.formula.brackets;
  return {
    document: rule.document,
    causes: rule.causes,
    ratePercent: percentOf(first),
    upToFen: whole(first?.upToFen ?? null),
    secondRatePercent: percentOf(second),
    secondUpToFen: whole(second?.upToFen ?? null),
    thirdRatePercent: percentOf(third),
    grain: grainOf(rule.formula.grainFen),
    rounding: rule.formula.rounding,
    capFen: whole(rule.capFen),
    capWindow: rule.capWindow,
    deductsCrowdfunding: rule.deductsCrowdfunding ? 'yes' : '',
    noticeDays: String(rule.noticeDays),
    noticeDayKind: rule.noticeDayKind,
    advancePercent: String((rule.advance.numerator * 100) / rule.advance.denominator),
    secondReviewFromFen: whole(rule.secondReviewFromFen),
    papers: rule.papers,
  };
}

function ruleFields(typed: Typed, errors: FieldErrors, fromHint: string | null = null) {
  const rate = (name: string, label: string, optional = false) =>
    textField(name, label, typed, errors, { suffix: '%', inputmode: 'numeric', short: true, optional });
  const causes = CAUSES.map((value) => ({ value, label: CAUSE_WORDS[value] }));
  const papers = RELIEF_PAPERS.map((value) => ({ value, label: RELIEF_PAPER_WORDS[value] }));
  const yes = [{ value: 'yes', label: '算自付费用时，网络筹款也要扣除' }];
  return {
    validFrom: dayField('validFrom', '从哪天起生效？', typed, errors, { hint: fromHint }),
    document: textField('document', '依据哪个文件、哪一条？', typed, errors, {
      hint: '公示和告知书上引用，如 《安心纾困慈善基金管理办法》第八条',
    }),
    causes: checkField('causes[]', '救助哪些事由？', causes, typed, errors, { tiles: true }),
    ratePercent: rate('ratePercent', '按自付费用的多少救助？'),
    upToFen: amountField('upToFen', '这一比例算到多少元为止？', typed, errors, {
      optional: true,
      hint: '只有一种比例就空着',
    }),
    secondRatePercent: rate('secondRatePercent', '超过的部分按多少？', true),
    secondUpToFen: amountField('secondUpToFen', '第二段算到多少元为止？', typed, errors, { optional: true }),
    thirdRatePercent: rate('thirdRatePercent', '再超过的部分按多少？', true),
    grain: choiceField('grain', '金额取整到？', options(GRAIN_WORDS), typed, errors, { tiles: true }),
    rounding: choiceField('rounding', '怎样取整？', options(ROUNDING_WORDS), typed, errors, { tiles: true }),
    capFen: amountField('capFen', '每户最多救助多少？', typed, errors, { hint: '不能超过 500,000 元' }),
    capWindow: choiceField('capWindow', '最高额怎样累计？', options(WINDOW_WORDS), typed, errors),
    deductsCrowdfunding: checkField('deductsCrowdfunding', '网络筹款', yes, typed, errors),
    noticeDays: textField('noticeDays', '打款前公示几天？', typed, errors, {
      suffix: '天',
      inputmode: 'numeric',
      short: true,
    }),
    noticeDayKind: choiceField('noticeDayKind', '按哪种日子算？', options(DAY_KIND_WORDS), typed, errors, {
      tiles: true,
    }),
    advancePercent: textField('advancePercent', '救命的，公示期满前最多先拨多少？', typed, errors, {
      suffix: '%',
      inputmode: 'numeric',
      short: true,
      hint: '0 就是不先拨，最多 50',
    }),
    secondReviewFromFen: amountField('secondReviewFromFen', '从多少元起要两人审核？', typed, errors),
    papers: checkField('papers[]', '要交哪些材料？', papers, typed, errors),
  };
}

export function newFundView(typed: Typed, errors: FieldErrors) {
  return {
    title: '设立基金',
    action: '/s/funds',
    errors: errorsOf(errors),
    name: textField('name', '基金名称', typed, errors, {
      hint: '印在票据和公示上，设立后不能改，如 安心纾困慈善基金',
    }),
    purpose: textField('purpose', '用途', typed, errors, {
      rows: 3,
      hint: '帮什么人、解什么困，写给捐赠人看',
    }),
    rule: ruleFields(typed, errors),
  };
}

export function newProjectView(parent: Fund, typed: Typed, errors: FieldErrors) {
  const level = levelBelow(parent.level) ?? 'SUB_PROJECT';
  return {
    title: `设${LEVEL_WORDS[level]}`,
    parent: parent.name,
    back: `/s/funds/${parent.id}`,
    action: `/s/funds/${parent.id}/projects`,
    errors: errorsOf(errors),
    name: textField('name', `${LEVEL_WORDS[level]}名称`, typed, errors, {
      hint: '印在票据和公示上，设立后不能改',
    }),
    purpose: textField('purpose', '用途', typed, errors, { rows: 3 }),
  };
}

type NextRuleFacts = { readonly fund: Fund; readonly earliest: Day };

export function newRuleView({ fund, earliest }: NextRuleFacts, typed: Typed, errors: FieldErrors) {
  return {
    title: '修订基金规则',
    fund: fund.name,
    back: `/s/funds/${fund.id}`,
    action: `/s/funds/${fund.id}/rules`,
    errors: errorsOf(errors),
    rule: ruleFields(typed, errors, `表决截止以后才能生效，最早 ${dayWords(earliest)}`),
    why: textField('why', '为什么要修订？', typed, errors, {
      rows: 3,
      hint: '给理事看的，不上公示，不写姓名',
    }),
  };
}
