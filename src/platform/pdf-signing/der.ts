/** The few pieces of DER (ITU-T X.690) that a signature is made of: tag, length, content. */
export const TAG = {
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  nothing: 0x05,
  oid: 0x06,
  sequence: 0x30,
  set: 0x31,
} as const;

export function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

export const sequence = (...parts: readonly Buffer[]): Buffer => der(TAG.sequence, ...parts);
export const octets = (bytes: Buffer): Buffer => der(TAG.octets, bytes);
export const small = (value: number): Buffer => der(TAG.integer, Buffer.from([value]));

/** DER orders the members of a set by their bytes. */
export function setOf(...members: readonly Buffer[]): Buffer {
  return der(TAG.set, ...members.toSorted((a, b) => Buffer.compare(a, b)));
}

/** `[n]` around or instead of a tag: constructed, of the context. */
export const tagged = (n: number, ...parts: readonly Buffer[]): Buffer => der(0xa0 + n, ...parts);

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(TAG.oid, Buffer.from([first * 40 + second, ...rest.flatMap(sevens)]));
}

/** Seven bits a byte, the highest bit set in all but the last. */
function sevens(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let left = value >>> 7; left > 0; left >>>= 7) bytes.unshift((left & 0x7f) | 0x80);
  return bytes;
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes: number[] = [];
  for (let left = length; left > 0; left >>>= 8) bytes.unshift(left & 0xff);
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

export type Element = { readonly tag: number; readonly content: Buffer; readonly whole: Buffer };

/** The elements that stand one after the other in some bytes. */
export function elementsOf(bytes: Buffer): Element[] {
  const elements: Element[] = [];
  for (let at = 0; at < bytes.length;) {
    const tag = bytes.readUInt8(at);
    const first = bytes.readUInt8(at + 1);
    const more = first < 0x80 ? 0 : first & 0x7f;
    const length = more === 0 ? first : bytes.readUIntBE(at + 2, more);
    const from = at + 2 + more;
    elements.push({
      tag,
      content: bytes.subarray(from, from + length),
      whole: bytes.subarray(at, from + length),
    });
    at = from + length;
  }
  return elements;
}
