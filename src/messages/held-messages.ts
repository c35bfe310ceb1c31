import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { instantShort } from '../kernel/chinese/words.js';
import { PersonHoldings, PhonesStore } from '../people/index.js';
import type { HeldRecord, PersonHolder, Whom } from '../people/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { TextsOf } from './texts-of.store.js';

/** Texts to a person: what was not sent keeps its number for some days, what was sent the last four digits. */
@Injectable()
export class HeldMessages implements PersonHolder, OnModuleInit {
  readonly section = '短信';

  constructor(
    private readonly holdings: PersonHoldings,
    private readonly phones: PhonesStore,
    private readonly texts: TextsOf,
  ) {}

  onModuleInit(): void {
    this.holdings.register(this);
  }

  async copyOf({ societyId, personId }: Whom): Promise<HeldRecord[]> {
    return (await this.texts.of([personId], societyId)).map(({ at, number }) => ({
      what: '短信',
      facts: [['写下', instantShort(at)] as const, ['号码', number] as const],
      stays: null,
    }));
  }

  hinders(): Promise<string[]> {
    return Promise.resolve([]);
  }

  /** What still waits is not sent any more. */
  async erase(tx: Tx, { societyId, personId }: Whom): Promise<number> {
    const phone = await this.phones.own(tx, societyId, personId);
    return this.texts.forget(tx, { societyId, recipientId: personId }, phone);
  }
}
