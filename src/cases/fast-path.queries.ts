import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, LessThanOrEqual } from 'typeorm';
import { FastPathNotFound } from './domain/fast-path.errors.js';
import { FastPath, FastPathSuspension } from './fast-path.entity.js';
import type { FastPathRow } from './fast-path.store.js';

const MOST_AT_ONCE = 100;

@Injectable()
export class FastPathQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** Another society's is not there (D4-69). */
  async fastPath(societyId: string, fastPathId: string): Promise<FastPathRow> {
    const row = await this.rows.findOneBy(FastPath, { id: fastPathId, societyId });
    if (!row) throw new FastPathNotFound();
    return row;
  }

  /** The attempts of a case, the last first. */
  ofCase(caseId: string): Promise<FastPathRow[]> {
    return this.rows.find(FastPath, { where: { caseId }, order: { sequence: 'DESC' } });
  }

  async latest(caseId: string): Promise<FastPathRow | null> {
    const [latest] = await this.ofCase(caseId);
    return latest ?? null;
  }

  /** Those whose time is over, the longest waiting first. */
  due(now: Date): Promise<FastPathRow[]> {
    return this.rows.find(FastPath, {
      where: { state: 'OPEN', dueAt: LessThanOrEqual(now) },
      order: { dueAt: 'ASC' },
      take: MOST_AT_ONCE,
    });
  }

  /** Who may sign none in this society for now. */
  async suspendedIn(societyId: string): Promise<string[]> {
    const rows = await this.rows.findBy(FastPathSuspension, { societyId, liftedAt: IsNull() });
    return [...new Set(rows.map(({ personId }) => personId))];
  }

  private get rows() {
    return this.dataSource.manager;
  }
}
