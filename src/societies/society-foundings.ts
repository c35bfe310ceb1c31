import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transactions.js';

export type Founded = {
  readonly id: string;
  readonly name: string;
  /** The federation that holds its money, where its charter says so. */
  readonly heldById: string | null;
};

export type FoundingListener = {
  /** A step of the founding's own unit of work: the ledger opens its book here. */
  founded(tx: Tx, society: Founded): Promise<void>;
};

/** Contexts below register here what each new society begins with, so that no arrow points down. */
@Injectable()
export class SocietyFoundings {
  private readonly listeners: FoundingListener[] = [];

  register(listener: FoundingListener): void {
    this.listeners.push(listener);
  }

  async founded(tx: Tx, society: Founded): Promise<void> {
    for (const listener of this.listeners) await listener.founded(tx, society);
  }
}
