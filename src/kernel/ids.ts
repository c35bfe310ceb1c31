/** The one source of keys, codes and secrets. */
export abstract class Ids {
  /** A UUID of version 7, so that keys lie in the order of their making. */
  abstract next(): string;

  /** Eight characters for a public link: it can be read out by phone and cannot be counted through. */
  abstract code(): string;

  /** A secret of 256 bits in 43 characters: a session, a one-time link. */
  abstract token(): string;
}

/** RFC 9562, version 7: 48 bits of milliseconds, then 74 bits of chance. */
export function uuidv7(at: Date, chance: Uint8Array): string {
  if (chance.length !== 10) throw new RangeError('A UUID of version 7 takes ten bytes of chance');
  const time = at.getTime().toString(16).padStart(12, '0');
  const hex = Array.from(chance, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = ((Number.parseInt(hex.slice(4, 5), 16) & 0b0011) | 0b1000).toString(16);
  return [
    time.slice(0, 8),
    time.slice(8),
    `7${hex.slice(1, 4)}`,
    variant + hex.slice(5, 8),
    hex.slice(8),
  ].join('-');
}

/** No 0 and O, no 1 and I: 32 characters, so that each takes five bits of a byte and none is likelier. */
export const CODE_ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

export function codeFrom(chance: Uint8Array): string {
  if (chance.length !== 8) throw new RangeError('A code takes eight bytes of chance');
  return Array.from(chance, (byte) => CODE_ALPHABET.charAt(byte & 0b11111)).join('');
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Base64url without padding, RFC 4648. */
export function tokenFrom(chance: Uint8Array): string {
  if (chance.length !== 32) throw new RangeError('A token takes 32 bytes of chance');
  const bits = Array.from(chance, (byte) => byte.toString(2).padStart(8, '0')).join('');
  const sixes = bits.match(/.{1,6}/g) ?? [];
  return sixes.map((six) => BASE64URL.charAt(Number.parseInt(six.padEnd(6, '0'), 2))).join('');
}
