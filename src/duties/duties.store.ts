import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import type { Due, StoredRule } from './domain/due.js';
import { DutyAlreadyOpen } from './domain/duty.errors.js';
import type { DutyKind } from './domain/duty-kinds.js';
import { DUTY_WORDS } from './domain/duty-words.js';
import { DutyRow } from './duty.entity.js';

const OWED_TO_THE_PUBLIC: readonly DutyKind[] = ['TAKE_DOWN_PAPER', 'CORRECT_NOTICE'];
const UNIQUE_OPEN = { name: 'uq_duties_open', columns: 'duties.open_key' };

export function openKeyOf(kind: DutyKind, subjectId: string): string {
  return `${kind}:${subjectId}`;
}

export type NewDuty = Omit<DutyRow, 'openKey'>;

@Injectable()
export class DutiesStore {
  async insert(tx: Tx, rows: readonly NewDuty[]): Promise<void> {
    const keyed = rows.map((row) => ({ ...row, openKey: openKeyOf(row.kind, row.subjectId) }));
    try {
      await tx.insert(DutyRow, keyed);
    } catch (error) {
      if (!breaksUnique(error, UNIQUE_OPEN)) throw error;
      for (const { kind, openKey } of keyed)
        if (keyed.length === 1 || (await tx.rows.findOneBy(DutyRow, { openKey })))
          throw new DutyAlreadyOpen(DUTY_WORDS[kind].label);
      throw new StaleSnapshot('One of these duties was just opened');
    }
  }

  /** False when no such duty is open. */
  async restart(tx: Tx, openKey: string, rule: StoredRule, due: Due): Promise<boolean> {
    const changed = await tx.change`
      UPDATE duties SET rule = ${JSON.stringify(rule)}, due_at = ${due.dueAt}, provisional = ${due.provisional ? 1 : 0}
      WHERE open_key = ${openKey}`;
    return changed === 1;
  }

  /** False when no such duty is open: settling twice settles once. */
  async settle(tx: Tx, openKey: string, at: Date, byPersonId: string | null): Promise<boolean> {
    const changed = await tx.change`
      UPDATE duties SET settled_at = ${at}, settled_by = ${byPersonId}, open_key = NULL
      WHERE open_key = ${openKey}`;
    return changed === 1;
  }

  /**
   * All of a thread but what is owed about the subjects in `spare`, and what the public is owed whatever becomes of the
   * matter: a paper that shows too much comes down, and what was found wrong on one is corrected.
   */
  async cancelThread(tx: Tx, threadId: string, spare: readonly string[], at: Date): Promise<number> {
    const open = await tx.rows.findBy(DutyRow, { threadId, openKey: Not(IsNull()) });
    const ended = open.filter(
      ({ kind, subjectId }) => !OWED_TO_THE_PUBLIC.includes(kind) && !spare.includes(subjectId),
    );
    let count = 0;
    for (const { openKey } of ended) count += openKey === null ? 0 : await this.cancelOne(tx, openKey, at);
    return count;
  }

  cancelOne(tx: Tx, openKey: string, at: Date): Promise<number> {
    return tx.change`
      UPDATE duties SET cancelled_at = ${at}, open_key = NULL WHERE open_key = ${openKey}`;
  }

  cancelSubject(tx: Tx, subjectId: string, at: Date): Promise<number> {
    return tx.change`
      UPDATE duties SET cancelled_at = ${at}, open_key = NULL
      WHERE subject_id = ${subjectId} AND open_key IS NOT NULL`;
  }

  findOpen(tx: Tx): Promise<DutyRow[]> {
    return tx.rows.find(DutyRow, { where: { openKey: Not(IsNull()) }, order: { id: 'ASC' } });
  }
}
