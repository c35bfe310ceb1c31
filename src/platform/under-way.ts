/** What is under way when the program ends is waited for, while its connections are still open; nothing more is begun. */
export class UnderWay {
  private readonly runs = new Set<Promise<unknown>>();
  private ending = false;

  get isEnding(): boolean {
    return this.ending;
  }

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    const running = work();
    this.runs.add(running);
    try {
      return await running;
    } finally {
      this.runs.delete(running);
    }
  }

  /** Waits for what has been begun so far. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.runs);
  }

  async end(): Promise<void> {
    this.ending = true;
    await this.settled();
  }
}
