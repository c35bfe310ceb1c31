import { Injectable } from '@nestjs/common';
import { instantOf, listOf, Reads } from '../platform/database/reads.js';
import type { Tx } from '../platform/database/transactions.js';
import { DROPPED_WORDS } from './domain/delivery.js';
import { MessageSeals } from './message.seals.js';

/** A text by what its reader may know of it: the number in full as long as it is kept, else its last four digits. */
export type KeptText = { readonly at: Date; readonly event: string; readonly number: string | null };

type Raw = {
  readonly id: string;
  readonly event: string;
  readonly body: string | null;
  readonly tail: string | null;
  readonly createdAt: Date | string;
};

/** All texts of one reader, a person or a donor: for the copy of their data, and for its erasing. */
@Injectable()
export class TextsOf {
  constructor(
    private readonly seals: MessageSeals,
    private readonly reads: Reads,
  ) {}

  async of(recipientIds: readonly string[], societyId: string): Promise<KeptText[]> {
    const texts = await this.reads.among<Raw>`
      SELECT id AS "id", event AS "event", body_sealed AS "body", tail AS "tail", created_at AS "createdAt" FROM messages
      WHERE society_id = ${societyId} AND recipient_id IN ${listOf(recipientIds)} ORDER BY created_at, id`;
    return texts.map(({ id, event, body, tail, createdAt }) => ({
      at: instantOf(createdAt),
      event,
      number: (body && this.seals.open(id, body).to) ?? (tail && `尾号 ${tail}`),
    }));
  }

  /** What still waits is not sent any more. That somebody wants no texts is kept: without it they would come again. */
  async forget(
    tx: Tx,
    { societyId, recipientId }: { readonly societyId: string; readonly recipientId: string },
    phone: string | null,
  ): Promise<number> {
    let fields = await tx.change`
      UPDATE messages SET state = 'DROPPED', why = ${DROPPED_WORDS.ERASED}, body_sealed = NULL, lease = NULL,
             leased_until = NULL
      WHERE society_id = ${societyId} AND recipient_id = ${recipientId} AND state = 'WAITING'`;
    fields += await tx.change`
      UPDATE messages SET body_sealed = NULL, tail = NULL
      WHERE society_id = ${societyId} AND recipient_id = ${recipientId}
        AND (body_sealed IS NOT NULL OR tail IS NOT NULL)`;
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
