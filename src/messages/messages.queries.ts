import { Injectable } from '@nestjs/common';
import type { Role } from '../kernel/actor.js';
import { addHours } from '../kernel/day.js';
import { uuidv7 } from '../kernel/ids.js';
import type { TemplateId } from '../kernel/message-templates.js';
import { instantOf, listOf, optionalInstantOf, Reads } from '../platform/database/reads.js';
import { COUNTED_DAYS, noLeaseAfter } from './domain/delivery.js';
import type { MessageState } from './domain/delivery.js';
import type { MessageEvent } from './domain/event-messages.js';

/** A text as lists show it: of the number the last four digits, of the words none. */
export type MessageLine = {
  readonly id: string;
  readonly event: MessageEvent;
  readonly template: TemplateId;
  readonly tail: string | null;
  readonly state: MessageState;
  readonly why: string | null;
  readonly tries: number;
  readonly nextAt: Date;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  /** Whether it can still be sent: its words are kept. */
  readonly isKept: boolean;
  readonly societyName: string | null;
};

export type MessageCounts = Readonly<Record<MessageState, number>>;

export type ChoiceLine = { readonly tail: string; readonly choice: 'YES' | 'NO'; readonly saidAt: Date };

/** What falls to one part of one society. */
export type OwedByRole = {
  readonly societyId: string;
  readonly role: Role;
  readonly overdue: number;
  readonly due: number;
};

type Num = number | string;
type RawCount = { state: MessageState; count: Num };
type RawLine = Omit<MessageLine, 'nextAt' | 'createdAt' | 'sentAt' | 'isKept'> & {
  nextAt: Date | string;
  createdAt: Date | string;
  sentAt: Date | string | null;
  isKept: Num;
};

/** A page is small: phones are slow. */
export const MESSAGES_ON_A_PAGE = 20;
const MOST_AT_ONCE = 50;
const MOST_CHOICES = 100;

@Injectable()
export class MessagesQueries {
  constructor(private readonly reads: Reads) {}

