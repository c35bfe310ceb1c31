import fc from 'fast-check';
import { CODE_ALPHABET, codeFrom, tokenFrom, uuidv7 } from './ids.js';

const at = new Date('2022-02-22T19:22:22Z');
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

describe('uuidv7', () => {
  it('is the example of RFC 9562, appendix A.6', () => {
    const chance = Uint8Array.from([0xc, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
    expect(uuidv7(at, chance)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  it('sorts by its time, whatever the chance', () => {
    const late = uuidv7(new Date(at.getTime() + 1), new Uint8Array(10));
    expect(uuidv7(at, new Uint8Array(10).fill(255)) < late).toBe(true);
  });

  it('refuses any other measure of chance', () => {
    expect(() => uuidv7(at, new Uint8Array(9))).toThrow(RangeError);
  });
});

describe('codeFrom', () => {
  it('uses 32 characters, none of which is taken for another', () => {
    expect(new Set(CODE_ALPHABET).size).toBe(32);
    expect(CODE_ALPHABET).not.toMatch(/[01IO]/);
  });

  it('gives every character for eight of the 256 bytes: none is likelier', () => {
    const seen = new Map<string, number>();
    for (let byte = 0; byte < 256; byte++) {
      const character = codeFrom(new Uint8Array(8).fill(byte)).charAt(0);
      seen.set(character, (seen.get(character) ?? 0) + 1);
    }
    expect([...seen.values()]).toEqual(new Array(32).fill(8));
  });

  it('always has eight characters of the alphabet', () => {
    fc.assert(
      fc.property(bytes(8), (chance) => {
        expect(codeFrom(chance)).toMatch(/^[2-9A-HJ-NP-Z]{8}$/);
      }),
    );
  });

  it('refuses any other measure of chance', () => {
    expect(() => codeFrom(new Uint8Array(7))).toThrow(RangeError);
  });
});

describe('tokenFrom', () => {
  it('is what Node calls base64url', () => {
    fc.assert(
      fc.property(bytes(32), (chance) => {
        expect(tokenFrom(chance)).toBe(Buffer.from(chance).toString('base64url'));
      }),
    );
  });

  it('has 43 characters that a link can hold', () => {
    expect(tokenFrom(new Uint8Array(32).fill(255))).toMatch(/^[\w-]{43}$/);
  });

  it('refuses any other measure of chance', () => {
    expect(() => tokenFrom(new Uint8Array(16))).toThrow(RangeError);
  });
});
