import type { DataSource } from 'typeorm';
import { clusterNodeOf, faultOfNode } from './cluster.js';
import type { ClusterNode } from './cluster.js';
import { isLostConnection } from './errors.js';

/** The database is a node of a cluster, and takes no statement just now. */
export class NodeServesNobody extends Error {
  constructor(
    readonly node: ClusterNode,
    readonly why: string,
    cause: unknown,
  ) {
    super(`The database serves nobody: ${why}`, { cause });
  }
}

/**
 * Opens it, and looks whether it is fit. Where it is not, nothing of it stays open: TypeORM keeps the connections whose first
 * question was refused, and with them the process.
 *
 * @throws {NodeServesNobody} what a node of a cluster says of itself, in the place of the question that it refused.
 */
export async function opened(
  dataSource: DataSource,
  check: (open: DataSource) => Promise<void> = () => Promise.resolve(),
): Promise<DataSource> {
  try {
    await dataSource.initialize();
    await check(dataSource);
    return dataSource;
  } catch (error) {
    // Where nobody answers there is nobody to ask.
    const node = isLostConnection(error) ? null : await clusterNodeOf(dataSource).catch(() => null);
    await closed(dataSource);
    const why = node && faultOfNode(node);
    throw node && why ? new NodeServesNobody(node, why, error) : error;
  }
}

async function closed(dataSource: DataSource): Promise<void> {
  try {
    await dataSource.driver.disconnect();
  } catch {
    // It had not come so far as to be open.
  }
}
