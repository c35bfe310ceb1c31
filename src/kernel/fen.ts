declare const unit: unique symbol;
/** A whole number of fen, the only form in which money is kept or counted (domain.md 3, rule 1). */
export type Fen = number & { readonly [unit]: 'fen' };

/** A part of a whole, in integers: 60/100, two thirds. Never a percentage in a double. */
export type Share = { readonly numerator: number; readonly denominator: number };

/** The one way in: every amount passes here, whether typed by a person or read from a row. */
export function fen(value: number): Fen {
  if (!Number.isSafeInteger(value)) throw new RangeError(`Not a whole number of fen: ${value}`);
  return value as Fen;
}

export function negated(amount: Fen): Fen {
  return fen(0 - amount);
}

export function sumOf(amounts: readonly Fen[]): Fen {
  return amounts.reduce((sum, amount) => fen(sum + amount), fen(0));
}

/** `amount × share`, rounded down to a whole fen. Exact: the product is taken in BigInt. */
export function shareOf(amount: Fen, share: Share): Fen {
  if (amount < 0) throw new RangeError('A share is taken of an amount that is there');
  if (!Number.isSafeInteger(share.numerator) || share.numerator < 0)
    throw new RangeError(`Not a share: ${share.numerator}/${share.denominator}`);
  if (!Number.isSafeInteger(share.denominator) || share.denominator < 1)
    throw new RangeError(`Not a share: ${share.numerator}/${share.denominator}`);
  return fen(Number((BigInt(amount) * BigInt(share.numerator)) / BigInt(share.denominator)));
}

/** Plain digits, or digits grouped by threes; then a point and decimals; then 万, 元 or both. */
const TYPED =
  /^¥? ?(?<whole>\d{1,12}|[1-9]\d{0,2}(?:,\d{3}){1,3})(?:\.(?<rest>\d{1,6}))? ?(?<unit>元|万元?)?$/u;

/**
 * What a person types for an amount of money. Full-width digits and the sign ¥ are read too (domain.md 4, row 70),
 * digit by digit, since `0.29 * 100` is not 29. Null for anything else: a sign, a misplaced comma, a third decimal
 * of a yuan, 千 or 亿.
 */
export function parseYuan(text: string): Fen | null {
  const typed = TYPED.exec(text.normalize('NFKC').trim())?.groups;
  if (!typed) return null;
  const whole = (typed['whole'] ?? '').replaceAll(',', '');
  const rest = typed['rest'] ?? '';
  const decimals = typed['unit']?.startsWith('万') ? 6 : 2;
  if (rest.length > decimals) return null;
  const amount = Number(whole + rest.padEnd(decimals, '0'));
  return Number.isSafeInteger(amount) ? fen(amount) : null;
}

/** "231480.00": for programs, bank files and the value of an input. */
export function yuanOf(amount: Fen): string {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** "231,480.00": as notices, minutes and vouchers print it. */
export function yuanText(amount: Fen): string {
  return yuanOf(amount).replace(/\d(?=(?:\d{3})+\.)/g, '$&,');
}

/** "231,480" when whole, else "231,480.50": for pages, where .00 is noise. */
export function yuanShort(amount: Fen): string {
  return yuanText(amount).replace(/\.00$/, '');
}

/** "23.15万元", rounded half up: for dashboards only. A rounded figure is never written back (domain.md 3, rule 1). */
export function wanText(amount: Fen): string {
  const hundredths = (BigInt(Math.abs(amount)) + 5_000n) / 10_000n;
  const digits = String(hundredths).padStart(3, '0');
  const sign = amount < 0 && hundredths > 0n ? '-' : '';
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}万元`;
}
