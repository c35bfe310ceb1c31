import { Injectable, Logger } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import { dayOf, endOfDay } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { listOf, Reads } from '../../platform/database/reads.js';
import { ErasureHindered } from '../domain/person-right.errors.js';
import { isExpired, lastExpired } from '../domain/retention.js';
import { PersonHoldings } from './person-holdings.js';
import type { Whom } from './person-holdings.js';
import { RetentionTasks } from './retention-tasks.js';
import type { RetentionTask } from './retention-tasks.js';
import { PersonRightsService } from './rights.service.js';
import { AlreadyErased } from './rights.store.js';

const BATCH = 200;

type Expired = Whom & { readonly cause: string };

/**
 * Contact and health of whoever was last helped, paid or in office too long ago. Whoever never was stays in the register
 * as they are: that they live in the village is why they stand there.
 */
@Injectable()
export class RetentionOfPersons implements RetentionTask, OnModuleInit {
  readonly kind = 'PERSON';
  private readonly logger = new Logger(RetentionOfPersons.name);

  constructor(
    private readonly tasks: RetentionTasks,
    private readonly holdings: PersonHoldings,
    private readonly rights: PersonRightsService,
    private readonly commands: Commands,
    private readonly reads: Reads,
  ) {}

  onModuleInit(): void {
    this.tasks.register(this);
  }

  async due(now: Date): Promise<number> {
    let count = 0;
    for await (const batch of this.expired(now)) count += batch.length;
    return count;
  }

  async forget(now: Date): Promise<number> {
    let done = 0;
    for await (const batch of this.expired(now))
      for (const each of batch) if (await this.eraseOne(each)) done += 1;
    return done;
  }

  /** Who is due, in the order of registration: nobody is registered after their last event. */
  private async *expired(now: Date): AsyncGenerator<readonly Expired[]> {
    const today = dayOf(now);
    const before = endOfDay(lastExpired(this.kind, today));
    for (let after = ''; ;) {
      const rows = await this.reads.all<{ personId: string; societyId: string }>`
        SELECT id AS "personId", society_id AS "societyId" FROM persons
        WHERE id > ${after} AND created_at < ${before} ORDER BY id LIMIT ${BATCH}`;
      const last = rows.at(-1);
      if (!last) return;
      after = last.personId;
      yield await this.dueOf(rows, today);
    }
  }

  private async dueOf(rows: readonly Whom[], today: Day): Promise<Expired[]> {
    const ids = rows.map(({ personId }) => personId);
    const events = await this.holdings.lastEvents(ids);
    const done = new Set(
      (
        await this.reads.among<{ personId: string; cause: string }>`
          SELECT person_id AS "personId", cause AS "cause" FROM person_erasures WHERE person_id IN ${listOf(ids)}`
      ).map(({ personId, cause }) => `${personId}/${cause}`),
    );
    return rows.flatMap(({ personId, societyId }) => {
      const on = events.get(personId);
      if (on === undefined || !isExpired(this.kind, on, today)) return [];
      const cause = `expired:${on}`;
      return done.has(`${personId}/${cause}`) ? [] : [{ personId, societyId, cause }];
    });
  }

  /** False where something is under way after all, where another program was first, and where it failed. */
  private async eraseOne({ personId, societyId, cause }: Expired): Promise<boolean> {
    try {
      await this.commands.timer('erasePersonExpired', async (tx, trail) => {
        await this.rights.eraseOf(tx, { personId, societyId }, cause);
        trail.on('person', personId, { words: '保存期已满，删除了联系方式和病情' });
        return null;
      });
      return true;
    } catch (error) {
      if (error instanceof ErasureHindered || error instanceof AlreadyErased) return false;
      // Whose it is stands under this key; the words of the error may hold a value.
      this.logger.error(`Erasing failed: ${personId}, ${error instanceof Error ? error.name : 'unknown'}`);
      return false;
    }
  }
}
