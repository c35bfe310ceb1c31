import fc from 'fast-check';
import { basisOf, fateOf } from '../../src/donations/domain/change-of-use.js';
import type { Said } from '../../src/donations/domain/change-of-use.js';
import { freePartsOf, partsOf } from '../../src/donations/domain/refund.js';
import type { FreePart } from '../../src/donations/domain/refund.js';
import { day } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { allocationOf, restorationOf } from '../../src/ledger/domain/allocation.js';
import type { Allocation } from '../../src/ledger/domain/allocation.js';

/** Three purses: two purposes, and what can do anything. */
export const PURSES = ['a', 'b', 'c'] as const;
export type PurseName = (typeof PURSES)[number];
const DONORS = ['anna', 'bo', null] as const;
const SAID: readonly (Said | 'WAITING')[] = ['CONSENT', 'CONSENT', 'RETURN', 'THINK', 'WAITING'];

const ACTS = [
  ...[
    'give',
    'give',
    'give',
    'give',
    'hold',
    'hold',
    'pay',
    'pay',
    'cancel',
    'bank return',
    'bank return',
    'recover',
    'recover',
  ],
  ...['refund', 'refund', 'refund paid', 'refund ended', 'change', 'settle', 'settle', 'change ended'],
] as const;

/** What can happen to gifts. `at` and `other` pick among what there is; `amount` is small, so that it matters. */
export type GiftEvent = {
  readonly act: (typeof ACTS)[number];
  readonly at: number;
  readonly other: number;
  readonly amount: number;
};

export const giftEvents = (most: number): fc.Arbitrary<GiftEvent[]> =>
  fc.array(
    fc.record({
      act: fc.constantFrom(...ACTS),
      at: fc.nat(20),
      other: fc.nat(20),
      amount: fc.integer({ min: 1, max: 9 }),
    }),
    { minLength: 1, maxLength: most },
  );

export type Given = {
  readonly gift: string;
  readonly purse: PurseName;
  readonly donor: string | null;
  readonly amount: number;
  readonly receivedOn: string;
};

/** What a refund came to: all of it held back, or the most that could be. */
export type RefundOutcome = 'held' | number;
/** What a settlement moved, and what goes back to whom: refunds by name, one for each gift. */
export type Settlement = { readonly moved: number; readonly returned: number };

/** One lot as anybody can read it off: its gift, what is left of it, and what of that is held back. */
export type LotFigure = {
  readonly gift: string;
  readonly purse: PurseName;
  readonly left: number;
  readonly frozen: number;
};

/** What answers to the same words: the rules of the program kept in maps, or the rows of a database. */
export type Lots<Done, Held, Refunded, Settled, Changed> = {
  give(given: Given): Done;
  hold(order: string, purse: PurseName, amount: number): Held;
  pay(order: string): Done;
  cancel(order: string): Done;
  bankReturn(order: string): Done;
  recover(order: string, amount: number): Done;
  refund(refund: string, gift: string, amount: number): Refunded;
  refundPaid(refund: string): Done;
  refundEnded(refund: string): Done;
  change(change: string, from: PurseName, into: PurseName): Changed;
  settle(change: string, said: ReadonlyMap<string, Said | 'WAITING'>): Settled;
  changeEnded(change: string): Done;
};

/** One fen of a gift. Where it is, is all that can be said of it. */
type Coin = { readonly gift: string; lot: number; where: string };
type ModelLot = {
  readonly gift: string;
  readonly purse: PurseName;
  readonly receivedOn: string;
  readonly seq: number;
};
type Order = {
  readonly name: string;
  readonly purse: PurseName;
  readonly amount: number;
  taken: Coin[];
  state: string;
};
type Change = {
  readonly name: string;
  readonly from: PurseName;
  readonly into: PurseName;
  state: 'OPEN' | 'OVER';
};

const LEFT = 'left';
const step = <Answer>(said: unknown, answer: Answer) => ({ said, answer });
export type Played<Answer> = { readonly said: unknown; readonly answer: Answer } | null;

/**
 * The life of gifts told in the simplest way: every fen is a coin, and lies somewhere. Nothing is added up or taken off,
 * coins are only moved, so that none can be lost or made. The model leads the play; what it says happens is then asked
 * of the other.
 */
export class GiftModel {
  readonly lots: ModelLot[] = [];
  readonly orders: Order[] = [];
  readonly gifts: Given[] = [];
  readonly refunds: { readonly name: string; readonly gift: string; state: 'OPEN' | 'PAID' | 'OVER' }[] = [];
  readonly changes: Change[] = [];
  private readonly coins: Coin[] = [];

