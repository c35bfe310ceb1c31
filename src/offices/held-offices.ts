import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { dayWords } from '../kernel/chinese/words.js';
import { dayOf } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { PersonHoldings } from '../people/index.js';
import type { HeldRecord, LastEvent, PersonHolder, Whom } from '../people/index.js';
import { listOf, Reads } from '../platform/database/reads.js';
import type { Tx } from '../platform/database/transactions.js';
import { OFFICE_WORDS } from './domain/office.js';
import type { Office } from './domain/office.js';

/** Who held an office signed papers: name and terms stay as long as those. */
@Injectable()
export class HeldOffices implements PersonHolder, OnModuleInit {
  readonly section = '职务';

  constructor(
    private readonly holdings: PersonHoldings,
    private readonly reads: Reads,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.holdings.register(this);
  }

  async copyOf({ societyId, personId }: Whom): Promise<HeldRecord[]> {
    const terms = await this.reads.all<{ office: Office; fromOn: Day; lastOn: Day }>`
      SELECT office AS "office", from_on AS "fromOn", COALESCE(ended_on, until_on) AS "lastOn"
      FROM office_terms WHERE society_id = ${societyId} AND person_id = ${personId} ORDER BY from_on, id`;
    return terms.map(({ office, fromOn, lastOn }) => ({
      what: `担任${OFFICE_WORDS[office]}的记录和经手签字`,
      facts: [['任期', `${dayWords(fromOn)}至${dayWords(lastOn)}`]] as const,
      stays: { kind: 'DECISION', from: lastOn } as const,
    }));
  }

  async hinders(tx: Tx, { societyId, personId }: Whom): Promise<string[]> {
    const today = dayOf(this.clock.now());
    const terms = await tx.read<{ office: Office }>`
      SELECT office AS "office" FROM office_terms
      WHERE society_id = ${societyId} AND person_id = ${personId}
        AND until_on >= ${today} AND (ended_on IS NULL OR ended_on > ${today})`;
    return terms.map(({ office }) => `还担任${OFFICE_WORDS[office]}`);
  }

  erase(): Promise<number> {
    return Promise.resolve(0);
  }

  async needs(tx: Tx, { societyId, personId }: Whom): Promise<boolean> {
    const [term] = await tx.read<{ id: string }>`
      SELECT id AS "id" FROM office_terms
      WHERE society_id = ${societyId} AND person_id = ${personId} LIMIT 1`;
    return term !== undefined;
  }

  async lastEvents(personIds: readonly string[]): Promise<LastEvent[]> {
    return this.reads.among<LastEvent>`
      SELECT person_id AS "personId", MAX(COALESCE(ended_on, until_on)) AS "on" FROM office_terms
      WHERE person_id IN ${listOf(personIds)} GROUP BY person_id`;
  }
}
