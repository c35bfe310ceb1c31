import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { instantShort } from '../kernel/chinese/words.js';
import { PersonHoldings, PhonesStore } from '../people/index.js';
import type { HeldRecord, PersonHolder, Whom } from '../people/index.js';
import { instantOf, Reads } from '../platform/database/reads.js';
import type { Tx } from '../platform/database/transactions.js';
import { MessageSeals } from './message.seals.js';

type RawText = {
  readonly id: string;
  readonly body: string | null;
  readonly tail: string | null;
  readonly createdAt: Date | string;
};

/** Texts to a person: what was not sent keeps its number for some days, what was sent the last four digits. */
@Injectable()
export class HeldMessages implements PersonHolder, OnModuleInit {
  readonly section = '短信';

  constructor(
    private readonly holdings: PersonHoldings,
    private readonly phones: PhonesStore,
    private readonly seals: MessageSeals,
    private readonly reads: Reads,
  ) {}

  onModuleInit(): void {
    this.holdings.register(this);
  }

  async copyOf({ societyId, personId }: Whom): Promise<HeldRecord[]> {
    const texts = await this.reads.all<RawText>`
      SELECT id AS "id", body_sealed AS "body", tail AS "tail", created_at AS "createdAt" FROM messages
      WHERE society_id = ${societyId} AND recipient_id = ${personId} ORDER BY created_at, id`;
    return texts.map(({ id, body, tail, createdAt }) => ({
      what: '短信',
      facts: [
        ['写下', instantShort(instantOf(createdAt))],
        ['号码', (body && this.seals.open(id, body).to) ?? (tail && `尾号 ${tail}`)],
      ] as const,
      stays: null,
    }));
  }

  hinders(): Promise<string[]> {
    return Promise.resolve([]);
  }

  /** What still waits is not sent any more. That somebody wants no texts is kept: without it they would come again. */
  async erase(tx: Tx, { societyId, personId }: Whom): Promise<number> {
    let fields = await tx.change`
      UPDATE messages SET state = 'DROPPED', why = '本人信息已删除', body_sealed = NULL, lease = NULL, leased_until = NULL
      WHERE society_id = ${societyId} AND recipient_id = ${personId} AND state = 'WAITING'`;
    fields += await tx.change`
      UPDATE messages SET body_sealed = NULL, tail = NULL
      WHERE society_id = ${societyId} AND recipient_id = ${personId}
        AND (body_sealed IS NOT NULL OR tail IS NOT NULL)`;
    const phone = await this.phones.own(tx, societyId, personId);
    if (phone === null) return fields;
    const index = this.seals.choiceIndex(societyId, phone);
    return (
      fields +
      (await tx.change`
        UPDATE message_choices SET tail = '****'
        WHERE society_id = ${societyId} AND number_index = ${index} AND tail <> '****'`)
    );
  }
}
