import type { Fen } from '../fen.js';

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const SIZES = [
  [100_000_000, '亿'],
  [10_000, '万'],
  [1_000, '仟'],
  [100, '佰'],
  [10, '拾'],
] as const;

/**
 * An amount in the capital characters of 支付结算办法, annex 1: 壹仟元整. 人民币 is left to the sentence around it. 整 is
 * written after 元 and, so that nothing can be added behind it, after 角; never after 分. Figures and words come from
 * the same integer: a paper on which they differ is void (Negotiable Instruments Law, art. 8).
 */
export function amountInWords(amount: Fen): string {
  if (amount < 0) throw new RangeError('An amount below zero has no words');
  const cents = amount % 100;
  const yuan = (amount - cents) / 100;
  const whole = yuan > 0 ? `${numberInWords(yuan)}元` : '';
  if (cents === 0) return `${whole || '零元'}整`;
  return whole + centsInWords(cents, yuan > 0);
}

/** A place left out is said 零 once, and only when the next digit does not follow directly: 陆仟零柒, 壹拾万柒仟. */
function numberInWords(number: number): string {
  for (const [size, unit] of SIZES) {
    if (number < size) continue;
    const rest = number % size;
    const gap = rest > 0 && rest < size / 10 ? '零' : '';
    return `${numberInWords((number - rest) / size)}${unit}${gap}${rest > 0 ? numberInWords(rest) : ''}`;
  }
  return DIGITS.charAt(number);
}

function centsInWords(cents: number, afterYuan: boolean): string {
  const fen = cents % 10;
  const jiao = (cents - fen) / 10;
  if (jiao === 0) return `${afterYuan ? '零' : ''}${DIGITS.charAt(fen)}分`;
  return `${DIGITS.charAt(jiao)}角${fen === 0 ? '整' : `${DIGITS.charAt(fen)}分`}`;
}
