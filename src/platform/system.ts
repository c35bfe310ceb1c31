import { randomBytes } from 'node:crypto';
import { Clock } from '../kernel/clock.js';
import { codeFrom, Ids, tokenFrom, uuidv7 } from '../kernel/ids.js';

export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }
}

const PER_MS = 4096;

/** Keys made within one millisecond keep their order: the twelve bits after the time count them (RFC 9562, 6.2). */
export class Order {
  private lastMs = 0;
  private count = 0;

  key(at: Date, chance: Uint8Array): string {
    const ms = Math.max(at.getTime(), this.lastMs);
    this.count = ms === this.lastMs ? this.count + 1 : 0;
    this.lastMs = ms;
    if (this.count === PER_MS) [this.lastMs, this.count] = [ms + 1, 0];
    const bytes = Uint8Array.from(chance);
    bytes[0] = this.count >> 8;
    bytes[1] = this.count & 0xff;
    return uuidv7(new Date(this.lastMs), bytes);
  }
}

export class SystemIds extends Ids {
  private readonly order = new Order();

  constructor(private readonly clock: Clock) {
    super();
  }

  override next(): string {
    return this.order.key(this.clock.now(), randomBytes(10));
  }

  override code(): string {
    return codeFrom(randomBytes(8));
  }

  override token(): string {
    return tokenFrom(randomBytes(32));
  }
}
