import type { Random } from '../fuzz/random.js';

/** What a bank says: a transfer comes back, or a line of a gift stands on the statement. */
export type BankMessage = {
  readonly kind: 'return' | 'gift';
  /** The bank's own: one for each thing that happened there. */
  readonly reference: string;
  readonly orderId: string;
  /** The case or gift, as the trail names it. */
  readonly what: string;
  /** Of a return: which payment of the order it is. */
  readonly attempt: number;
  readonly amountFen: number;
  readonly at: Date;
  /** Whether the reference stands on this copy; a return without it says its moment. */
  readonly saysReference: boolean;
};

/**
 * The bank of the village. What happened there, happened once; what it says of it is lost until somebody asks for the
 * statement, is said twice, late, and in another order.
 */
export class Bank {
  /** Each thing that happened, by its reference. */
  readonly happened = new Map<string, BankMessage>();
  private readonly onTheWay: { readonly message: BankMessage; due: number }[] = [];
  private readonly lost: BankMessage[] = [];
  private serial = 0;

  constructor(private readonly random: Random) {}

  reference(): string {
    return `BANK-${String((this.serial += 1)).padStart(4, '0')}`;
  }

  /** One payment in three comes back. */
  paid(
    step: number,
    payment: Pick<BankMessage, 'orderId' | 'what' | 'attempt' | 'amountFen'>,
    at: Date,
  ): void {
    if (this.random.below(3) > 0) return;
    const saysReference = this.random.below(2) === 0;
    this.say(step, { ...payment, kind: 'return', reference: this.reference(), at, saysReference });
  }

  /** Somebody gives. */
  given(step: number, at: Date): void {
    const reference = this.reference();
    const amountFen = 1_000 + this.random.below(30_000);
    const gift = { kind: 'gift', reference, orderId: '', what: reference, attempt: 0 } as const;
    this.say(step, { ...gift, amountFen, at, saysReference: true });
  }

  private say(step: number, message: BankMessage): void {
    this.happened.set(message.reference, message);
    const copies = this.random.below(3) === 0 ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1)
      if (this.random.below(5) === 0) this.lost.push(message);
      else this.onTheWay.push({ message, due: step + this.random.below(60) });
  }

  /** What has come by now, in whatever order; with `statement` all that has not come. */
  next(step: number, statement = false): BankMessage | null {
    if (statement) {
      const [late] = this.lost.splice(0, 1);
      if (late) return late;
    }
    const come = this.onTheWay.filter(({ due }) => statement || due <= step);
    if (come.length === 0) return null;
    const picked = this.random.pick(come);
    this.onTheWay.splice(this.onTheWay.indexOf(picked), 1);
    return picked.message;
  }
}
