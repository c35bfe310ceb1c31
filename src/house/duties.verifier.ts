import { Injectable } from '@nestjs/common';
import { DUTY_WORDS } from '../duties/index.js';
import type { DutyKind } from '../duties/index.js';
import { Reads } from '../platform/database/reads.js';
import type { Finding } from '../platform/verify.js';
import { Verifier } from '../platform/verify.js';
import { OWED } from './owed.js';
import type { OwedBy } from './owed.js';

type Found = { readonly id: string };

/**
 * What is owed against the states that owe it, for every kind of duty. It reads the tables of all contexts, so it stands
 * in the house; it writes none.
 */
@Injectable()
export class DutiesVerifier extends Verifier {
  constructor(private readonly reads: Reads) {
    super();
  }

  override async check(): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const [kind, owed] of Object.entries(OWED) as [DutyKind, (typeof OWED)[DutyKind]][]) {
      if ('seenBy' in owed) continue;
      for (const by of owed) findings.push(...(await this.forgotten(kind, by)));
      findings.push(...(await this.groundless(kind, owed)));
    }
    return findings;
  }

  /** Someone should do it, and it stands on nobody's list. */
  private async forgotten(kind: DutyKind, { table, subject, must }: OwedBy): Promise<Finding[]> {
    if (must === null) return [];
    const rows = await this.ask(
      `SELECT t.id AS "id" FROM ${table} t LEFT JOIN duties d ON d.open_key = ? || t.${subject}
       WHERE d.id IS NULL AND (${must})`,
      `${kind}:`,
    );
    return rows.map(({ id }) => ({
      kind: 'duty missing',
      subject: `${table}/${id}`,
      words: `待办里没有“${DUTY_WORDS[kind].label}”，按现在的状态应该有`,
    }));
  }

  /** It would be owed for ever: there is nothing any more that it could be done about. */
  private async groundless(kind: DutyKind, owed: readonly OwedBy[]): Promise<Finding[]> {
    const none = owed.map(
      ({ table, subject, may }) =>
        `NOT EXISTS (SELECT 1 FROM ${table} t WHERE t.${subject} = d.subject_id AND (${may}))`,
    );
    const kinds = owed.flatMap(({ of }) => (of === undefined ? [] : [`'${of}'`]));
    const judged = kinds.length > 0 ? `d.subject_kind IN (${kinds.join(', ')})` : '1 = 1';
    const rows = await this.ask(
      `SELECT d.id AS "id" FROM duties d
       WHERE d.open_key IS NOT NULL AND d.kind = ? AND ${judged} AND ${none.join(' AND ')}`,
      kind,
    );
    return rows.map(({ id }) => ({
      kind: 'duty without subject',
      subject: `duties/${id}`,
      words: `待办“${DUTY_WORDS[kind].label}”还开着，按现在的状态已经没有这件事`,
    }));
  }

  /** The words of `OWED` are literals of the program; what varies is bound. */
  private ask(sql: string, value: string): Promise<Found[]> {
    const [head = '', tail = ''] = sql.split('?');
    return this.reads.all<Found>(Object.assign([head, tail], { raw: [head, tail] }), value);
  }
}
