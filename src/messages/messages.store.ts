import { Injectable } from '@nestjs/common';
import type { Day } from '../kernel/day.js';
import type { TemplateId } from '../kernel/message-templates.js';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { DROPPED_WORDS, MOST_A_DAY, noLeaseAfter, UNOPENED_WORDS } from './domain/delivery.js';
import type { Dropped } from './domain/delivery.js';
import type { MessageEvent } from './domain/event-messages.js';
import { MessageErased, MessageNotFailed, MessageNotFound } from './domain/messages.errors.js';
import { FAILED_KEPT_DAYS } from './domain/delivery.js';
import { MessageChoice, MessageDay, MessageRow } from './messages.entity.js';

export type LeasedMessage = {
  readonly id: string;
  readonly societyId: string | null;
  readonly template: TemplateId;
  readonly bodySealed: string;
  readonly tries: number;
  readonly expiresAt: Date | string | null;
};

const ONE_DAY = { name: 'PRIMARY', columns: 'message_days.number_index, message_days.day' };
const ONE_CHOICE = { name: 'PRIMARY', columns: 'message_choices.society_id, message_choices.number_index' };

/** Rows of texts, of choices, and of how much a number got. */
@Injectable()
export class MessagesStore {
  async insert(tx: Tx, row: MessageRow): Promise<void> {
    await tx.insert(MessageRow, row);
  }

  async isWritten(tx: Tx, { cause, recipientId, template }: MessageKey): Promise<boolean> {
    return (await tx.rows.countBy(MessageRow, { cause, recipientId, template })) > 0;
  }

  async sentAt(
    tx: Tx,
    about: { subjectId: string; recipientId: string; event: MessageEvent },
  ): Promise<Date | null> {
    return (await tx.rows.findOneBy(MessageRow, { ...about, state: 'SENT' }))?.sentAt ?? null;
  }

  async choiceOf(tx: Tx, societyId: string, numberIndex: string): Promise<'YES' | 'NO' | null> {
    return (await tx.rows.findOneBy(MessageChoice, { societyId, numberIndex }))?.choice ?? null;
  }

  /** The last word counts. */
  async keepChoice(tx: Tx, said: MessageChoice): Promise<void> {
    const { societyId, numberIndex, choice, saidAt, recordedBy } = said;
    const changed = await tx.change`
      UPDATE message_choices SET choice = ${choice}, said_at = ${saidAt}, recorded_by = ${recordedBy}
      WHERE society_id = ${societyId} AND number_index = ${numberIndex}`;
    if (changed === 1) return;
    if ((await this.choiceOf(tx, societyId, numberIndex)) === choice) return; // the same again, at the same moment
    try {
      await tx.insert(MessageChoice, said);
    } catch (error) {
      throw breaksUnique(error, ONE_CHOICE) ? new StaleSnapshot('The choice was just kept') : error;
    }
  }

  /** Takes a text that is due for this sender: compare and set, so that two never send it at once. */
  async lease(tx: Tx, id: string, lease: string, now: Date, until: Date): Promise<LeasedMessage | null> {
    const taken = await tx.change`
      UPDATE messages SET lease = ${lease}, leased_until = ${until}, tries = tries + 1
      WHERE id = ${id} AND state = 'WAITING' AND next_at <= ${now}
        AND (leased_until IS NULL OR leased_until <= ${now} OR leased_until > ${noLeaseAfter(now)})`;
    if (taken !== 1) return null;
    const [row] = await tx.read<LeasedMessage>`
      SELECT id AS "id", society_id AS "societyId", template AS "template", body_sealed AS "bodySealed",
             tries AS "tries", expires_at AS "expiresAt"
      FROM messages WHERE id = ${id} AND lease = ${lease}`;
    return row ?? null;
  }

  /** Gives it back untried: it may go later. */
  async postpone(tx: Tx, id: string, lease: string, nextAt: Date): Promise<void> {
    await tx.change`
      UPDATE messages SET lease = NULL, leased_until = NULL, tries = tries - 1, next_at = ${nextAt}
      WHERE id = ${id} AND lease = ${lease}`;
  }

  /** It is not sent after all: number and words are erased. */
  async drop(tx: Tx, id: string, lease: string, why: Dropped): Promise<void> {
    await tx.change`
      UPDATE messages SET state = 'DROPPED', why = ${DROPPED_WORDS[why]}, body_sealed = NULL, tries = tries - 1,
             lease = NULL, leased_until = NULL
      WHERE id = ${id} AND lease = ${lease}`;
  }

  /** The operator has it: number and words are erased. Nothing where the lease was lost meanwhile. */
  async sent(tx: Tx, id: string, lease: string, at: Date, reference: string | null): Promise<void> {
    await tx.change`
      UPDATE messages SET state = 'SENT', sent_at = ${at}, reference = ${reference}, why = NULL, body_sealed = NULL,
             lease = NULL, leased_until = NULL
      WHERE id = ${id} AND lease = ${lease}`;
  }

