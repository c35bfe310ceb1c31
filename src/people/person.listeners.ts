import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transactions.js';
import type { ConsentWay, Purpose } from './domain/consent.js';
import type { CorrectedField } from './domain/person-correction.js';

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

/** What would stop or change, in words without a name, if a person took a consent back. */
export type WithdrawalAsked = {
  readonly societyId: string;
  readonly personId: string;
  readonly purpose: Purpose;
};

/** What a person has agreed to, or does not agree to any more. */
export type ConsentsAnswered = Learned & {
  readonly how: ConsentWay;
  /** When it came here, where it was said to another register before: what is owed because of it begins then. */
  readonly heardAt?: Date;
  readonly answers: readonly { readonly purpose: Purpose; readonly given: boolean }[];
};

/** That somebody waits for a second person to put the register right, or has been answered. */
export type CorrectionStep = {
  readonly societyId: string;
  readonly correctionId: string;
  readonly at: Date;
};

/** That somebody asked for a copy or to be erased, and since when; or was answered. */
export type RequestStep = {
  readonly societyId: string;
  readonly requestId: string;
  readonly at: Date;
};

/** What the register says from now on of these persons. Names: for words that are sealed or masked, and no others. */
export type PersonCorrected = {
  readonly societyId: string;
  /** One for a name; everybody of the household for a group. */
  readonly personIds: readonly string[];
  /** Of whom the person is the guardian, where the name was corrected. */
  readonly wardIds: readonly string[];
  readonly field: CorrectedField;
  readonly before: string;
  readonly after: string;
};

/** Whoever listens says to what: each is a step of the unit in which it happens. */
export type PersonListener = {
  /** The number was entered. */
  supplied?(tx: Tx, supplied: IdNumberSupplied): Promise<void>;
  /** The answers were recorded. */
  answered?(tx: Tx, answered: ConsentsAnswered): Promise<void>;
  /** Asked before the answer is recorded, for the page that asks whether it is meant. */
  withdrawalShows?(asked: WithdrawalAsked): Promise<readonly string[]>;
  correctionAsked?(tx: Tx, asked: CorrectionStep): Promise<void>;
  correctionDecided?(tx: Tx, decided: CorrectionStep & { readonly byPersonId: string | null }): Promise<void>;
  corrected?(tx: Tx, corrected: PersonCorrected): Promise<void>;
  requestAsked?(tx: Tx, asked: RequestStep): Promise<void>;
  requestAnswered?(tx: Tx, answered: RequestStep & { readonly byPersonId: string | null }): Promise<void>;
};

/** Contexts below register here at start-up and hear of it inside the same unit, so that no arrow points up. */
@Injectable()
export class PersonListeners {
  private readonly listeners: PersonListener[] = [];

  register(listener: PersonListener): void {
    this.listeners.push(listener);
  }

  async supplied(tx: Tx, supplied: IdNumberSupplied): Promise<void> {
    for (const listener of this.listeners) await listener.supplied?.(tx, supplied);
  }

  async answered(tx: Tx, answered: ConsentsAnswered): Promise<void> {
    for (const listener of this.listeners) await listener.answered?.(tx, answered);
  }

  async withdrawalShows(asked: WithdrawalAsked): Promise<string[]> {
    const shown: string[] = [];
    for (const listener of this.listeners) shown.push(...((await listener.withdrawalShows?.(asked)) ?? []));
    return shown;
  }

  async correctionAsked(tx: Tx, asked: CorrectionStep): Promise<void> {
    for (const listener of this.listeners) await listener.correctionAsked?.(tx, asked);
  }

  async correctionDecided(
    tx: Tx,
    decided: CorrectionStep & { readonly byPersonId: string | null },
  ): Promise<void> {
    for (const listener of this.listeners) await listener.correctionDecided?.(tx, decided);
  }

  async corrected(tx: Tx, corrected: PersonCorrected): Promise<void> {
    for (const listener of this.listeners) await listener.corrected?.(tx, corrected);
  }

  async requestAsked(tx: Tx, asked: RequestStep): Promise<void> {
    for (const listener of this.listeners) await listener.requestAsked?.(tx, asked);
  }

  async requestAnswered(
    tx: Tx,
    answered: RequestStep & { readonly byPersonId: string | null },
  ): Promise<void> {
    for (const listener of this.listeners) await listener.requestAnswered?.(tx, answered);
  }
}
