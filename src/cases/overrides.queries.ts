import { Injectable } from '@nestjs/common';
import { instantOf, optionalInstantOf, Reads } from '../platform/database/reads.js';
import type { Value } from '../platform/database/transactions.js';
import { CaseSeals } from './case.seals.js';
import type { Cause } from '../kernel/causes.js';
import { OverrideNotFound } from './domain/override.js';
import type { OverrideKind, OverrideReason, OverrideState } from './domain/override.js';

export type OverrideFact = {
  readonly id: string;
  readonly societyId: string;
  readonly societyName: string;
  readonly kind: OverrideKind;
  readonly personId: string;
  readonly householdId: string;
  readonly cause: Cause | null;
  readonly year: number;
  readonly state: OverrideState;
  readonly note: string;
  readonly reason: OverrideReason | null;
  readonly words: string | null;
  readonly askedAt: Date;
  readonly decidedAt: Date | null;
};

type Stamp = Date | string;
type Raw = Omit<OverrideFact, 'note' | 'words' | 'askedAt' | 'decidedAt'> & {
  readonly askedNoteSealed: string;
  readonly wordsSealed: string | null;
  readonly askedAt: Stamp;
  readonly decidedAt: Stamp | null;
};

const OVERRIDES = `
  SELECT v.id AS "id", v.society_id AS "societyId", o.name AS "societyName", v.kind AS "kind",
         v.person_id AS "personId", v.household_id AS "householdId", v.cause AS "cause", v.year AS "year",
         v.state AS "state", v.asked_note_sealed AS "askedNoteSealed", v.reason AS "reason",
         v.words_sealed AS "wordsSealed", v.asked_at AS "askedAt", v.decided_at AS "decidedAt"
  FROM case_overrides v JOIN organisations o ON o.id = v.society_id `;

const MOST_ON_A_DESK = 200;

/** What a society asked the town to let through. The society and the one above it see it, and nobody else. */
@Injectable()
export class OverridesQueries {
  constructor(
    private readonly reads: Reads,
    private readonly seals: CaseSeals,
  ) {}

  /** The last word on one rule and one person or household; null while nobody asked. */
  async latest(
    societyId: string,
    about: Pick<OverrideFact, 'kind' | 'personId' | 'householdId' | 'cause' | 'year'>,
  ): Promise<OverrideFact | null> {
    const { kind, personId, householdId, cause, year } = about;
    const [found] =
      kind === 'SAME_CAUSE'
        ? await this.overrides`
            WHERE v.society_id = ${societyId} AND v.kind = ${kind} AND v.person_id = ${personId}
              AND v.cause = ${cause} AND v.year = ${year} ORDER BY v.id DESC LIMIT 1`
        : await this.overrides`
            WHERE v.society_id = ${societyId} AND v.kind = ${kind} AND v.household_id = ${householdId}
              AND v.year = ${year} ORDER BY v.id DESC LIMIT 1`;
    return found ?? null;
  }

  /** One that a society below this one asked for. */
  async askedOf(unionId: string, overrideId: string): Promise<OverrideFact> {
    const [found] = await this.overrides`WHERE o.parent_id = ${unionId} AND v.id = ${overrideId}`;
    if (!found) throw new OverrideNotFound();
    return found;
  }

  async waitingFor(unionId: string): Promise<OverrideFact[]> {
    return this.overrides`
      WHERE o.parent_id = ${unionId} AND v.state = 'ASKED' ORDER BY v.asked_at, v.id LIMIT ${MOST_ON_A_DESK}`;
  }

  private async overrides(text: TemplateStringsArray, ...values: Value[]): Promise<OverrideFact[]> {
    const [head = '', ...rest] = text;
    const whole = Object.assign([OVERRIDES + head, ...rest], { raw: [] });
    const rows = await this.reads.all<Raw>(whole, ...values);
    return rows.map(({ askedNoteSealed, wordsSealed, ...row }) => ({
      ...row,
      note: this.seals.openOverride(row.id, 'asked_note', askedNoteSealed),
      words: wordsSealed === null ? null : this.seals.openOverride(row.id, 'words', wordsSealed),
      askedAt: instantOf(row.askedAt),
      decidedAt: optionalInstantOf(row.decidedAt),
    }));
  }
}
