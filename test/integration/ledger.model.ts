/** What the ledger should hold, told once more in the simplest way: the test walks both and compares. */
export type ModelLot = {
  readonly voucherId: string;
  readonly receivedOn: string;
  left: number;
  amount: number;
};

/** A decision to pay: owed once it is accrued, and out once it is paid. */
export type ModelOrder = {
  readonly purpose: string;
  readonly amountFen: number;
  readonly orderId: string;
  readonly threadId: string;
  accrued: boolean;
  attempts: number;
  /** Whose money is out, in the order in which it was taken. */
  taken: { readonly lot: ModelLot; fen: number }[];
  demanded: boolean;
  outstanding: number;
  /** Written off, and not come in since. */
  givenUp: number;
};

export class LedgerModel {
  balance = 0;
  vouchers = 0;
  readonly lots: ModelLot[] = [];
  /** Money is set aside for these. */
  readonly held: ModelOrder[] = [];
  /** These are paid. */
  readonly paid: ModelOrder[] = [];

  get reserved(): number {
    return this.held.reduce((sum, { amountFen }) => sum + amountFen, 0);
  }

  get free(): number {
    return this.balance - this.reserved;
  }

  /** What is owed to others. */
  get payable(): number {
    return this.held.reduce((sum, { accrued, amountFen }) => sum + (accrued ? amountFen : 0), 0);
  }

  /** What others owe. */
  get receivable(): number {
    return this.paid.reduce((sum, { outstanding }) => sum + outstanding, 0);
  }

  receive(voucherId: string, amountFen: number, receivedOn: string): void {
    this.balance += amountFen;
    this.vouchers += 1;
    this.lots.push({ voucherId, receivedOn, left: amountFen, amount: amountFen });
  }

  /** Why an inflow may not be taken back; null when it is. */
  strike(lot: ModelLot): 'used' | 'promised' | null {
    if (lot.left !== lot.amount) return 'used';
    if (lot.amount > this.free) return 'promised';
    this.balance -= lot.amount;
    this.vouchers += 1;
    lot.left = 0;
    return null;
  }

  /** Whether it may be promised. */
  reserve(order: Pick<ModelOrder, 'purpose' | 'amountFen' | 'orderId' | 'threadId'>): boolean {
    if (order.amountFen > this.free) return false;
    this.held.push({
      ...order,
      accrued: false,
      attempts: 0,
      taken: [],
      demanded: false,
      outstanding: 0,
      givenUp: 0,
    });
    return true;
  }

  accrue(order: ModelOrder): void {
    order.accrued = true;
    this.vouchers += 1;
  }

  /** Called off: nothing is held and nothing owed. */
  cancel(order: ModelOrder): void {
    remove(this.held, order);
    if (order.accrued) this.vouchers += 1;
  }

  /** Days differ between the lots of a run, so that no tie has to be broken. */
  pay(order: ModelOrder): void {
    remove(this.held, order);
    this.paid.push(order);
    order.attempts += 1;
    this.balance -= order.amountFen;
    this.vouchers += 1;
    let missing = order.amountFen;
    for (const lot of [...this.lots].sort((a, b) => (a.receivedOn < b.receivedOn ? -1 : 1))) {
      const fen = Math.min(missing, lot.left);
      if (fen > 0) order.taken.push({ lot, fen });
      lot.left -= fen;
      missing -= fen;
    }
  }

  /** By the bank, whole: it is held again. */
  payBack(order: ModelOrder): void {
    remove(this.paid, order);
    this.held.push(order);
    this.comeBack(order, order.amountFen);
  }

  demand(order: ModelOrder, amountFen: number): void {
    order.demanded = true;
    order.outstanding = amountFen;
    this.vouchers += 1;
  }

  /** From whoever had it: free for others. */
  instalment(order: ModelOrder, amountFen: number): void {
    order.outstanding -= amountFen;
    this.comeBack(order, amountFen);
  }

  /** After it was written off: free all the same. */
  lateInstalment(order: ModelOrder, amountFen: number): void {
    order.givenUp -= amountFen;
    this.comeBack(order, amountFen);
  }

  writeOff(order: ModelOrder): void {
    order.givenUp += order.outstanding;
    order.outstanding = 0;
    this.vouchers += 1;
  }

  /** What was taken last comes back first. */
  private comeBack(order: ModelOrder, amountFen: number): void {
    this.balance += amountFen;
    this.vouchers += 1;
    for (let missing = amountFen; missing > 0;) {
      const last = order.taken.at(-1);
      if (!last) throw new Error('More comes back than was taken');
      const fen = Math.min(missing, last.fen);
      last.lot.left += fen;
      last.fen -= fen;
      missing -= fen;
      if (last.fen === 0) order.taken.pop();
    }
  }
}

function remove<Of>(from: Of[], what: Of): void {
  from.splice(from.indexOf(what), 1);
}
