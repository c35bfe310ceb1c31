import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { dayWords } from '../kernel/chinese/words.js';
import { Clock } from '../kernel/clock.js';
import { addDays, dayOf } from '../kernel/day.js';
import { PersonHoldings } from '../people/index.js';
import type { HeldRecord, LastEvent, PersonHolder, Whom } from '../people/index.js';
import type { Day } from '../kernel/day.js';
import { listOf, Reads } from '../platform/database/reads.js';
import type { Tx } from '../platform/database/transactions.js';
import { BreachesQueries } from './breaches.queries.js';
import type { BreachFacts } from './breaches.queries.js';
import { BreachesStore } from './breaches.store.js';
import { APPEAL_WORDS, BREACH_KIND_WORDS, breachWords } from './domain/breach.js';

/** What is held of somebody who was flagged. */
@Injectable()
export class HeldBreaches implements PersonHolder, OnModuleInit {
  readonly section = '失信标记';

  constructor(
    private readonly holdings: PersonHoldings,
    private readonly queries: BreachesQueries,
    private readonly store: BreachesStore,
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.holdings.register(this);
  }

  async copyOf({ societyId, personId }: Whom): Promise<HeldRecord[]> {
    const today = dayOf(this.clock.now());
    return (await this.queries.ofPerson(societyId, personId)).map((flag) => recordOf(flag, today));
  }

  async hinders(tx: Tx, { societyId, personId }: Whom): Promise<string[]> {
    const rows = await tx.read<{ id: string }>`
      SELECT f.id AS "id" FROM breach_flags f
      WHERE f.society_id = ${societyId} AND f.person_id = ${personId} AND (f.state = 'HEARING'
        OR EXISTS (SELECT 1 FROM breach_appeals a WHERE a.flag_id = f.id AND a.state = 'WAITING')) LIMIT 1`;
    return rows.length > 0 ? ['一条失信标记还没有办完'] : [];
  }

  /** What has no effect any more goes at once; what stands stays until it is over. */
  async erase(tx: Tx, { societyId, personId }: Whom): Promise<number> {
    const yesterday = addDays(dayOf(this.clock.now()), -1);
    const rows = await tx.read<{ id: string }>`
      SELECT id AS "id" FROM breach_flags WHERE society_id = ${societyId} AND person_id = ${personId}`;
    let fields = 0;
    for (const { id } of rows) fields += await this.store.forget(tx, id, yesterday);
    return fields;
  }

  async needs(tx: Tx, { societyId, personId }: Whom): Promise<boolean> {
    const rows = await tx.read<{ id: string }>`
      SELECT id AS "id" FROM breach_flags WHERE society_id = ${societyId} AND person_id = ${personId} LIMIT 1`;
    return rows.length > 0;
  }

  /** While it is heard, today; afterwards its last day. */
  async lastEvents(personIds: readonly string[]): Promise<LastEvent[]> {
    const today = dayOf(this.clock.now());
    const rows = await this.reads.among<{ personId: string; on: Day }>`
      SELECT person_id AS "personId", MAX(COALESCE(over_on, ${today})) AS "on" FROM breach_flags
      WHERE person_id IN ${listOf(personIds)} GROUP BY person_id`;
    return rows;
  }
}

function recordOf(flag: BreachFacts, today: Day): HeldRecord {
  const { kind, reason, statement, untilOn, endWords, appeal, heardAt } = flag;
  const state = breachWords({ ...flag, heard: heardAt !== null }, today);
  return {
    what: '失信标记',
    facts: [
      ['违反', BREACH_KIND_WORDS[kind]],
      ['情况', reason],
      ['本人的说明', statement],
      ['现在', state],
      ['到什么时候', untilOn === null ? null : dayWords(untilOn)],
      ['没有记入或者解除的原因', endWords],
      ['申诉', appeal && `${appeal.words}（${APPEAL_WORDS[appeal.state]}）`],
      ['申诉的答复', appeal?.answer ?? null],
    ],
    stays: { kind: 'BREACH', from: untilOn ?? today },
  };
}
