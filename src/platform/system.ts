import { randomBytes } from 'node:crypto';
import { Clock } from '../kernel/clock.js';
import { codeFrom, Ids, tokenFrom, uuidv7 } from '../kernel/ids.js';
import { BELIEVED_STEP_MS } from './clock-step.js';

/**
 * The clock of the machine. Set back by a little, it stands still until that time has come again, so that nothing ends
 * before it began; set back by more, it is what it says, and `ClockWatch` lets nobody write by it.
 */
export class SystemClock extends Clock {
  private lastMs = 0;

  /** `wall`: what the machine says, in milliseconds since 1970. A test moves it as an administrator or NTP does. */
  constructor(readonly wall: () => number = Date.now) {
    super();
  }

  override now(): Date {
    const ms = this.wall();
    const isBackALittle = ms < this.lastMs && this.lastMs - ms <= BELIEVED_STEP_MS;
    if (!isBackALittle) this.lastMs = ms;
    return new Date(this.lastMs);
  }
}

const PER_MS = 4096;

/**
 * Keys made within one millisecond keep their order: the twelve bits after the time count them (RFC 9562, 6.2). A clock that
 * ran ahead and was put right is followed: nothing was written by it, and later keys would be counted up in its future.
 */
export class Order {
  private lastMs = 0;
  private count = 0;

  key(at: Date, chance: Uint8Array): string {
    const isPutRight = this.lastMs - at.getTime() > BELIEVED_STEP_MS;
    const ms = isPutRight ? at.getTime() : Math.max(at.getTime(), this.lastMs);
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
