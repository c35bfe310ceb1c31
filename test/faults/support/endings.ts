/** What a test must end whatever happens to it: what began last ends first, and one that fails keeps no other from its end. */
export class Endings {
  private readonly all: (() => unknown)[] = [];

  add(ending: () => unknown): void {
    this.all.push(ending);
  }

  /** Throws the first failure once all are done. */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (let ending = this.all.pop(); ending; ending = this.all.pop()) {
      try {
        await ending();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
