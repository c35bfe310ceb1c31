import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Caller } from '../kernel/actor.js';
import { readMobile } from '../kernel/chinese/phone.js';
import { Clock } from '../kernel/clock.js';
import type { Tx } from '../platform/database/transactions.js';
import { DigestsService } from './digests.service.js';
import { sendableFrom, tailOf } from './domain/delivery.js';
import { NoPhoneNumber } from './domain/messages.errors.js';
import { DutyDigest } from './duty-digest.js';
import { MessageSeals } from './message.seals.js';
import { MessagesQueries } from './messages.queries.js';
import { MessagesStore } from './messages.store.js';

export type ChoiceSaid = { readonly number: string; readonly choice: 'YES' | 'NO' };

/** What the office does about texts: takes down who wants them, sends again what failed. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly commands: Commands,
    private readonly store: MessagesStore,
    private readonly queries: MessagesQueries,
    private readonly seals: MessageSeals,
    private readonly digests: DigestsService,
    private readonly duties: DutyDigest,
    private readonly clock: Clock,
  ) {}

  /** 退订, or 愿意收: by number, since people say it by phone. The number itself is not kept. */
  async recordChoice(caller: Caller, societyId: string, said: ChoiceSaid): Promise<{ tail: string }> {
    const read = readMobile(said.number);
    if (!read.ok) throw new NoPhoneNumber();
    const { number } = read;
    const body = { number, choice: said.choice };
    return this.commands.run(caller, { act: 'recordMessageChoice', body }, async (tx, trail) => {
      await this.choose(tx, societyId, number, said.choice, caller.actor.personId);
      const words = said.choice === 'NO' ? '登记不再收短信' : '登记愿意收短信';
      trail.on('message-choice', this.seals.choiceIndex(societyId, number).slice(0, 36), { words });
      return { tail: tailOf(number) };
    });
  }

  /** What the owner of a number said last; null where nothing. */
  async choiceOf(societyId: string, number: string): Promise<'YES' | 'NO' | null> {
    return this.queries.choiceOf(societyId, this.seals.choiceIndex(societyId, number));
  }

  /** A step of the unit of work of whoever heard it. */
  async choose(
    tx: Tx,
    societyId: string,
    number: string,
    choice: 'YES' | 'NO',
    recordedBy: string | null,
  ): Promise<void> {
    const numberIndex = this.seals.choiceIndex(societyId, number);
    const saidAt = this.clock.now();
    await this.store.keepChoice(tx, {
      societyId,
      numberIndex,
      tail: tailOf(number),
      choice,
      saidAt,
      recordedBy,
    });
  }

  /** One that failed, from its first try. `societyId` null: the system administrator, of whichever society. */
  async retryMessage(
    caller: Caller,
    societyId: string | null,
    asked: { readonly messageId: string },
  ): Promise<{ messageId: string }> {
    return this.commands.run(caller, { act: 'retryMessage', body: asked }, async (tx, trail) => {
      await this.store.retry(tx, societyId, asked.messageId, sendableFrom(this.clock.now()));
      trail.on('message', asked.messageId, { words: '短信再发一次' });
      return asked;
    });
  }

  /** All that failed and are still kept. */
  async retryFailed(caller: Caller, societyId: string | null): Promise<{ retried: number }> {
    return this.commands.run(caller, { act: 'retryFailedMessages', body: {} }, async (tx, trail) => {
      const retried = await this.store.retryAll(tx, societyId, sendableFrom(this.clock.now()));
      trail.on('message', societyId ?? 'all', { words: `没发出去的短信再发一次：${retried} 条` });
      return { retried };
    });
  }

  /** The morning's reminders, once a day. */
  async remindOfDuties(now: Date): Promise<boolean> {
    return this.digests.run(this.duties, now);
  }
}
