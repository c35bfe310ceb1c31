import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { clusterNodeOf, faultOfNode } from '../platform/database/cluster.js';
import type { ClusterNode } from '../platform/database/cluster.js';
import { pendingMigrations } from '../platform/observability/schema-state.js';
import { schema } from '../schema.js';

export type Pool = { readonly connections: number; readonly idle: number; readonly queue: number };
/** How a node of a cluster stands; `why` nobody should be sent to it, null where it serves. */
export type Standing = Pick<ClusterNode, 'state' | 'size'> & { readonly why: string | null };

/** How the database does, seen from the program. */
@Injectable()
export class DatabaseStateQueries {
  constructor(private readonly dataSource: DataSource) {}

  async answersWithin(ms: number): Promise<boolean> {
    const answered = this.dataSource.query('SELECT 1').then(
      () => true,
      () => false,
    );
    return await Promise.race([answered, sleep(ms, false, { ref: false })]);
  }

  /** How many migrations this program knows and the database has not run. */
  async pending(): Promise<number> {
    return (await pendingMigrations(this.dataSource, schema)).length;
  }

  /** Null where the database is no cluster, or does not answer at all. */
  async node(): Promise<Standing | null> {
    const node = await clusterNodeOf(this.dataSource).catch(() => null);
    return node && { state: node.state, size: node.size, why: faultOfNode(node) };
  }

  /** mysql2 tells nobody how its pool does; SQLite has none. */
  pool(): Pool | null {
    type Queue = { readonly length: number };
    type Inside = Record<'_allConnections' | '_freeConnections' | '_connectionQueue', Queue>;
    const { pool } = this.dataSource.driver as { pool?: Partial<Inside> };
    const { _allConnections: all, _freeConnections: free, _connectionQueue: queue } = pool ?? {};
    return all && free && queue ? { connections: all.length, idle: free.length, queue: queue.length } : null;
  }
}
