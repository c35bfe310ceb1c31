import { DEDUCTION_WORDS } from '../../src/funds/domain/worksheet.js';
import { CAUSE_WORDS } from '../../src/kernel/causes.js';
import { RESOLUTION_WORDS, USE_WORDS } from '../../src/notices/domain/resolutions.js';

/** Words of closed lists that stand for each other. */
const LISTED = [CAUSE_WORDS, USE_WORDS, RESOLUTION_WORDS, DEDUCTION_WORDS]
  .flatMap((list) => Object.values<string>(list))
  .sort((a, b) => b.length - a.length);

const MASKED = /\p{Script=Han}{1,2}\*+(?:·\*+)*\p{Script=Han}?/gu;
const AMOUNT_IN_WORDS =
  /负?[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]*[壹贰叁肆伍陆柒捌玖拾佰仟万亿元][元角分]?(?:[零壹贰叁肆伍陆柒捌玖]+[角分])*整?/gu;
const NUMBER = /-?\d[\d,]*(?:\.\d+)?%?/g;
/** What is nought is not said. */
const UNSAID = /，(?:回避|不同意|弃权)〈数〉人/gu;

/**
 * A text without what differs from case to case: names of the register, masked names, words of a list, amounts, numbers
 * and dates. What is left is fixed wording, and nothing that anybody could have typed.
 */
export function shapeOf(text: string, registered: readonly string[]): string {
  const named = [...registered]
    .filter((name) => name !== '')
    .sort((a, b) => b.length - a.length)
    .reduce((left, name) => left.replaceAll(name, '〈名〉'), text);
  return LISTED.reduce((left, word) => left.replaceAll(word, '〈类〉'), named)
    .replace(MASKED, '〈人〉')
    .replace(AMOUNT_IN_WORDS, '〈额〉')
    .replace(NUMBER, '〈数〉')
    .replace(UNSAID, '');
}

/** Every string of the words, wherever it stands. */
export function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(stringsIn);
}