  /** For the clock: what is to be sent by now, and nobody is sending, of every society. */
  async due(now: Date): Promise<string[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT id AS "id" FROM messages
      WHERE state = 'WAITING' AND next_at <= ${now} AND (leased_until IS NULL OR leased_until <= ${now} OR leased_until > ${noLeaseAfter(now)})
      ORDER BY next_at, id LIMIT ${MOST_AT_ONCE}`;
    return rows.map(({ id }) => id);
  }

  /**
   * How many wait and have failed, and how many went out or were dropped in the last thirty days: the rest is history, and
   * grows without end. `societyId` null: of the whole house.
   */
  async counts(societyId: string | null, now: Date): Promise<MessageCounts> {
    const since = uuidv7(addHours(now, -24 * COUNTED_DAYS), new Uint8Array(10));
    const [open, over] = await Promise.all([
      this.reads.all<RawCount>`
        SELECT state AS "state", COUNT(*) AS "count" FROM messages
        WHERE state IN ('WAITING', 'FAILED') AND (${societyId} IS NULL OR society_id = ${societyId})
        GROUP BY state`,
      this.reads.all<RawCount>`
        SELECT state AS "state", COUNT(*) AS "count" FROM messages
        WHERE id >= ${since} AND state IN ('SENT', 'DROPPED')
          AND (${societyId} IS NULL OR society_id = ${societyId})
        GROUP BY state`,
    ]);
    const of = (state: MessageState) =>
      Number([...open, ...over].find((row) => row.state === state)?.count ?? 0);
    return { WAITING: of('WAITING'), SENT: of('SENT'), FAILED: of('FAILED'), DROPPED: of('DROPPED') };
  }

  /** The newest first, from below `after`; with `state`, only those. */
  async list(
    societyId: string | null,
    { state = null, after = null }: { state?: MessageState | null; after?: string | null },
  ): Promise<MessageLine[]> {
    const rows = await this.reads.all<RawLine>`
      SELECT m.id AS "id", m.event AS "event", m.template AS "template", m.tail AS "tail", m.state AS "state",
             m.why AS "why", m.tries AS "tries", m.next_at AS "nextAt", m.created_at AS "createdAt",
             m.sent_at AS "sentAt", CASE WHEN m.body_sealed IS NULL THEN 0 ELSE 1 END AS "isKept",
             o.name AS "societyName"
      FROM messages m LEFT JOIN organisations o ON o.id = m.society_id
      WHERE (${societyId} IS NULL OR m.society_id = ${societyId}) AND (${state} IS NULL OR m.state = ${state})
        AND m.id < ${after ?? 'z'}
      ORDER BY m.id DESC LIMIT ${MESSAGES_ON_A_PAGE}`;
    return rows.map((row) => ({
      ...row,
      nextAt: instantOf(row.nextAt),
      createdAt: instantOf(row.createdAt),
      sentAt: optionalInstantOf(row.sentAt),
      isKept: Number(row.isKept) === 1,
    }));
  }

  /** What owners of numbers said to a society, the last first. */
  async choices(societyId: string): Promise<ChoiceLine[]> {
    const rows = await this.reads.all<Omit<ChoiceLine, 'saidAt'> & { saidAt: Date | string }>`
      SELECT tail AS "tail", choice AS "choice", said_at AS "saidAt" FROM message_choices
      WHERE society_id = ${societyId} ORDER BY said_at DESC, number_index LIMIT ${MOST_CHOICES}`;
    return rows.map((row) => ({ ...row, saidAt: instantOf(row.saidAt) }));
  }

  async choiceOf(societyId: string, numberIndex: string): Promise<'YES' | 'NO' | null> {
    const row = await this.reads.one<{ choice: 'YES' | 'NO' }>`
      SELECT choice AS "choice" FROM message_choices
      WHERE society_id = ${societyId} AND number_index = ${numberIndex}`;
    return row?.choice ?? null;
  }

  /** For the clock: the next societies in which something presses, in the order of their ids. */
  async societiesOwing(afterId: string, dueBefore: Date, most: number): Promise<string[]> {
    const rows = await this.reads.all<{ id: string }>`
      SELECT DISTINCT society_id AS "id" FROM duties
      WHERE open_key IS NOT NULL AND due_at < ${dueBefore} AND society_id > ${afterId}
      ORDER BY society_id LIMIT ${most}`;
    return rows.map(({ id }) => id);
  }

  /** What presses there, by the part it falls to. */
  async owed(societyIds: readonly string[], now: Date, dueBefore: Date): Promise<OwedByRole[]> {
    const rows = await this.reads.among<Record<'societyId' | 'role', string> & { overdue: Num; all: Num }>`
      SELECT society_id AS "societyId", owner_role AS "role",
             SUM(CASE WHEN due_at < ${now} THEN 1 ELSE 0 END) AS "overdue", COUNT(*) AS "all"
      FROM duties WHERE open_key IS NOT NULL AND due_at < ${dueBefore} AND society_id IN ${listOf(societyIds)}
      GROUP BY society_id, owner_role`;
    return rows.map(({ societyId, role, overdue, all }) => ({
      ...{ societyId, role: role as Role },
      ...{ overdue: Number(overdue), due: Number(all) - Number(overdue) },
    }));
  }

  /** The same for the whole house. */
  async owedByAll(now: Date, dueBefore: Date): Promise<{ overdue: number; due: number }> {
    const row = await this.reads.one<{ overdue: Num | null; all: Num }>`
      SELECT SUM(CASE WHEN due_at < ${now} THEN 1 ELSE 0 END) AS "overdue", COUNT(*) AS "all"
      FROM duties WHERE open_key IS NOT NULL AND due_at < ${dueBefore}`;
    const overdue = Number(row?.overdue ?? 0);
    return { overdue, due: Number(row?.all ?? 0) - overdue };
  }
}