  play<A>(event: GiftEvent, other: Lots<A, A, A, A, A>): Played<A> {
    const { act, at, amount } = event;
    switch (act) {
      case 'give':
        return this.give(event, other);
      case 'hold':
        return this.hold(event, other);
      case 'pay':
      case 'cancel':
      case 'bank return':
      case 'recover':
        return this.ordered(act, at, amount, other);
      case 'refund':
        return this.refund(event, other);
      case 'refund paid':
      case 'refund ended':
        return this.endRefund(act, at, other);
      case 'change':
        return this.change(event, other);
      case 'settle':
        return this.settle(event, other);
      case 'change ended':
        return this.endChange(at, other);
    }
  }

  /** In the order of their making. */
  figures(): LotFigure[] {
    return this.lots.map(({ gift, purse, seq }) => ({
      ...{ gift, purse },
      left: this.count((coin) => coin.lot === seq && isHere(coin)),
      frozen: this.count((coin) => coin.lot === seq && isFrozen(coin)),
    }));
  }

  /** Used, refunded and still here, of every gift: what the trace of a gift shows. */
  traceOf(gift: string): { used: number; refunded: number; left: number } {
    const of = (test: (coin: Coin) => boolean) => this.count((coin) => coin.gift === gift && test(coin));
    return {
      used: of(({ where }) => where.startsWith('order')),
      refunded: of(({ where }) => where === 'refunded'),
      left: of(isHere),
    };
  }

  usedBy(order: Order): number {
    return this.count(({ where }) => where === order.name);
  }

  private give<A>({ at, other, amount }: GiftEvent, lots: Lots<A, A, A, A, A>): Played<A> {
    const given: Given = {
      gift: `gift ${this.gifts.length + 1}`,
      purse: PURSES[at % 3] ?? 'a',
      donor: DONORS[other % 3] ?? null,
      amount,
      receivedOn: `2026-0${1 + (at % 3)}-1${other % 5}`,
    };
    this.gifts.push(given);
    this.openLot(given, given.purse, given.receivedOn, amount);
    return step(amount, lots.give(given));
  }

  private hold<A>({ at, amount }: GiftEvent, lots: Lots<A, A, A, A, A>): Played<A> {
    const purse = PURSES[at % 3] ?? 'a';
    const name = `order ${this.orders.length + 1}`;
    const covered = amount <= this.freeOf(purse);
    if (covered) this.orders.push({ name, purse, amount, taken: [], state: 'HELD' });
    return step(covered, lots.hold(name, purse, amount));
  }

  private ordered<A>(
    act: 'pay' | 'cancel' | 'bank return' | 'recover',
    at: number,
    amount: number,
    lots: Lots<A, A, A, A, A>,
  ): Played<A> {
    const order = pick(
      this.orders.filter(({ state, taken }) => {
        if (act === 'pay' || act === 'cancel') return state === 'HELD';
        return act === 'bank return'
          ? state === 'PAID'
          : state !== 'HELD' && state !== 'OVER' && taken.length > 0;
      }),
      at,
    );
    if (!order) return null;
    if (act === 'cancel') order.state = 'OVER';
    if (act === 'cancel') return step(true, lots.cancel(order.name));
    if (act === 'pay') {
      order.taken = this.inTurn(order.purse).slice(0, order.amount);
      for (const coin of order.taken) coin.where = order.name;
      order.state = 'PAID';
      return step(true, lots.pay(order.name));
    }
    const back = act === 'bank return' ? order.amount : Math.min(amount, order.taken.length);
    for (const coin of order.taken.splice(order.taken.length - back)) coin.where = LEFT;
    order.state = act === 'bank return' ? 'HELD' : 'DEMANDED';
    return step(true, act === 'bank return' ? lots.bankReturn(order.name) : lots.recover(order.name, back));
  }

  private refund<A>({ at, amount }: GiftEvent, lots: Lots<A, A, A, A, A>): Played<A> {
    const given = pick(this.gifts, at);
    if (!given) return null;
    const name = `refund ${this.refunds.length + 1}`;
    const free: Coin[] = [];
    const held = new Map<PurseName, number>();
    for (const { seq, purse } of this.lots.filter(({ gift }) => gift === given.gift)) {
      const room = this.freeOf(purse) - (held.get(purse) ?? 0);
      const here = this.coins.filter(({ lot, where }) => lot === seq && where === LEFT).slice(0, room);
      held.set(purse, (held.get(purse) ?? 0) + here.length);
      free.push(...here);
    }
    const covered = amount <= free.length;
    if (covered) for (const coin of free.slice(0, amount)) coin.where = `held for ${name}`;
    if (covered) this.refunds.push({ name, gift: given.gift, state: 'OPEN' });
    return step(covered ? 'held' : free.length, lots.refund(name, given.gift, amount));
  }