  /** The try failed: the next one at its hour, or none any more. False where the lease was lost meanwhile. */
  async failed(tx: Tx, id: string, lease: string, to: FailedTry): Promise<boolean> {
    const changed = await tx.change`
      UPDATE messages SET state = ${to.nextAt ? 'WAITING' : 'FAILED'}, next_at = ${to.nextAt ?? to.at},
             why = ${to.why}, lease = NULL, leased_until = NULL
      WHERE id = ${id} AND lease = ${lease}`;
    return changed === 1;
  }

  /** It was never tried, since it does not open. The row stays for a person: a key may come back. */
  async unopened(tx: Tx, id: string, lease: string, at: Date): Promise<void> {
    await tx.change`
      UPDATE messages SET state = 'FAILED', next_at = ${at}, why = ${UNOPENED_WORDS}, tries = tries - 1,
             lease = NULL, leased_until = NULL
      WHERE id = ${id} AND lease = ${lease}`;
  }

  /**
   * What waits or has failed loses number and words. What is being sent just now keeps its sender's lease and is too late
   * from now on: whatever comes of this try, there is no other, by the clock or by hand.
   */
  async callOff(tx: Tx, where: { readonly subjectId: string; readonly recipientId?: string }, now: Date) {
    const { subjectId, recipientId = null } = where;
    await tx.change`
      UPDATE messages SET state = 'DROPPED', why = ${DROPPED_WORDS.ENDED}, body_sealed = NULL,
             lease = NULL, leased_until = NULL
      WHERE subject_id = ${subjectId} AND recipient_id = COALESCE(${recipientId}, recipient_id)
        AND (state = 'FAILED' OR (state = 'WAITING'
          AND (leased_until IS NULL OR leased_until <= ${now} OR leased_until > ${noLeaseAfter(now)})))`;
    await tx.change`
      UPDATE messages SET expires_at = ${now}
      WHERE subject_id = ${subjectId} AND recipient_id = COALESCE(${recipientId}, recipient_id)
        AND state = 'WAITING' AND (expires_at IS NULL OR expires_at > ${now})`;
  }

  /** A failed one once more, from its first try. `societyId` null: of whichever society. */
  async retry(tx: Tx, societyId: string | null, id: string, nextAt: Date): Promise<void> {
    const row = await tx.rows.findOneBy(MessageRow, { id });
    if (!row || (societyId !== null && row.societyId !== societyId)) throw new MessageNotFound();
    if (row.state === 'FAILED' && row.bodySealed === null) throw new MessageErased(FAILED_KEPT_DAYS);
    await tx.changeOne(() => new MessageNotFailed())`
      UPDATE messages SET state = 'WAITING', tries = 0, next_at = ${nextAt}
      WHERE id = ${id} AND state = 'FAILED' AND body_sealed IS NOT NULL`;
  }

  async retryAll(tx: Tx, societyId: string | null, nextAt: Date): Promise<number> {
    return tx.change`
      UPDATE messages SET state = 'WAITING', tries = 0, next_at = ${nextAt}
      WHERE state = 'FAILED' AND body_sealed IS NOT NULL
        AND (${societyId} IS NULL OR society_id = ${societyId})`;
  }

  /** Counts one more text for a number; false where it has had its share of the day. */
  async count(tx: Tx, numberIndex: string, day: Day): Promise<boolean> {
    const counted = await tx.change`
      UPDATE message_days SET sent = sent + 1
      WHERE number_index = ${numberIndex} AND day = ${day} AND sent < ${MOST_A_DAY}`;
    if (counted === 1) return true;
    if ((await tx.rows.countBy(MessageDay, { numberIndex, day })) > 0) return false;
    try {
      await tx.insert(MessageDay, { numberIndex, day, sent: 1 });
      return true;
    } catch (error) {
      throw breaksUnique(error, ONE_DAY) ? new StaleSnapshot('The day was just opened') : error;
    }
  }

  /** A try that the operator refused reached nobody. */
  async uncount(tx: Tx, numberIndex: string, day: Day): Promise<void> {
    await tx.change`
      UPDATE message_days SET sent = sent - 1
      WHERE number_index = ${numberIndex} AND day = ${day} AND sent > 0`;
  }

  /** What failed long ago loses its number and words, and old days are forgotten. */
  async forget(tx: Tx, failedBefore: Date, daysBefore: Day): Promise<number> {
    const erased = await tx.change`
      UPDATE messages SET body_sealed = NULL
      WHERE state = 'FAILED' AND body_sealed IS NOT NULL AND next_at < ${failedBefore}`;
    await tx.change`DELETE FROM message_days WHERE day < ${daysBefore}`;
    return erased;
  }
}

export type MessageKey = Pick<MessageRow, 'cause' | 'recipientId' | 'template'>;

type FailedTry = { readonly at: Date; readonly nextAt: Date | null; readonly why: string };
