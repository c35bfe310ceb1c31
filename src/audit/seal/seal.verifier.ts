import { Injectable } from '@nestjs/common';
import { Verifier } from '../../platform/verify.js';
import type { Finding } from '../../platform/verify.js';
import { finalAtOf, SEALED_TABLES } from '../domain/sealed-tables.js';
import { SealExport } from './seal-export.js';
import { LATE_MS, SealCheck } from './seal-file.js';
import type { SealFault, SealFinding } from './seal-file.js';
import { SealQueries } from './seal.queries.js';
import { SealedRowsQueries } from './sealed-rows.queries.js';

const WORDS: Readonly<Record<SealFault, string>> = {
  CHANGED: '和封存时不一样，被改过',
  MISSING: '封存过，现在没有了，被删过',
  SWAPPED: '和别的记录换了位置',
  INSERTED: '没有封存过，是后来插进来的',
  BACKDATED: '时间写在以前，是后来补进来的',
  BATCH: '这一批的封存记录前后对不上',
  CUT: '后面的封存记录被截掉了',
  REWRITTEN: '从头改写过',
  CUT_OR_REWRITTEN: '被截断或者从头改写过',
  UNREADABLE: '封存记录读不出来',
};

/** Whether every sealed row is still what was sealed, and no row was slipped in among the old ones. */
@Injectable()
export class SealVerifier extends Verifier {
  constructor(
    private readonly exported: SealExport,
    private readonly queries: SealQueries,
    private readonly rows: SealedRowsQueries,
  ) {
    super();
  }

  override async check(): Promise<Finding[]> {
    const check = new SealCheck(null);
    for await (const line of this.exported.lines({ withRows: true })) check.take(line);
    return [...check.end().findings.map(findingOf), ...(await this.slippedIn())];
  }

  /** A row that is older than a batch which took all there was, and was never sealed. */
  private async slippedIn(): Promise<Finding[]> {
    const drainedAt = await this.queries.drainedAt();
    if (drainedAt === null) return [];
    const findings: Finding[] = [];
    for (const table of SEALED_TABLES) {
      for (let after = '', isMore = true; isMore;) {
        const { rows, until } = await this.rows.swept(table, after);
        const late = rows.filter(
          (row) => Date.parse(finalAtOf(table, row) ?? '') < drainedAt.getTime() - LATE_MS,
        );
        findings.push(
          ...late.map(({ id }) => ({
            ...{ kind: 'seal', subject: `${table.name}/${id}` },
            words: `${WORDS.BACKDATED}，没有封存`,
          })),
        );
        isMore = until !== null;
        after = until ?? after;
      }
    }
    return findings;
  }
}

function findingOf({ fault, batch, position, row }: SealFinding): Finding {
  const where = batch === null ? '' : `第 ${batch} 批${position === null ? '' : `第 ${position} 条`}：`;
  return { kind: 'seal', subject: row ?? `seal_batches/${batch ?? 0}`, words: `${where}${WORDS[fault]}` };
}