  private endRefund<A>(
    act: 'refund paid' | 'refund ended',
    at: number,
    lots: Lots<A, A, A, A, A>,
  ): Played<A> {
    const refund = pick(
      this.refunds.filter(({ state }) => state === 'OPEN'),
      at,
    );
    if (!refund) return null;
    const isPaid = act === 'refund paid';
    refund.state = isPaid ? 'PAID' : 'OVER';
    for (const coin of this.coins)
      if (coin.where === `held for ${refund.name}`) coin.where = isPaid ? 'refunded' : LEFT;
    return step(true, isPaid ? lots.refundPaid(refund.name) : lots.refundEnded(refund.name));
  }

  private change<A>({ at, other }: GiftEvent, lots: Lots<A, A, A, A, A>): Played<A> {
    const from = PURSES[at % 3] ?? 'a';
    const into = PURSES[(at + 1 + (other % 2)) % 3] ?? 'b';
    if (this.changes.some((change) => change.from === from && change.state === 'OPEN')) return null;
    const name = `change ${this.changes.length + 1}`;
    const coins = this.inTurn(from).slice(0, this.freeOf(from));
    if (coins.length === 0) return null;
    for (const coin of coins) coin.where = `held for ${name}`;
    this.changes.push({ name, from, into, state: 'OPEN' });
    return step(coins.length, lots.change(name, from, into));
  }

  private settle<A>({ at, other, amount }: GiftEvent, lots: Lots<A, A, A, A, A>): Played<A> {
    const change = this.openChange(at);
    if (!change) return null;
    const said = new Map<string, Said | 'WAITING'>([
      ['anna', SAID[other % 5] ?? 'WAITING'],
      ['bo', SAID[amount % 5] ?? 'WAITING'],
    ]);
    const settled = { moved: 0, returned: 0 };
    const seen = this.lots.filter(({ purse }) => purse === change.from).sort(byTurn);
    const returning = new Map<string, Coin[]>();
    for (const { seq, gift, receivedOn } of seen) {
      const coins = this.coins.filter(({ lot, where }) => lot === seq && where === `held for ${change.name}`);
      const given = this.gifts.find((each) => each.gift === gift);
      const word = given?.donor == null ? 'CONSENT' : said.get(given.donor);
      if (coins.length === 0 || word === 'THINK' || word === 'WAITING') continue;
      if (word === 'RETURN') {
        returning.set(gift, [...(returning.get(gift) ?? []), ...coins]);
        settled.returned += coins.length;
        continue;
      }
      settled.moved += coins.length;
      this.openLot({ gift }, change.into, receivedOn, 0);
      for (const coin of coins) Object.assign(coin, { lot: this.lots.length - 1, where: LEFT });
    }
    for (const [gift, coins] of returning) {
      const name = `${change.name} to ${gift}`;
      // Settled again later, more of the same gift may go back: the names stay apart.
      const unique = `${name} (${this.refunds.length + 1})`;
      this.refunds.push({ name: unique, gift, state: 'OPEN' });
      for (const coin of coins) coin.where = `held for ${unique}`;
    }
    if (!this.coins.some(({ where }) => where === `held for ${change.name}`)) change.state = 'OVER';
    return step(settled, lots.settle(change.name, said));
  }

  private endChange<A>(at: number, lots: Lots<A, A, A, A, A>): Played<A> {
    const change = this.openChange(at);
    if (!change) return null;
    change.state = 'OVER';
    for (const coin of this.coins) if (coin.where === `held for ${change.name}`) coin.where = LEFT;
    return step(true, lots.changeEnded(change.name));
  }

  private openChange(at: number): Change | undefined {
    return pick(
      this.changes.filter(({ state }) => state === 'OPEN'),
      at,
    );
  }

  private openLot({ gift }: Pick<Given, 'gift'>, purse: PurseName, receivedOn: string, amount: number): void {
    const seq = this.lots.length;
    this.lots.push({ gift, purse, receivedOn, seq });
    for (let made = 0; made < amount; made++) this.coins.push({ gift, lot: seq, where: LEFT });
  }

  /** The coins of a purse that lie free or are promised, in the turn in which payments take them. */
  private inTurn(purse: PurseName): Coin[] {
    return this.lots
      .filter((lot) => lot.purse === purse)
      .sort(byTurn)
      .flatMap(({ seq }) => this.coins.filter(({ lot, where }) => lot === seq && where === LEFT));
  }

