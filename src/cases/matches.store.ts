import { Injectable } from '@nestjs/common';
import { In, Not } from 'typeorm';
import { Ids } from '../kernel/ids.js';
import type { Day } from '../kernel/day.js';
import type { Mark } from '../people/index.js';
import { StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import type { CaseRow } from './case.entity.js';
import { MatchNotFound } from './domain/match.js';
import type { Disposition, MatchReason } from './domain/match.js';
import { HandoverRow } from './handovers.entity.js';
import { CaseMark, CaseMatch } from './match.entity.js';

export type Disposed = {
  readonly disposition: Disposition;
  readonly reason: MatchReason;
  readonly at: Date;
  readonly byPersonId: string | null;
  readonly expiresOn: Day | null;
};

type Of = Pick<CaseRow, 'id' | 'societyId' | 'applicantId'>;

@Injectable()
export class MatchesStore {
  constructor(private readonly ids: Ids) {}

  /** Those of the marks that the case did not have yet. */
  async mark(tx: Tx, scopeId: string, of: Of, marks: readonly Mark[], madeAt: Date): Promise<Mark[]> {
    const known = await tx.rows.findBy(CaseMark, { caseId: of.id });
    const isKnown = ({ kind, mark }: Mark) => known.some((each) => each.kind === kind && each.mark === mark);
    const fresh = marks.filter((each) => !isKnown(each));
    const { id: caseId, societyId } = of;
    await tx.insert(
      CaseMark,
      fresh.map(({ kind, mark }) => ({
        id: this.ids.next(),
        scopeId,
        caseId,
        societyId,
        kind,
        mark,
        madeAt,
      })),
    );
    return fresh;
  }

  /** Marks like these on cases of other societies. */
  alike(tx: Tx, scopeId: string, { societyId }: Of, marks: readonly Mark[]): Promise<CaseMark[]> {
    const values = marks.map(({ mark }) => mark);
    return tx.rows.findBy(CaseMark, { scopeId, mark: In(values), societyId: Not(societyId) });
  }

  async isKnown(tx: Tx, caseId: string, otherCaseId: string): Promise<boolean> {
    return (
      (await tx.rows.countBy(CaseMatch, [
        { caseId, otherCaseId },
        { caseId: otherCaseId, otherCaseId: caseId },
      ])) > 0
    );
  }

  /** The one came from the other by handing it on: the same need, told twice on purpose (ADR 10). */
  async isHandedOn(tx: Tx, caseId: string, otherCaseId: string, handoverId: string | null): Promise<boolean> {
    const ways = [
      { caseId, takenCaseId: otherCaseId },
      { caseId: otherCaseId, takenCaseId: caseId },
      ...(handoverId === null ? [] : [{ id: handoverId, caseId: otherCaseId }]),
    ];
    return (await tx.rows.countBy(HandoverRow, ways)) > 0;
  }

  /** Somebody has found the same two people to be two, and not long ago. */
  async isFalseAlarm(tx: Tx, one: string, other: string, today: Day): Promise<boolean> {
    const rows = await tx.read<{ id: string }>`
      SELECT m.id AS "id" FROM case_matches m JOIN cases a ON a.id = m.case_id JOIN cases b ON b.id = m.other_case_id
      WHERE m.disposition = 'DIFFERENT_PERSON' AND m.expires_on > ${today}
        AND ((a.applicant_id = ${one} AND b.applicant_id = ${other})
          OR (a.applicant_id = ${other} AND b.applicant_id = ${one})) LIMIT 1`;
    return rows.length > 0;
  }

  async insert(
    tx: Tx,
    match: Pick<CaseMatch, 'scopeId' | 'caseId' | 'otherCaseId' | 'why' | 'foundAt'>,
  ): Promise<string> {
    const id = this.ids.next();
    const open = {
      disposition: null,
      reason: null,
      disposedAt: null,
      disposedBy: null,
      expiresOn: null,
      version: 1,
    };
    await tx.insert(CaseMatch, { id, ...match, ...open });
    return id;
  }

  /** What was found for a case, explained or not. */
  async idsOf(tx: Tx, caseId: string): Promise<string[]> {
    const found = await tx.rows.findBy(CaseMatch, { caseId });
    return found.map(({ id }) => id);
  }

  async get(tx: Tx, id: string): Promise<CaseMatch> {
    const match = await tx.rows.findOneBy(CaseMatch, { id });
    if (!match) throw new MatchNotFound();
    return match;
  }

  /** Two who dispose at once: the second sees what the first said, and says it anew. */
  async dispose(tx: Tx, { id, version }: CaseMatch, disposed: Disposed): Promise<void> {
    const { disposition, reason, at, byPersonId, expiresOn } = disposed;
    await tx.changeOne(() => new StaleSnapshot('Somebody else disposed of the match'))`
      UPDATE case_matches
      SET disposition = ${disposition}, reason = ${reason}, disposed_at = ${at}, disposed_by = ${byPersonId},
          expires_on = ${expiresOn}, version = version + 1
      WHERE id = ${id} AND version = ${version}`;
  }
}
