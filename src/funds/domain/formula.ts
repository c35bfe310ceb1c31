import { fen } from '../../kernel/fen.js';
import type { Fen, Share } from '../../kernel/fen.js';

export const ROUNDINGS = ['DOWN', 'HALF_UP', 'UP'] as const;
/** What becomes of a part of a grain. */
export type Rounding = (typeof ROUNDINGS)[number];

/** The rate on what lies between the bracket below and `upToFen`; null reaches up without end. */
export type Bracket = { readonly upToFen: Fen | null; readonly rate: Share };

/**
 * How a base becomes an amount (domain.md 3, rule 6): marginal brackets, of which a flat fraction is the one that has no
 * end; then whole grains (one fen, one yuan, a hundred yuan).
 */
export type Formula = {
  readonly brackets: readonly Bracket[];
  readonly grainFen: Fen;
  readonly rounding: Rounding;
};

/** 60/100 to the fen, rounded down: the formula of 安心纾困 (seed row 10). */
export function flat(rate: Share, grainFen: Fen = fen(1), rounding: Rounding = 'DOWN'): Formula {
  return { brackets: [{ upToFen: null, rate }], grainFen, rounding };
}

/**
 * What the formula makes of a base of 0 fen or more. Exact: the sum of the brackets is kept as a fraction of integers and
 * rounded once. A grain that rounds up never gives more than the base: help does not exceed the cost (rule 7).
 */
export function calculated({ brackets, grainFen, rounding }: Formula, base: Fen): Fen {
  if (base < 0) throw new RangeError('A base is 0 or more');
  const whole = brackets.reduce((product, { rate }) => product * BigInt(rate.denominator), 1n);
  let sum = 0n;
  let from = 0n;
  for (const { upToFen, rate } of brackets) {
    const to = upToFen === null || upToFen > base ? BigInt(base) : BigInt(upToFen);
    if (to > from) sum += ((to - from) * BigInt(rate.numerator) * whole) / BigInt(rate.denominator);
    from = to;
  }
  const grains = roundedQuotient(sum, whole * BigInt(grainFen), rounding);
  return fen(Math.min(Number(grains * BigInt(grainFen)), base));
}

function roundedQuotient(dividend: bigint, divisor: bigint, rounding: Rounding): bigint {
  if (rounding === 'UP') return (dividend + divisor - 1n) / divisor;
  return rounding === 'HALF_UP' ? (2n * dividend + divisor) / (2n * divisor) : dividend / divisor;
}

/** What in the formula cannot be meant, in words; empty when nothing. */
export function formulaFaultsIn({ brackets, grainFen }: Formula): string[] {
  const faults: string[] = [];
  if (brackets.length === 0 || brackets.length > 8) faults.push('比例要有 1 至 8 段');
  if (brackets.some(({ rate }) => !isRate(rate))) faults.push('每一段的比例应在 0 和 100% 之间');
  if (brackets.length > 0 && brackets.every(({ rate }) => rate.numerator === 0))
    faults.push('至少有一段的比例大于 0');
  if (!isAscending(brackets)) faults.push('各段的上限要从小到大，最后一段不设上限');
  if (![1, 10, 100, 1_000, 10_000].includes(grainFen)) faults.push('取整到分、角、元、十元或百元');
  return faults;
}

function isRate({ numerator, denominator }: Share): boolean {
  const whole = Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator);
  return whole && numerator >= 0 && denominator >= 1 && denominator <= 10_000 && numerator <= denominator;
}

function isAscending(brackets: readonly Bracket[]): boolean {
  return brackets.every(({ upToFen }, i) => {
    const below = brackets[i - 1]?.upToFen ?? 0;
    return i === brackets.length - 1 ? upToFen === null : upToFen !== null && upToFen > below;
  });
}

/** 60/100 → “60%”, 1/3 → “三分之一” has no short form and stays “1/3”. */
export function rateWords({ numerator, denominator }: Share): string {
  const percent = (numerator * 100) / denominator;
  return Number.isInteger(percent) ? `${percent}%` : `${numerator}/${denominator}`;
}
