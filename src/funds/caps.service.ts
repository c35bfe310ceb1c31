import { Injectable } from '@nestjs/common';
import { fen, sumOf } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import type { Tx } from '../platform/database/transactions.js';
import { CapsStore } from './caps.store.js';
import { roomUnder } from './domain/cap.js';
import { CapClaimNotHeld, CapExhausted } from './domain/funds.errors.js';

export type CapAsked = {
  readonly fundId: string;
  readonly groupId: string;
  /** LIFETIME, a year or a cause, by the rule (`windowKeyOf`). */
  readonly windowKey: string;
  readonly capFen: Fen;
  readonly askedFen: Fen;
  /** The round that decides on it. */
  readonly purpose: string;
};

export type CapHeld = {
  /** What of the asked amount fits: all of it, or what is left of the cap, which the motion then states (D4-6). */
  readonly heldFen: Fen;
  /** What had been used and promised before. */
  readonly takenFen: Fen;
  readonly capApplied: boolean;
};

export type Grouped = {
  readonly groupId: string;
  /** Groups that went into this one just now: a person has to look at it (domain.md 3, rule 9). */
  readonly merged: readonly string[];
};

/**
 * The cap of a household and fund, as steps of another context's unit of work. It is promised when a panel opens, becomes
 * used at the approval, and is free again by what was rejected or came back (domain.md 3, rules 8 to 10 and 13).
 */
@Injectable()
export class CapsService {
  constructor(private readonly store: CapsStore) {}

  /**
   * The cap group of those who live together now. Whoever was once counted in a household stays in its group, so that to
   * split it resets nothing; where two groups meet they become one.
   */
  async groupOf(tx: Tx, identities: readonly string[]): Promise<Grouped> {
    if (identities.length === 0) throw new RangeError('A household has somebody in it');
    const [first, ...others] = await this.store.groupsOf(tx, identities);
    const groupId = first ?? (await this.store.newGroup(tx));
    for (const other of others) {
      for (const from of await this.store.endGroup(tx, other, groupId)) {
        const { fundId, windowKey } = from;
        const into = await this.store.counter(tx, { fundId, groupId, windowKey });
        await this.store.absorb(tx, from, into.id);
      }
    }
    await this.store.join(tx, groupId, identities);
    return { groupId, merged: others };
  }

  /** What the group has used and been promised in this window, as a unit of work sees it. */
  async takenBy(tx: Tx, groupId: string, fundId: string, windowKey: string): Promise<Fen> {
    const survivor = await this.store.survivorOf(tx, groupId);
    const { usedFen, reservedFen } = await this.store.counter(tx, { fundId, groupId: survivor, windowKey });
    return fen(usedFen + reservedFen);
  }

  /** Promises what is asked, or what is left. Nothing left: CAP_EXHAUSTED, and nothing is changed (D4-5). */
  async hold(tx: Tx, { askedFen, purpose, capFen, fundId, windowKey, ...asked }: CapAsked): Promise<CapHeld> {
    if (askedFen <= 0) throw new RangeError('Nothing was asked of the cap');
    const groupId = await this.store.survivorOf(tx, asked.groupId);
    const counter = await this.store.counter(tx, { fundId, groupId, windowKey });
    const room = roomUnder(capFen, counter);
    const takenFen = fen(counter.usedFen + counter.reservedFen);
    if (room === 0) throw new CapExhausted(capFen, takenFen);
    const heldFen = fen(Math.min(askedFen, room));
    await this.store.hold(tx, counter.id, { purpose, capFen, amountFen: heldFen });
    return { heldFen, takenFen, capApplied: heldFen < askedFen };
  }

  /** A promise becomes two of the same sum: a part of it is paid before the rest. */
  async split(
    tx: Tx,
    purpose: string,
    parts: readonly { readonly purpose: string; readonly amountFen: Fen }[],
  ): Promise<void> {
    const claim = await this.store.claim(tx, purpose);
    if (claim?.amountFen !== sumOf(parts.map(({ amountFen }) => amountFen))) throw new CapClaimNotHeld();
    if (!(await this.release(tx, purpose))) throw new CapClaimNotHeld();
    const { id } = await this.store.counterOf(tx, claim);
    for (const part of parts) await this.store.hold(tx, id, { ...part, capFen: claim.capFen });
  }

  /** Frees what was promised. Freed before: no error, and false. */
  async release(tx: Tx, purpose: string): Promise<boolean> {
    const ended = await this.store.end(tx, purpose, 'RELEASED');
    const claim = await this.store.claim(tx, purpose);
    if (!claim || (!ended && claim.state !== 'RELEASED')) throw new CapClaimNotHeld();
    if (ended) await this.store.release(tx, (await this.store.counterOf(tx, claim)).id, claim);
    return ended;
  }

  /** The grant was approved, in this window. */
  async spend(tx: Tx, purpose: string, windowKey: string): Promise<void> {
    const ended = await this.store.end(tx, purpose, 'SPENT');
    const claim = await this.store.claim(tx, purpose);
    if (!ended || !claim) throw new CapClaimNotHeld();
    const promisedIn = await this.store.counterOf(tx, claim);
    if (promisedIn.windowKey === windowKey) return this.store.spend(tx, promisedIn.id, claim);
    const { fundId, groupId } = promisedIn;
    const decidedIn = await this.store.counter(tx, { fundId, groupId, windowKey });
    await this.store.moveTo(tx, claim, promisedIn.id, decidedIn.id);
    return this.store.spend(tx, decidedIn.id, claim);
  }

  /** So much of the grant was received back: the cap has that much room again (D4-7). */
  async restore(tx: Tx, purpose: string, amountFen: Fen): Promise<void> {
    const claim = await this.store.claim(tx, purpose);
    if (!claim) throw new CapClaimNotHeld();
    await this.store.restore(tx, (await this.store.counterOf(tx, claim)).id, claim, amountFen);
  }
}
