import { Injectable } from '@nestjs/common';
import { DutiesService } from '../duties/index.js';
import { addDays, dayOf } from '../kernel/day.js';
import { MarksQueries } from '../people/index.js';
import type { IdNumberSupplied, Mark, Marked, PersonListener } from '../people/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { SocietiesQueries, SocietiesService } from '../societies/index.js';
import type { CaseRow } from './case.entity.js';
import { CasesStore } from './cases.store.js';
import { EXPLAIN_WORKING_DAYS, LOOK_BACK_DAYS, whyOf } from './domain/match.js';
import type { MatchWhy } from './domain/match.js';
import { MatchesStore } from './matches.store.js';

/** By what a case is looked for in other societies; null where no federation stands above. */
export type Looked = { readonly scopeId: string; readonly marks: readonly Mark[] };

type Of = Pick<CaseRow, 'id' | 'societyId' | 'applicantId'>;

/**
 * Looks for the household in the other societies of the federation (peers.md 1, 7). It blocks nothing: an emergency goes
 * on, and the clerk owes an explanation.
 */
@Injectable()
export class Matching implements PersonListener {
  constructor(
    private readonly store: MatchesStore,
    private readonly cases: CasesStore,
    private readonly marks: MarksQueries,
    private readonly societies: SocietiesQueries,
    private readonly organisations: SocietiesService,
    private readonly duties: DutiesService,
  ) {}

  /** Read before the unit of work: sealed fields are opened for it. */
  async lookFor(marked: Marked): Promise<Looked | null> {
    const federation = await this.societies.federationOf(marked.societyId);
    if (!federation) return null;
    return { scopeId: federation.id, marks: await this.marks.marksOf(scopeOf(federation.id), marked) };
  }

  /** A step of the unit that takes the case in, or learns something new about it. */
  async look(
    tx: Tx,
    of: Of,
    looked: Looked | null,
    at: Date,
    handoverId: string | null = null,
  ): Promise<void> {
    if (!looked) return;
    const { scopeId } = looked;
    const fresh = await this.store.mark(tx, scopeId, of, looked.marks, at);
    if (fresh.length === 0) return;
    const found = new Map<string, Set<MatchWhy>>();
    for (const { caseId, kind, mark } of await this.store.alike(tx, scopeId, of, fresh))
      for (const mine of fresh.filter((each) => each.mark === mark))
        found.set(caseId, (found.get(caseId) ?? new Set()).add(whyOf(mine.kind, kind)));
    for (const [otherCaseId, whys] of found) {
      if (!(await this.isWorthSaying(tx, of, otherCaseId, at, handoverId))) continue;
      const why = [...whys].sort().join(',');
      const matchId = await this.store.insert(tx, { scopeId, caseId: of.id, otherCaseId, why, foundAt: at });
      await this.duties.open(tx, {
        societyId: of.societyId,
        kind: 'EXPLAIN_MATCH',
        subjectKind: 'match',
        subjectId: matchId,
        threadId: of.id,
        ownerRole: 'secretary',
        rule: { unit: 'working-days', count: EXPLAIN_WORKING_DAYS, from: at },
      });
    }
  }

  /** D4-50: whoever had no number when the case was taken in is looked for when it comes. */
  async supplied(tx: Tx, { societyId, personId, at, markIn }: IdNumberSupplied): Promise<void> {
    const federation = await this.organisations.federationOf(tx, societyId);
    if (!federation) return;
    const marks = [{ kind: 'PERSON', mark: markIn(scopeOf(federation.id)) }] as const;
    for (const row of await this.cases.allOf(tx, societyId, personId))
      await this.look(tx, row, { scopeId: federation.id, marks }, at);
  }

  answered(): Promise<void> {
    return Promise.resolve();
  }

  private async isWorthSaying(
    tx: Tx,
    of: Of,
    otherCaseId: string,
    at: Date,
    handoverId: string | null,
  ): Promise<boolean> {
    const other = await this.cases.getOwn(tx, otherCaseId);
    const today = dayOf(at);
    if (dayOf(other.acceptedAt) < addDays(today, -LOOK_BACK_DAYS)) return false;
    if (await this.store.isKnown(tx, of.id, otherCaseId)) return false;
    if (await this.store.isHandedOn(tx, of.id, otherCaseId, handoverId)) return false;
    return !(await this.store.isFalseAlarm(tx, of.applicantId, other.applicantId, today));
  }
}

export const scopeOf = (federationId: string): string => `match/${federationId}`;
