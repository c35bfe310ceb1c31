/** Chance that comes out the same from the same seed: mulberry32, good enough to spread amounts and days. */
export class Chance {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 up to 1, and never 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `least` to `most`, both included. */
  from(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  hex(digits: number): string {
    let text = '';
    while (text.length < digits) text += this.from(0, 0xffff).toString(16).padStart(4, '0');
    return text.slice(0, digits);
  }
}

const PER_MS = 4096;

/** Keys of the form that the program makes, one after the other, so that rows lie in the order of their making. */
export class KeysInOrder {
  private count = 0;
  private head = '';
  private readonly tail: string;

  constructor(
    seed: number,
    private readonly fromMs: number,
  ) {
    const hex = seed.toString(16).padStart(12, '0').slice(-12);
    this.tail = `-8${hex.slice(-3)}-${hex}`;
  }

  next(): string {
    const nth = this.count % PER_MS;
    if (nth === 0) {
      const time = (this.fromMs + this.count / PER_MS).toString(16).padStart(12, '0');
      this.head = `${time.slice(0, 8)}-${time.slice(8)}-7`;
    }
    this.count += 1;
    return this.head + nth.toString(16).padStart(3, '0') + this.tail;
  }
}

const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Eight characters for the n-th organisation: an odd factor modulo 2^40 meets no code twice. */
export function boardCodeOf(n: number): string {
  let rest = (BigInt(n + 1) * 678_152_731_231n) % 2n ** 40n;
  let code = '';
  for (let i = 0; i < 8; i++) {
    code += ALPHABET[Number(rest % 32n)] ?? '';
    rest /= 32n;
  }
  return code;
}
