import { Injectable } from '@nestjs/common';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { Ids } from '../kernel/ids.js';
import { canonicalJson } from '../platform/crypto/hash.js';
import { Sealing } from '../platform/crypto/sealing.js';
import { Transactions } from '../platform/database/transactions.js';
import type { Tx } from '../platform/database/transactions.js';
import { AuditStore } from './audit.store.js';
import { KeyUsedOtherwise } from './domain/audit.errors.js';

export type Command = {
  /** A stable verb: `recordPayment`. */
  readonly act: string;
  /** All that the caller asked for. The same key with another body is refused. */
  readonly body: unknown;
};

export type Mark = {
  /** The case whose road the act belongs to. */
  readonly threadId?: string | null;
  /** What the subject was and became: only their hashes are kept. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** Short Chinese words for the timeline: no name, no number of a person. */
  readonly words?: string;
  /** The society that keeps what a person changes as its own: there whoever acts is no officer, whatever he is elsewhere. */
  readonly keptBy?: string;
};

type Marked = { readonly subjectKind: string; readonly subjectId: string; readonly mark: Mark };

/** Where a command says what it acted on. */
export type Trail = { on(subjectKind: string, subjectId: string, mark?: Mark): void };

/** Timers act for nobody. */
const TIMER: Actor = { accountId: null, personId: null, societyId: null, roles: [], origin: 'timer' };

/**
 * How every use case writes: one unit of work that claims the caller's key, does the work, leaves its rows in the
 * trail and keeps its answer. Because the key is claimed in the same unit, a commit whose answer was lost is safe to
 * repeat: done twice, it finds itself (architecture.md 3).
 */
@Injectable()
export class Commands {
  constructor(
    private readonly transactions: Transactions,
    private readonly store: AuditStore,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Does the command once and answers with what `work` returned (plain JSON). The same key and body again: the same
   * answer, nothing done. Two at the same moment: the second waits for the first. A refusal keeps no key.
   */
  async run<Answer>(
    caller: Caller,
    command: Command,
    work: (tx: Tx, trail: Trail) => Promise<Answer>,
  ): Promise<Answer> {
    const { actor } = caller;
    const claim = {
      scope: `${actor.societyId ?? '-'}/${actor.accountId ?? actor.origin}`,
      act: command.act,
      key: caller.key,
      bodyHash: this.hashOf(command.body),
    };
    return this.transactions.run(
      async (tx) => {
        const done = await this.store.findCommand(tx, claim);
        if (done) {
          if (done.bodyHash !== claim.bodyHash) throw new KeyUsedOtherwise();
          return JSON.parse(done.answer ?? 'null') as Answer;
        }
        const commandId = this.ids.next();
        await this.store.claim(tx, { ...claim, id: commandId, at: this.clock.now() });
        const marks: Marked[] = [];
        const answer = await work(tx, {
          on: (subjectKind, subjectId, mark = {}) => void marks.push({ subjectKind, subjectId, mark }),
        });
        if (marks.length === 0) throw new Error(`${command.act} left no trail`);
        await this.record(tx, actor, { act: command.act, commandId }, marks);
        await this.store.answer(tx, commandId, JSON.stringify(answer ?? null));
        return answer;
      },
      { onLostCommit: 'repeat', ...(actor.societyId === null ? {} : { lane: actor.societyId }) },
    );
  }

  /** A command of the clock: nobody asked, and asking twice finds nothing left to do. */
  async timer<Answer>(act: string, work: (tx: Tx, trail: Trail) => Promise<Answer>): Promise<Answer> {
    return this.run({ actor: TIMER, key: this.ids.next() }, { act, body: null }, work);
  }

  /** A signed-in person asked for what is not theirs: kept in the trail, outside any other unit (D4-69). */
  async recordRefusal(actor: Actor, act: string, subject: string, code: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const marked = { subjectKind: 'refused', subjectId: subject, mark: { words: code } };
      await this.record(tx, actor, { act, commandId: this.ids.next() }, [marked]);
    });
  }

  /** A private file or a sealed field was looked at. */
  async recordRead(actor: Actor, subjectKind: string, subjectId: string, mark: Mark): Promise<void> {
    await this.transactions.run(async (tx) => {
      const of = { act: 'read', commandId: this.ids.next() };
      await this.record(tx, actor, of, [{ subjectKind, subjectId, mark }]);
    });
  }

  /**
   * Keyed: bodies hold numbers of people, and a plain hash of so few possible numbers would give them away to whoever
   * held a copy of the database.
   */
  private hashOf(content: unknown): string {
    return this.sealing.blindIndex('commands', canonicalJson(content));
  }

  private async record(
    tx: Tx,
    actor: Actor,
    { act, commandId }: { readonly act: string; readonly commandId: string },
    marks: readonly Marked[],
  ): Promise<void> {
    const at = this.clock.now();
    const acts = marks.map(({ subjectKind, subjectId, mark }) => ({
      ...{ id: this.ids.next(), at, act, words: mark.words ?? null },
      societyId: mark.keptBy ?? actor.societyId,
      accountId: actor.accountId,
      personId: mark.keptBy === undefined ? actor.personId : null,
      roles: actor.roles.join(','),
      origin: actor.origin,
      ...{ subjectKind, subjectId, threadId: mark.threadId ?? null },
      beforeHash: mark.before === undefined ? null : this.hashOf(mark.before),
      afterHash: mark.after === undefined ? null : this.hashOf(mark.after),
      commandId,
    }));
    await this.store.insertActs(tx, acts);
  }
}