  private freeOf(purse: PurseName): number {
    const promised = this.orders.filter((order) => order.purse === purse && order.state === 'HELD');
    return this.inTurn(purse).length - promised.reduce((sum, { amount }) => sum + amount, 0);
  }

  private count(test: (coin: Coin) => boolean): number {
    return this.coins.filter(test).length;
  }
}

const isFrozen = ({ where }: Coin) => where.startsWith('held for');
const isHere = (coin: Coin) => coin.where === LEFT || isFrozen(coin);
const byTurn = (a: ModelLot, b: ModelLot) =>
  a.receivedOn === b.receivedOn ? a.seq - b.seq : a.receivedOn < b.receivedOn ? -1 : 1;

function pick<Of>(from: readonly Of[], at: number): Of | undefined {
  return from[at % Math.max(from.length, 1)];
}

/** A lot of the program, with what its lines of the trace say. */
type PureLot = {
  readonly id: string;
  readonly gift: string;
  readonly purse: PurseName;
  readonly receivedOn: string;
  left: number;
  frozen: number;
};
type Held = { readonly gift: string; readonly parts: readonly FreePart[] };
type PurePart = {
  readonly lot: PureLot;
  readonly amount: number;
  donor: string | null;
  state: 'FROZEN' | 'DONE';
};

/** The rules of the program, kept in maps: what its services do with rows, done here with numbers. */
export class PureLots implements Lots<true, boolean, RefundOutcome, Settlement, number> {
  readonly lots: PureLot[] = [];
  private readonly donors = new Map<string, string | null>();
  private readonly reserved = new Map<PurseName, number>();
  private readonly orders = new Map<string, { purse: PurseName; amount: number; trace: Allocation[] }>();
  private readonly refunds = new Map<string, Held>();
  private readonly changes = new Map<string, { into: PurseName; parts: PurePart[] }>();

  give({ gift, purse, donor, amount, receivedOn }: Given): true {
    this.donors.set(gift, donor);
    this.open(gift, purse, receivedOn, amount);
    return true;
  }

  hold(order: string, purse: PurseName, amount: number): boolean {
    if (amount > this.freeOf(purse)) return false;
    this.reserve(purse, amount);
    this.orders.set(order, { purse, amount, trace: [] });
    return true;
  }

  pay(name: string): true {
    const order = this.order(name);
    const open = this.lots
      .filter(({ purse, left, frozen }) => purse === order.purse && left > frozen)
      .map((lot) => ({
        ...{ id: lot.id, earmarked: false, receivedOn: day(lot.receivedOn) },
        leftFen: fen(lot.left - lot.frozen),
      }));
    const plan = allocationOf(fen(order.amount), open);
    if (plan.outcome !== 'covered') throw new Error(`${name} was promised ${order.amount} and is short`);
    for (const { lotId, amountFen } of plan.allocations) this.lot(lotId).left -= amountFen;
    order.trace.push(...plan.allocations);
    this.reserve(order.purse, 0 - order.amount);
    return true;
  }

  cancel(name: string): true {
    const { purse, amount } = this.order(name);
    this.reserve(purse, 0 - amount);
    return true;
  }

  bankReturn(name: string): true {
    const { purse, amount } = this.order(name);
    this.comeBack(name, amount);
    this.reserve(purse, amount);
    return true;
  }

  recover(name: string, amount: number): true {
    this.comeBack(name, amount);
    return true;
  }

  refund(name: string, gift: string, amount: number): RefundOutcome {
    const free = freePartsOf(this.lots.filter((lot) => lot.gift === gift).map((lot) => this.leftOf(lot)));
    const parts = partsOf(fen(amount), free);
    if (parts === null) return free.reduce((sum, { amountFen }) => sum + amountFen, 0);
    for (const { lotId, amountFen } of parts) this.lot(lotId).frozen += amountFen;
    this.refunds.set(name, { gift, parts });
    return 'held';
  }

  refundPaid(name: string): true {
    for (const { lotId, amountFen } of this.partsOf(name)) {
      const lot = this.lot(lotId);
      lot.frozen -= amountFen;
      lot.left -= amountFen;
    }
    return true;
  }

  refundEnded(name: string): true {
    for (const { lotId, amountFen } of this.partsOf(name)) this.lot(lotId).frozen -= amountFen;
    return true;
  }

