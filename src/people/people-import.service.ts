import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import type { Tx } from '../platform/database/transactions.js';
import { societyOf } from '../platform/web/caller.js';
import { planImport } from './domain/import-plan.js';
import type { ImportPlan } from './domain/import-plan.js';
import type { PeopleSheet, SheetFault, SheetPerson } from './domain/people-sheet.js';
import { PersonListeners } from './person.listeners.js';
import { ImportPlanStore } from './import-plan.store.js';
import { ImportNotFound } from './domain/people.errors.js';
import { PeopleImportQueries } from './people-import.queries.js';
import { PeopleImportStore } from './people-import.store.js';
import { PeopleSeals } from './people.seals.js';

export type Imported = {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Rows left out. */
  readonly faulty: number;
  /** The first of them, and why. No value is quoted. */
  readonly faults: readonly SheetFault[];
};

/** What confirming would do. */
export type Preview = Imported & { readonly importId: string };

/** An answer is kept with its command, in a TEXT of 64 KB. */
const MOST_FAULTS = 100;

/** Sheets of people: read, shown, confirmed. */
@Injectable()
export class PeopleImports {
  constructor(
    private readonly commands: Commands,
    private readonly imports: PeopleImportStore,
    private readonly queries: PeopleImportQueries,
    private readonly plans: ImportPlanStore,
    private readonly listeners: PersonListeners,
    private readonly seals: PeopleSeals,
    private readonly clock: Clock,
  ) {}

  async preview(caller: Caller, sheet: PeopleSheet): Promise<Preview> {
    const { actor } = caller;
    const societyId = societyOf(actor);
    return this.commands.run(caller, { act: 'previewPeople', body: sheet }, async (tx, trail) => {
      const plan = await this.plan(tx, societyId, sheet.rows);
      const { importId } = await this.imports.keep(tx, societyId, actor.accountId, sheet.rows);
      trail.on('people-import', importId, { words: '读入名册表格，等待确认' });
      const faults = [...sheet.faults, ...plan.faults].sort((a, b) => a.row - b.row);
      return { ...importedBy({ ...plan, faults }), importId };
    });
  }

  /** What is kept is what was shown; only the register may have moved on, and is asked again. */
  async confirm(caller: Caller, importId: string): Promise<Imported> {
    const societyId = societyOf(caller.actor);
    return this.commands.run(caller, { act: 'confirmPeople', body: { importId } }, async (tx, trail) => {
      const rows = await this.imports.take(tx, societyId, importId);
      const imported = await this.write(tx, societyId, rows, caller.actor.personId);
      trail.on('people-import', importId, { words: wordsOf(imported), after: imported });
      return imported;
    });
  }

  async importRows(caller: Caller, rows: readonly SheetPerson[]): Promise<Imported> {
    const societyId = societyOf(caller.actor);
    return this.commands.run(caller, { act: 'importPeople', body: rows }, async (tx, trail) => {
      const imported = await this.write(tx, societyId, rows, caller.actor.personId);
      trail.on('people-import', societyId, { words: wordsOf(imported), after: imported });
      return imported;
    });
  }

  /** A preview that nobody confirmed holds the ID numbers of a village: it does not outlive its two hours. */
  async purge(now: Date): Promise<number> {
    let purged = 0;
    for (const importId of await this.queries.expired(now))
      try {
        await this.commands.timer('purgePeopleImport', async (tx, trail) => {
          await this.imports.purge(tx, importId, now);
          trail.on('people-import', importId, { words: '名册表格过了时间，已删除' });
        });
        purged++;
      } catch (error) {
        if (!(error instanceof ImportNotFound)) throw error; // another program was first
      }
    return purged;
  }

  private async write(
    tx: Tx,
    societyId: string,
    rows: readonly SheetPerson[],
    byPersonId: string | null,
  ): Promise<Imported> {
    const plan = await this.plan(tx, societyId, rows);
    await this.plans.apply(tx, societyId, plan);
    const at = this.clock.now();
    for (const { personId, identity } of plan.updates)
      if (identity) {
        const markIn = (scope: string) => this.seals.index('id-number', scope, identity.idNumber);
        await this.listeners.supplied(tx, { societyId, personId, at, byPersonId, markIn });
      }
    return importedBy(plan);
  }

  private async plan(tx: Tx, societyId: string, rows: readonly SheetPerson[]): Promise<ImportPlan> {
    const indexes = {
      idNumber: (number: string) => this.seals.index('id-number', societyId, number),
      phone: (number: string) => this.seals.index('phone', societyId, number),
    };
    const register = await this.imports.register(tx, societyId);
    return planImport(rows, register, indexes, dayOf(this.clock.now()));
  }
}

function importedBy({ adds, updates, unchanged, faults }: ImportPlan): Imported {
  return {
    added: adds.length,
    updated: updates.length,
    unchanged,
    faulty: faults.length,
    faults: faults.slice(0, MOST_FAULTS),
  };
}

function wordsOf({ added, updated, unchanged }: Imported): string {
  return `导入名册：新增 ${added} 人，更新 ${updated} 人，没有变化 ${unchanged} 人`;
}
