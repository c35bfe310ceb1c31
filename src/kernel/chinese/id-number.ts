import { parseDay } from '../day.js';
import type { Day } from '../day.js';

export type IdNumberRefusal = 'shape' | 'birthday' | 'check';
export type IdNumberRead =
  | { readonly ok: true; readonly number: string; readonly bornOn: Day; readonly sex: 'male' | 'female' }
  | { readonly ok: false; readonly reason: IdNumberRefusal };

/** What to tell whoever typed it; without the number itself. */
export const ID_NUMBER_REFUSALS: Readonly<Record<IdNumberRefusal, string>> = {
  shape: '身份证号码应为18位，前17位是数字，最后一位是数字或X',
  birthday: '身份证号码中的出生日期不存在，请对照证件再看一遍',
  check: '身份证号码校验不通过，请对照证件逐位核对',
};

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

/**
 * A citizen's number by GB 11643-1999. The place of the first six digits is the one of first issue, which may have
 * been abolished since, so it is not looked up; 81, 82 and 83 are residence permits of Hong Kong, Macau and Taiwan.
 */
export function readIdNumber(text: string): IdNumberRead {
  const number = text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return { ok: false, reason: 'shape' };
  const bornOn = parseDay(`${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`);
  if (bornOn === null || bornOn < '1850') return { ok: false, reason: 'birthday' };
  if (checkOf(number) !== number.charAt(17)) return { ok: false, reason: 'check' };
  return { ok: true, number, bornOn, sex: Number(number.charAt(16)) % 2 === 1 ? 'male' : 'female' };
}

/** "1101**********002X": the province and city, and the last four. */
export function maskIdNumber(number: string): string {
  return number.length > 8
    ? number.slice(0, 4) + '*'.repeat(number.length - 8) + number.slice(-4)
    : '*'.repeat(number.length);
}

function checkOf(number: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(number.charAt(i)), 0);
  return CHECKS.charAt(sum % 11);
}
