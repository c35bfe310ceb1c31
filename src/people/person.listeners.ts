import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transactions.js';
import type { ConsentWay, Purpose } from './domain/consent.js';

type Learned = {
  readonly societyId: string;
  readonly personId: string;
  readonly at: Date;
  readonly byPersonId: string | null;
};

/** A number that had been pending is there. */
export type IdNumberSupplied = Learned & {
  /** The number by a mark of that scope (`MarksQueries`): it is handed out in no other form. */
  readonly markIn: (scope: string) => string;
};

/** What a person has agreed to, or does not agree to any more. */
export type ConsentsAnswered = Learned & {
  readonly how: ConsentWay;
  readonly answers: readonly { readonly purpose: Purpose; readonly given: boolean }[];
};

export type PersonListener = {
  /** A step of the unit that enters the number. */
  supplied(tx: Tx, supplied: IdNumberSupplied): Promise<void>;
  /** A step of the unit that records the answers. */
  answered(tx: Tx, answered: ConsentsAnswered): Promise<void>;
};

/** Contexts below register here at start-up and hear of it inside the same unit, so that no arrow points up. */
@Injectable()
export class PersonListeners {
  private readonly listeners: PersonListener[] = [];

  register(listener: PersonListener): void {
    this.listeners.push(listener);
  }

  async supplied(tx: Tx, supplied: IdNumberSupplied): Promise<void> {
    for (const listener of this.listeners) await listener.supplied(tx, supplied);
  }

  async answered(tx: Tx, answered: ConsentsAnswered): Promise<void> {
    for (const listener of this.listeners) await listener.answered(tx, answered);
  }
}
