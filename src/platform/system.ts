import { randomBytes } from 'node:crypto';
import { Clock } from '../kernel/clock.js';
import { codeFrom, Ids, tokenFrom, uuidv7 } from '../kernel/ids.js';

export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }
}

export class SystemIds extends Ids {
  constructor(private readonly clock: Clock) {
    super();
  }

  override next(): string {
    return uuidv7(this.clock.now(), randomBytes(10));
  }

  override code(): string {
    return codeFrom(randomBytes(8));
  }

  override token(): string {
    return tokenFrom(randomBytes(32));
  }
}
