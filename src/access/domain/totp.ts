/** RFC 6238: a new code every thirty seconds. Apps know no other length, so it is no setting. */
const STEP_MS = 30_000;
const DIGITS = 6;

/** Which thirty seconds it is. */
export function stepOf(at: Date): number {
  return Math.floor(at.getTime() / STEP_MS);
}

/**
 * The steps whose codes are good now: this one and one to each side, since clocks differ (RFC 6238, 5.2), and none that
 * is not later than the last one taken, so that a code is good once.
 */
export function stepsToTry(now: Date, lastStep: number): number[] {
  const step = stepOf(now);
  return [step - 1, step, step + 1].filter((each) => each > lastStep);
}

/** The counter as the HMAC takes it: eight bytes, the greatest first (RFC 4226, 5.2). */
export function counterOf(step: number): Uint8Array {
  const bytes = new Uint8Array(8);
  let rest = step;
  for (let i = 7; i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
}

/** Dynamic truncation (RFC 4226, 5.3) of the twenty bytes of an HMAC-SHA-1. */
export function codeOf(digest: Uint8Array, digits = DIGITS): string {
  if (digest.length !== 20) throw new RangeError('An HMAC-SHA-1 has twenty bytes');
  const at = (i: number) => digest[i] ?? 0;
  const offset = at(19) & 0xf;
  const value =
    (at(offset) & 0x7f) * 2 ** 24 + at(offset + 1) * 2 ** 16 + at(offset + 2) * 2 ** 8 + at(offset + 3);
  return String(value % 10 ** digits).padStart(digits, '0');
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 without padding: what an app takes, and what a person types who cannot scan. */
export function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  const fives = bits.match(/.{1,5}/g) ?? [];
  return fives.map((five) => BASE32.charAt(Number.parseInt(five.padEnd(5, '0'), 2))).join('');
}

/** What the QR code holds. SHA-1, six digits and thirty seconds are what every app takes for granted. */
export function otpauthUri(issuer: string, login: string, secret: Uint8Array): string {
  const [house, name] = [encodeURIComponent(issuer), encodeURIComponent(login)];
  return `otpauth://totp/${house}:${name}?secret=${base32(secret)}&issuer=${house}`;
}

export type TypedCode = { readonly kind: 'app' | 'recovery'; readonly code: string };

/** Six digits of the app, or eight characters of the sheet, however they are typed; null when it can be neither. */
export function readCode(text: string): TypedCode | null {
  const plain = text
    .normalize('NFKC')
    .replace(/[\s\p{Pd}]/gu, '')
    .toUpperCase();
  if (/^\d{6}$/.test(plain)) return { kind: 'app', code: plain };
  return /^[2-9A-HJ-NP-Z]{8}$/.test(plain) ? { kind: 'recovery', code: plain } : null;
}

/** `ABCD-EFGH`: read off a sheet of paper four at a time. */
export function shownRecoveryCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}