  change(name: string, from: PurseName, into: PurseName): number {
    const lots = this.lots.filter(({ purse, left, frozen }) => purse === from && left > frozen).sort(byAge);
    const parts = freePartsOf(lots.map((lot) => this.leftOf(lot))).flatMap(({ lotId, amountFen }) => {
      if (amountFen === 0) return [];
      const lot = this.lot(lotId);
      lot.frozen += amountFen;
      const donor = this.donors.get(lot.gift) ?? null;
      return [{ lot, amount: Number(amountFen), donor, state: 'FROZEN' as const }];
    });
    this.changes.set(name, { into, parts });
    return parts.reduce((sum, { amount }) => sum + amount, 0);
  }

  settle(name: string, said: ReadonlyMap<string, Said | 'WAITING'>): Settlement {
    const { into, parts } = this.changes.get(name) ?? { into: 'a' as const, parts: [] };
    const settled = { moved: 0, returned: 0 };
    const returning = new Map<string, FreePart[]>();
    for (const part of parts.filter(({ state }) => state === 'FROZEN')) {
      const { lot, amount, donor } = part;
      const basis = basisOf({ source: 'GIFT', donorId: donor, campaignId: null }, null) ?? 'BOARD';
      const fate = fateOf({ basis, answer: donor === null ? null : (said.get(donor) ?? 'WAITING') });
      if (fate === 'wait') continue;
      part.state = 'DONE';
      settled[fate === 'move' ? 'moved' : 'returned'] += amount;
      if (fate === 'return') {
        returning.set(lot.gift, [
          ...(returning.get(lot.gift) ?? []),
          { lotId: lot.id, amountFen: fen(amount) },
        ]);
        continue;
      }
      lot.frozen -= amount;
      lot.left -= amount;
      this.open(lot.gift, into, lot.receivedOn, amount);
    }
    for (const [gift, rest] of returning)
      this.refunds.set(`${name} to ${gift} (${this.asked()})`, { gift, parts: rest });
    return settled;
  }

  changeEnded(name: string): true {
    for (const { lot, amount, state } of this.changes.get(name)?.parts ?? [])
      if (state === 'FROZEN') lot.frozen -= amount;
    return true;
  }

  figures(): LotFigure[] {
    return this.lots.map(({ gift, purse, left, frozen }) => ({ gift, purse, left, frozen }));
  }

  /** What one order took, less what came back. */
  usedBy(name: string): number {
    return this.order(name).trace.reduce((sum, { amountFen }) => sum + amountFen, 0);
  }

  /** Refunds are numbered as the model numbers them: those that were refused are not counted. */
  private asked(): number {
    return this.refunds.size + 1;
  }

  private comeBack(name: string, amount: number): void {
    const { trace } = this.order(name);
    const back = restorationOf(fen(amount), trace);
    for (const { lotId, amountFen } of back) this.lot(lotId).left += amountFen;
    trace.push(...back.map(({ lotId, amountFen }) => ({ lotId, amountFen: fen(0 - amountFen) })));
  }

  private open(gift: string, purse: PurseName, receivedOn: string, amount: number): void {
    const id = `lot ${String(this.lots.length).padStart(3, '0')}`;
    this.lots.push({ id, gift, purse, receivedOn, left: amount, frozen: 0 });
  }

  private leftOf({ id, purse, left, frozen }: PureLot) {
    return {
      ...{ lotId: id, balanceId: purse },
      ...{ leftFen: fen(left - frozen), purseFreeFen: fen(this.freeOf(purse)) },
    };
  }

  private freeOf(purse: PurseName): number {
    const here = this.lots.filter((lot) => lot.purse === purse);
    return here.reduce((sum, { left, frozen }) => sum + left - frozen, 0) - (this.reserved.get(purse) ?? 0);
  }

  private reserve(purse: PurseName, amount: number): void {
    this.reserved.set(purse, (this.reserved.get(purse) ?? 0) + amount);
  }

  private order(name: string) {
    const order = this.orders.get(name);
    if (!order) throw new Error(`No ${name}`);
    return order;
  }

  private partsOf(name: string): readonly FreePart[] {
    const refund = this.refunds.get(name);
    if (!refund) throw new Error(`No ${name}`);
    return refund.parts;
  }

  private lot(id: string): PureLot {
    const lot = this.lots.find((each) => each.id === id);
    if (!lot) throw new Error(`No ${id}`);
    return lot;
  }
}

const byAge = (a: PureLot, b: PureLot) =>
  a.receivedOn === b.receivedOn ? (a.id < b.id ? -1 : 1) : a.receivedOn < b.receivedOn ? -1 : 1;
