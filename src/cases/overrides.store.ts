import { Injectable } from '@nestjs/common';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { CaseSeals } from './case.seals.js';
import type { Cause } from '../kernel/causes.js';
import { OverrideAlreadyAsked, OverrideNotFound } from './domain/override.js';
import type { OverrideKind, OverrideReason } from './domain/override.js';
import { OverrideRow } from './overrides.entity.js';

const UNIQUE_OPEN = { name: 'uq_case_overrides_open', columns: 'case_overrides.open_key' };

export type NewOverride = Omit<
  OverrideRow,
  'askedNoteSealed' | 'state' | 'decidedBy' | 'decidedAt' | 'reason' | 'wordsSealed' | 'usedCaseId'
> & { readonly note: string };

export type OverrideDecision = {
  readonly granted: boolean;
  readonly reason: OverrideReason;
  readonly words: string | null;
  readonly at: Date;
  readonly byPersonId: string | null;
};

@Injectable()
export class OverridesStore {
  constructor(private readonly seals: CaseSeals) {}

  async insert(tx: Tx, { note, ...row }: NewOverride): Promise<void> {
    try {
      await tx.insert(OverrideRow, {
        ...row,
        askedNoteSealed: this.seals.sealOverride(row.id, 'asked_note', note),
        state: 'ASKED',
        decidedBy: null,
        decidedAt: null,
        reason: null,
        wordsSealed: null,
        usedCaseId: null,
      });
    } catch (error) {
      throw breaksUnique(error, UNIQUE_OPEN) ? new OverrideAlreadyAsked() : error;
    }
  }

  async get(tx: Tx, overrideId: string): Promise<OverrideRow> {
    const row = await tx.rows.findOneBy(OverrideRow, { id: overrideId });
    if (!row) throw new OverrideNotFound();
    return row;
  }

  /** Two who decide at once: the guard is the WHERE, and the second sees what the first said. */
  async decided(tx: Tx, { id, openKey }: OverrideRow, decision: OverrideDecision): Promise<void> {
    const { granted, reason, words, at, byPersonId } = decision;
    const sealed = words === null ? null : this.seals.sealOverride(id, 'words', words);
    await tx.changeOne(() => new StaleSnapshot('Somebody else decided the override'))`
      UPDATE case_overrides
      SET state = ${granted ? 'GRANTED' : 'REFUSED'}, reason = ${reason}, words_sealed = ${sealed},
          decided_by = ${byPersonId}, decided_at = ${at}, open_key = ${granted ? openKey : null}
      WHERE id = ${id} AND state = 'ASKED'`;
  }

  async isGranted(tx: Tx, openKey: string): Promise<boolean> {
    return (await tx.rows.countBy(OverrideRow, { openKey, state: 'GRANTED' })) === 1;
  }

  /** How often the town has let this cause of this person through in this year. */
  usedFor(tx: Tx, personId: string, cause: Cause, year: number): Promise<number> {
    return tx.rows.countBy(OverrideRow, { personId, cause, year, state: 'USED' });
  }

  /** Uses a granted override for this case, once. False when there is none; a case that has used its own is let by. */
  async use(tx: Tx, kind: OverrideKind, openKey: string, caseId: string): Promise<boolean> {
    if ((await tx.rows.countBy(OverrideRow, { kind, usedCaseId: caseId })) === 1) return true;
    const changed = await tx.change`
      UPDATE case_overrides SET state = 'USED', used_case_id = ${caseId}, open_key = NULL
      WHERE open_key = ${openKey} AND state = 'GRANTED'`;
    return changed === 1;
  }
}
