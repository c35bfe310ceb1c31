import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transactions.js';

export type IdNumberSupplied = {
  readonly societyId: string;
  readonly personId: string;
  readonly at: Date;
  readonly byPersonId: string | null;
};

export type IdNumberListener = { supplied(tx: Tx, event: IdNumberSupplied): Promise<void> };

/**
 * Who wants to know that a missing ID number came in: the case settles the duty that it opened for it (D4-50). Called
 * inside the unit that writes the number, so that both commit together.
 */
@Injectable()
export class IdNumberListeners {
  private readonly listeners: IdNumberListener[] = [];

  register(listener: IdNumberListener): void {
    this.listeners.push(listener);
  }

  async supplied(tx: Tx, event: IdNumberSupplied): Promise<void> {
    for (const listener of this.listeners) await listener.supplied(tx, event);
  }
}
