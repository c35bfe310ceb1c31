import { CAUSE_WORDS } from '../kernel/causes.js';
import { dayWords } from '../kernel/chinese/words.js';
import { yuanShort } from '../kernel/fen.js';
import { row } from '../platform/web/views.js';
import type { SummaryRow } from '../platform/web/views.js';
import { DAY_KIND_WORDS } from '../societies/domain/charter.js';
import { rateWords } from './domain/formula.js';
import type { Formula, Rounding } from './domain/formula.js';
import { RELIEF_PAPER_WORDS } from './domain/rule.js';
import type { CapWindow, RuleTerms } from './domain/rule.js';
import { GRAINS } from './funds.forms.js';
import type { Grain } from './funds.forms.js';

export const GRAIN_WORDS: Readonly<Record<Grain, string>> = { FEN: '分', YUAN: '元', HUNDRED_YUAN: '百元' };

export const ROUNDING_WORDS: Readonly<Record<Rounding, string>> = {
  DOWN: '舍去零头',
  HALF_UP: '四舍五入',
  UP: '零头进位',
};

export const WINDOW_WORDS: Readonly<Record<CapWindow, string>> = {
  LIFETIME: '一户一辈子累计',
  NATURAL_YEAR: '按自然年，以决定的日子为准',
  PER_CAUSE: '按事由分别累计',
};

/** “自付费用的 60%，取整到分（舍去零头）”; of tiers every one. */
export function formulaWords({ brackets, grainFen, rounding }: Formula): string {
  let from = 0;
  const parts = brackets.map(({ upToFen, rate }) => {
    const range = rangeWords(from, upToFen);
    from = upToFen ?? from;
    return `${range}${rateWords(rate)}`;
  });
  const grain = (Object.keys(GRAINS) as Grain[]).find((each) => GRAINS[each] === grainFen);
  const rounded = grain ? `取整到${GRAIN_WORDS[grain]}` : `取整到 ${yuanShort(grainFen)} 元`;
  return `${parts.join('，')}；${rounded}（${ROUNDING_WORDS[rounding]}）`;
}

function rangeWords(from: number, upToFen: Formula['brackets'][number]['upToFen']): string {
  if (upToFen === null) return from === 0 ? '自付费用的 ' : '再往上 ';
  return from === 0 ? `自付费用 ${yuanShort(upToFen)} 元以内 ` : `到 ${yuanShort(upToFen)} 元 `;
}

/** A version of the rule, term by term. */
export function ruleRows(rule: RuleTerms): SummaryRow[] {
  const { advance } = rule;
  return [
    row('生效日', dayWords(rule.validFrom)),
    row('依据', rule.document),
    row('救助事由', rule.causes.map((cause) => CAUSE_WORDS[cause]).join('、')),
    row('怎样算', formulaWords(rule.formula)),
    row('扣除', rule.deductsCrowdfunding ? '医保、保险、其他救助和网络筹款' : '医保、保险和其他救助'),
    row('每户最高', `${yuanShort(rule.capFen)} 元，${WINDOW_WORDS[rule.capWindow]}`),
    row('打款前公示', `${rule.noticeDays} 个${DAY_KIND_WORDS[rule.noticeDayKind]}`),
    row('先行拨付', advance.numerator === 0 ? '不先拨' : `救命的，最多 ${rateWords(advance)}`),
    row('两人审核', `${yuanShort(rule.secondReviewFromFen)} 元起`),
    row('要交材料', rule.papers.map((paper) => RELIEF_PAPER_WORDS[paper]).join('、') || '没有规定'),
  ];
}
