import {
  base32,
  counterOf,
  otpauthUri,
  readCode,
  shownRecoveryCode,
  stepOf,
  stepsToTry,
} from './domain/totp.js';
import { matchingStep, totp } from './totp.js';

const secret = Buffer.from('12345678901234567890');
const at = (seconds: number) => new Date(seconds * 1000);

it.each([
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
])('RFC 6238, appendix B: at %i s the code of eight digits is %s', (seconds, code) => {
  expect(totp(secret, stepOf(at(seconds)), 8)).toBe(code);
});

it.each([
  [0, '755224'],
  [1, '287082'],
  [2, '359152'],
  [3, '969429'],
  [4, '338314'],
  [5, '254676'],
  [6, '287922'],
  [7, '162583'],
  [8, '399871'],
  [9, '520489'],
])('RFC 4226, appendix D: counter %i gives %s', (counter, code) => {
  expect(totp(secret, counter)).toBe(code);
});

it('writes a counter of more than 32 bits', () => {
  expect(Buffer.from(counterOf(0x0102030405)).toString('hex')).toBe('0000000102030405');
});

describe('the window', () => {
  const now = at(1_000_000_015);
  const step = stepOf(now);
  const codeAt = (which: number) => totp(secret, which);

  it.each([
    [-2, null],
    [-1, step - 1],
    [0, step],
    [1, step + 1],
    [2, null],
  ])('takes the code of step %i: %s', (by, found) => {
    expect(matchingStep(secret, codeAt(step + by), now, 0)).toBe(found);
  });

  it('takes no code twice, nor an earlier one after it', () => {
    expect(stepsToTry(now, step)).toEqual([step + 1]);
    expect(matchingStep(secret, codeAt(step), now, step)).toBeNull();
    expect(matchingStep(secret, codeAt(step - 1), now, step)).toBeNull();
    expect(matchingStep(secret, codeAt(step + 1), now, step)).toBe(step + 1);
  });

  it.each(['', '1', '1234567', 'abcdef'])('takes %j for no code', (code) => {
    expect(matchingStep(secret, code, now, 0)).toBeNull();
  });
});

it.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('RFC 4648, 10: %j is %s in base32', (text, code) => {
  expect(base32(Buffer.from(text))).toBe(code);
});

it('writes what an app reads, login and house in it', () => {
  expect(otpauthUri('互助', '王芳@城关', secret)).toBe(
    'otpauth://totp/%E4%BA%92%E5%8A%A9:%E7%8E%8B%E8%8A%B3%40%E5%9F%8E%E5%85%B3?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E4%BA%92%E5%8A%A9',
  );
});

it.each([
  ['123456', { kind: 'app', code: '123456' }],
  [' 123 456 ', { kind: 'app', code: '123456' }],
  ['１２３４５６', { kind: 'app', code: '123456' }],
  ['abcd-efgh', { kind: 'recovery', code: 'ABCDEFGH' }],
  ['2345 6789', { kind: 'recovery', code: '23456789' }],
  ['ABCD-EFG0', null],
  ['12345', null],
  ['1234567', null],
  ['', null],
])('reads %j', (text, read) => {
  expect(readCode(text)).toEqual(read);
});

it('shows a code of the sheet in two halves', () => {
  expect(shownRecoveryCode('ABCDEFGH')).toBe('ABCD-EFGH');
});
