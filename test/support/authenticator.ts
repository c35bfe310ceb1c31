import { stepOf } from '../../src/access/domain/totp.js';
import { totp } from '../../src/access/totp.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** As an authenticator app reads the secret that is typed into it (RFC 4648, base32). */
export function secretBytes(shown: string): Buffer {
  const letters = Array.from(shown.replaceAll(' ', ''));
  const bits = letters.map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** What the app shows, or showed and will show some steps of thirty seconds away. */
export function shownCode(secret: Buffer, at: Date, steps = 0): string {
  return totp(secret, stepOf(at) + steps);
}
