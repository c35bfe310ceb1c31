type Count = { requests: number; readonly sinceMs: number };
type Answer = { readonly current: number; readonly ttl: number };
type Told = (error: Error | null, answer: Answer) => void;

/** So many addresses are counted at once; whoever has asked nothing for longest is forgotten first. */
const MOST_COUNTED = 5000;

/**
 * How often each address has asked in this minute. By a clock that nobody sets: the plugin's own store takes the clock of
 * the machine, and one that ran a day ahead for a moment would keep a whole village out for a day.
 */
export class RequestCounts {
  private readonly counts = new Map<string, Count>();

  incr(address: string, told: Told, windowMs: number): void {
    const nowMs = performance.now();
    const before = this.counts.get(address);
    const isOver = before === undefined || nowMs - before.sinceMs >= windowMs;
    const count: Count = isOver ? { requests: 0, sinceMs: nowMs } : before;
    count.requests += 1;
    this.counts.delete(address);
    this.counts.set(address, count);
    for (const oldest of this.counts.keys()) {
      if (this.counts.size <= MOST_COUNTED) break;
      this.counts.delete(oldest);
    }
    told(null, { current: count.requests, ttl: Math.ceil(windowMs - (nowMs - count.sinceMs)) });
  }

  /** For a route with a limit of its own. */
  child(): RequestCounts {
    return new RequestCounts();
  }
}
