import { Injectable } from '@nestjs/common';
import { readMobile } from '../kernel/chinese/phone.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { Ids } from '../kernel/ids.js';
import { faultOfParameters } from '../kernel/message-templates.js';
import { PhonesStore } from '../people/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { sendableFrom, tailOf } from './domain/delivery.js';
import { GROUP } from './domain/event-messages.js';
import type { MessageDraft, MessageEvent } from './domain/event-messages.js';
import { MessageSeals } from './message.seals.js';
import { MessagesStore } from './messages.store.js';

/** Who is told, and under which number. */
export type Reader = {
  readonly societyId: string;
  /** A person or a donor: who is told of one event once. */
  readonly id: string;
  readonly number: string;
};

/**
 * Writes down what somebody is to be told, in the unit of what it tells of: committed together, or not at all. Who has no
 * number or does not want texts is not told by one; nobody is kept from anything by that.
 */
@Injectable()
export class MessagesOutbox {
  constructor(
    private readonly store: MessagesStore,
    private readonly seals: MessageSeals,
    private readonly phones: PhonesStore,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** To a person of the society's register, under the number kept there. True where it was written down. */
  async tellPerson(tx: Tx, societyId: string, personId: string, draft: MessageDraft): Promise<boolean> {
    const number = await this.phones.reach(tx, societyId, personId);
    return number === null ? false : this.tell(tx, { societyId, id: personId, number }, draft);
  }

  /** The same event again for the same reader writes nothing. */
  async tell(tx: Tx, reader: Reader, draft: MessageDraft): Promise<boolean> {
    const { societyId, id: recipientId } = reader;
    const read = readMobile(reader.number);
    if (!read.ok) return false; // a landline
    const { number } = read;
    const choice = await this.store.choiceOf(tx, societyId, this.seals.choiceIndex(societyId, number));
    if (choice === 'NO' || (draft.needsConsent && choice !== 'YES')) return false;
    return this.write(tx, draft, { societyId, recipientId, number });
  }

  /** To the group of those who watch over all. */
  async tellGroup(tx: Tx, draft: MessageDraft): Promise<boolean> {
    return this.write(tx, draft, { societyId: null, recipientId: GROUP, number: null });
  }

  /** The day on which a text of that event went out to the reader; null where none did. */
  async sentOn(
    tx: Tx,
    about: { readonly subjectId: string; readonly recipientId: string; readonly event: MessageEvent },
  ): Promise<Day | null> {
    const sentAt = await this.store.sentAt(tx, about);
    return sentAt === null ? null : dayOf(sentAt);
  }

  /** What the texts were about is over: those that wait are not sent. With `recipientId`, only those to one reader. */
  async callOff(tx: Tx, about: { readonly subjectId: string; readonly recipientId?: string }): Promise<void> {
    await this.store.callOff(tx, about, this.clock.now());
  }

  private async write(
    tx: Tx,
    draft: MessageDraft,
    to: { societyId: string | null; recipientId: string; number: string | null },
  ): Promise<boolean> {
    const { event, subjectId, cause, template, parameters, expiresAt } = draft;
    const fault = faultOfParameters(template, parameters);
    if (fault !== null) throw new Error(`A message cannot be written: ${fault}`);
    const { societyId, recipientId, number } = to;
    if (await this.store.isWritten(tx, { cause, recipientId, template })) return false;
    const now = this.clock.now();
    const id = this.ids.next();
    await this.store.insert(tx, {
      ...{ id, societyId, event, subjectId, cause, recipientId, template, expiresAt },
      bodySealed: this.seals.seal(id, { to: number, parameters }),
      ...{ tail: number === null ? null : tailOf(number), state: 'WAITING', why: null, tries: 0 },
      nextAt: sendableFrom(draft.notBefore ?? now),
      ...{ lease: null, leasedUntil: null, reference: null, createdAt: now, sentAt: null },
    });
    return true;
  }
}
