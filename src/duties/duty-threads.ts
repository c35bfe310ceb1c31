import { Injectable } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import type { Duty } from './duties.queries.js';

/** What a home page says of something that is owed about a thing of another room. Ready words; names masked. */
export type DutyCard = {
  /** 张*三 · 突发疾病 · 231,480 元 */
  readonly title: string;
  /** Its own page. */
  readonly href: string;
  readonly lines: readonly string[];
  /** Where the next act is done; null for whoever only waits. */
  readonly actHref: string | null;
  /** Whom it waits for, as a person would say it. */
  readonly waiting: string;
};

/** The port of the contexts below: what a duty of theirs is about, they know. Null where the duty is none of theirs. */
export type DutyThread = {
  cardOf(actor: Actor, duty: Duty): Promise<DutyCard | null>;
  /** What this very person owes for another society, and so stands in no list of their own. */
  beyond?(actor: Actor): Promise<Duty[]>;
};

/** Whoever keeps threads of duties registers here at the start, so that no arrow points down. */
@Injectable()
export class DutyThreads {
  private readonly threads: DutyThread[] = [];

  register(thread: DutyThread): void {
    this.threads.push(thread);
  }

  async cardOf(actor: Actor, duty: Duty): Promise<DutyCard | null> {
    for (const thread of this.threads) {
      const card = await thread.cardOf(actor, duty);
      if (card) return card;
    }
    return null;
  }

  /** For the home page, beside what the own society owes. */
  async beyond(actor: Actor): Promise<Duty[]> {
    const found = this.threads.map((thread) => thread.beyond?.(actor) ?? Promise.resolve([]));
    return (await Promise.all(found)).flat();
  }
}
