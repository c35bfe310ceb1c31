import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Caller, Role } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { Ids } from '../kernel/ids.js';
import { Calendar } from '../platform/calendar/calendar.js';
import type { ListedDay } from '../platform/calendar/calendar.js';
import type { Tx } from '../platform/database/transactions.js';
import { dueOf, ruleOf, storedRuleOf } from './domain/due.js';
import type { Due, DueRule } from './domain/due.js';
import type { DutyKind } from './domain/duty-kinds.js';
import { DutiesStore, openKeyOf } from './duties.store.js';
import type { NewDuty } from './duties.store.js';

export type DutyDraft = {
  readonly societyId: string;
  readonly kind: DutyKind;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly threadId: string | null;
  /** Whose home page shows it. */
  readonly ownerRole: Role;
  readonly rule: DueRule;
};

type OpenDuty = { readonly kind: DutyKind; readonly subjectId: string };

/** Dated obligations. Other contexts open and settle theirs as a step of their own units of work. */
@Injectable()
export class DutiesService {
  constructor(
    private readonly store: DutiesStore,
    private readonly calendar: Calendar,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** One thing has one clock: a second one for the same kind and subject is refused. */
  async open(tx: Tx, draft: DutyDraft): Promise<Due> {
    const due = dueOf(draft.rule, await this.calendar.load(tx));
    await this.store.insert(tx, [this.rowOf(draft, due)]);
    return due;
  }

  /** Several in one statement, all of them or none. */
  async openAll(tx: Tx, drafts: readonly DutyDraft[]): Promise<void> {
    if (drafts.length === 0) return;
    const calendar = await this.calendar.load(tx);
    await this.store.insert(
      tx,
      drafts.map((draft) => this.rowOf(draft, dueOf(draft.rule, calendar))),
    );
  }

  private rowOf({ rule, ...draft }: DutyDraft, { dueAt, provisional }: Due): NewDuty {
    return {
      ...draft,
      ...{ id: this.ids.next(), rule: storedRuleOf(rule), openedAt: this.clock.now(), dueAt, provisional },
      ...{ settledAt: null, settledBy: null, cancelledAt: null },
    };
  }

  /** Sets an open clock anew, as the payment does for papers and notice. Null when it has been settled already. */
  async restart(tx: Tx, { kind, subjectId, rule }: OpenDuty & { rule: DueRule }): Promise<Due | null> {
    const due = dueOf(rule, await this.calendar.load(tx));
    const restarted = await this.store.restart(tx, openKeyOf(kind, subjectId), storedRuleOf(rule), due);
    return restarted ? due : null;
  }

  /** Says whether a duty was open; settling what nobody owes is no error. */
  settle(tx: Tx, done: OpenDuty & { at: Date; byPersonId: string | null }): Promise<boolean> {
    return this.store.settle(tx, openKeyOf(done.kind, done.subjectId), done.at, done.byPersonId);
  }

  /**
   * Ends every open duty of a case but those about what is spared, of one subject, or one alone: nobody owes it any more.
   * Says how many there were.
   */
  cancel(
    tx: Tx,
    what: { threadId: string; spare?: readonly string[] } | { subjectId: string } | OpenDuty,
  ): Promise<number> {
    const now = this.clock.now();
    if ('kind' in what) return this.store.cancelOne(tx, openKeyOf(what.kind, what.subjectId), now);
    return 'threadId' in what
      ? this.store.cancelThread(tx, what.threadId, what.spare ?? [], now)
      : this.store.cancelSubject(tx, what.subjectId, now);
  }

  /**
   * Takes in the holidays of a year, and counts every open duty anew that this moves: those that ran into a year not
   * yet published (D4-25), and those of a year whose list was changed while it ran, as in 2020.
   */
  async importHolidays(
    caller: Caller,
    year: number,
    days: readonly ListedDay[],
    source: string,
  ): Promise<{ recalculated: number }> {
    const body = { year, days, source };
    return this.commands.run(caller, { act: 'importHolidays', body }, async (tx, trail) => {
      await this.calendar.importYear(tx, year, days, source);
      const calendar = await this.calendar.load(tx);
      const open = await this.store.findOpen(tx);
      const moved = open.flatMap((duty) => {
        const due = dueOf(ruleOf(duty.rule), calendar);
        const same = due.dueAt.getTime() === duty.dueAt.getTime() && due.provisional === duty.provisional;
        return same ? [] : [{ duty, due }];
      });
      for (const { duty, due } of moved)
        await this.store.restart(tx, openKeyOf(duty.kind, duty.subjectId), duty.rule, due);
      trail.on('calendar', String(year), { after: body, words: `导入 ${year} 年放假安排` });
      return { recalculated: moved.length };
    });
  }
}
