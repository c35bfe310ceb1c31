import { createHash } from 'node:crypto';
import type { Clock } from '../kernel/clock.js';
import { codeFrom, Ids, tokenFrom } from '../kernel/ids.js';
import { Order } from '../platform/system.js';

/**
 * Keys, codes and links from one seed, so that a second demo makes the same notices to the byte. Codes come from a
 * stream of their own: one more row somewhere in the house does not change what stands on paper.
 */
export class SeededIds extends Ids {
  private readonly order = new Order();
  private readonly drawn = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly seed: string,
  ) {
    super();
  }

  override next(): string {
    return this.order.key(this.clock.now(), this.draw('key').subarray(0, 10));
  }

  override code(): string {
    return codeFrom(this.draw('code').subarray(0, 8));
  }

  override token(): string {
    return tokenFrom(this.draw('token'));
  }

  private draw(stream: string): Buffer {
    const count = (this.drawn.get(stream) ?? 0) + 1;
    this.drawn.set(stream, count);
    return createHash('sha256').update(`${this.seed}/${stream}/${count}`).digest();
  }
}
