import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import type { Tx } from '../../platform/database/transactions.js';
import type { RetentionKind } from '../domain/retention.js';

export type Whom = { readonly societyId: string; readonly personId: string };

/** One thing held about a person, in words for that person: own data in full, names of others masked. */
export type HeldRecord = {
  readonly what: string;
  readonly facts: readonly (readonly [label: string, words: string | null])[];
  /** What of it stays when the rest is erased, counted from which day; null where nothing stays. */
  readonly stays: { readonly kind: RetentionKind; readonly from: Day } | null;
};

/** The last thing that happened about a person, from which the period runs. */
export type LastEvent = { readonly personId: string; readonly on: Day };

/** Each context says what it holds of a person: for the copy, and for the erasing. */
export type PersonHolder = {
  /** A heading of the copy. */
  readonly section: string;
  /** The register itself goes last: others find what is theirs by its phone. */
  readonly erasesLast?: boolean;
  copyOf(whom: Whom): Promise<readonly HeldRecord[]>;
  /** Why nothing may be erased now, in words without a name; empty where nothing stands against it. */
  hinders(tx: Tx, whom: Whom): Promise<readonly string[]>;
  /** Empties contact, health and free words, as steps of the unit. How many values went. */
  erase(tx: Tx, whom: Whom): Promise<number>;
  /** Cards that money was ordered to: these stay with the voucher. */
  cardsInUse?(tx: Tx, whom: Whom): Promise<readonly string[]>;
  /** Whether decisions, vouchers or offices name the person: then the name and the ID number stay. */
  needs?(tx: Tx, whom: Whom): Promise<boolean>;
  /** Of each of these persons that it knows, the day from which the period runs. */
  lastEvents?(personIds: readonly string[]): Promise<readonly LastEvent[]>;
};

/** Contexts below register here at start-up, so that no arrow points up. */
@Injectable()
export class PersonHoldings {
  private readonly holders: PersonHolder[] = [];

  register(holder: PersonHolder): void {
    this.holders.push(holder);
  }

  async copyOf(whom: Whom): Promise<{ readonly section: string; readonly records: readonly HeldRecord[] }[]> {
    const sections: { section: string; records: readonly HeldRecord[] }[] = [];
    for (const holder of this.holders)
      sections.push({ section: holder.section, records: await holder.copyOf(whom) });
    return sections.filter(({ records }) => records.length > 0);
  }

  async hinders(tx: Tx, whom: Whom): Promise<string[]> {
    const reasons: string[] = [];
    for (const holder of this.holders) reasons.push(...(await holder.hinders(tx, whom)));
    return reasons;
  }

  async erase(tx: Tx, whom: Whom): Promise<number> {
    let fields = 0;
    const inOrder = [...this.holders].sort((a, b) => Number(a.erasesLast ?? 0) - Number(b.erasesLast ?? 0));
    for (const holder of inOrder) fields += await holder.erase(tx, whom);
    return fields;
  }

  async cardsInUse(tx: Tx, whom: Whom): Promise<Set<string>> {
    const used = new Set<string>();
    for (const holder of this.holders)
      for (const id of (await holder.cardsInUse?.(tx, whom)) ?? []) used.add(id);
    return used;
  }

  async isNeeded(tx: Tx, whom: Whom): Promise<boolean> {
    for (const holder of this.holders) if (await holder.needs?.(tx, whom)) return true;
    return false;
  }

  /** Of each person the latest of all contexts. */
  async lastEvents(personIds: readonly string[]): Promise<Map<string, Day>> {
    const last = new Map<string, Day>();
    for (const holder of this.holders)
      for (const { personId, on } of (await holder.lastEvents?.(personIds)) ?? []) {
        const known = last.get(personId);
        if (known === undefined || known < on) last.set(personId, on);
      }
    return last;
  }
}
