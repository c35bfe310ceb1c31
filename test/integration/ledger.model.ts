/** What the ledger should hold, told once more in the simplest way: the test walks both and compares. */
export type ModelLot = { readonly voucherId: string; readonly receivedOn: string; left: number };
export type ModelHold = { readonly purpose: string; readonly amountFen: number };

export class LedgerModel {
  balance = 0;
  vouchers = 0;
  readonly lots: ModelLot[] = [];
  readonly held: ModelHold[] = [];

  get reserved(): number {
    return this.held.reduce((sum, { amountFen }) => sum + amountFen, 0);
  }

  get free(): number {
    return this.balance - this.reserved;
  }

  receive(voucherId: string, amountFen: number, receivedOn: string): void {
    this.balance += amountFen;
    this.vouchers += 1;
    this.lots.push({ voucherId, receivedOn, left: amountFen });
  }

  /** Whether it may be promised. */
  reserve(purpose: string, amountFen: number): boolean {
    if (amountFen > this.free) return false;
    this.held.push({ purpose, amountFen });
    return true;
  }

  end({ purpose }: ModelHold): void {
    this.held.splice(
      this.held.findIndex((hold) => hold.purpose === purpose),
      1,
    );
  }

  /** Days differ between the lots of a run, so that no tie has to be broken. */
  pay(hold: ModelHold): void {
    this.end(hold);
    this.balance -= hold.amountFen;
    this.vouchers += 2; // the decision and the payment
    let missing = hold.amountFen;
    for (const lot of [...this.lots].sort((a, b) => (a.receivedOn < b.receivedOn ? -1 : 1))) {
      const taken = Math.min(missing, lot.left);
      lot.left -= taken;
      missing -= taken;
    }
  }
}
