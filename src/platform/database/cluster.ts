import type { DataSource } from 'typeorm';

/** What a node of a Galera cluster says of itself. */
export type ClusterNode = {
  /** `Synced`, `Donor/Desynced`, `Joining: receiving State Transfer`, `Initialized`, `Inconsistent`, … */
  readonly state: string;
  /** `Primary` where it sees the majority; `non-Primary` or `Disconnected` where it does not. */
  readonly cluster: string;
  /** How many nodes it sees, itself included. */
  readonly size: number;
  /** Whether it takes statements at all. */
  readonly isReady: boolean;
};

type Row = { readonly Variable_name: string; readonly Value: string };

/**
 * What a session on a node is told besides: what was acknowledged by another node is seen by each read and each beginning
 * of a unit (a tenth of the reads came too early without it), and changes of the schema reach every node in one order.
 * Nothing changes on a server that is no node.
 */
export const CLUSTER_SESSION = `SET SESSION wsrep_sync_wait = 1, wsrep_OSU_method = 'TOI'`;
/** A server that was built without clusters does not know these names. */
export const UNKNOWN_VARIABLE = 1193;

/** Null where the database is no cluster. SHOW is all that a node answers which serves nobody. */
export async function clusterNodeOf(dataSource: DataSource): Promise<ClusterNode | null> {
  if (dataSource.options.type === 'better-sqlite3') return null;
  const [on] = await dataSource.query<Row[]>(`SHOW GLOBAL VARIABLES LIKE 'wsrep_on'`);
  if (on?.Value !== 'ON') return null;
  const rows = await dataSource.query<Row[]>(`SHOW GLOBAL STATUS LIKE 'wsrep%'`);
  const value = (name: string): string => rows.find((row) => row.Variable_name === name)?.Value ?? '';
  return {
    state: value('wsrep_local_state_comment'),
    cluster: value('wsrep_cluster_status'),
    size: Number(value('wsrep_cluster_size')),
    isReady: value('wsrep_ready') === 'ON',
  };
}

/** Why nobody should be sent to this node, in words; null where it serves. */
export function faultOfNode({ state, cluster, isReady }: ClusterNode): string | null {
  if (state === 'Inconsistent')
    return 'the others voted this node out, its rows are not theirs: rebuild it from another';
  if (cluster !== 'Primary') return 'this node does not see the majority of its cluster';
  if (!isReady) return 'this node has not caught up with its cluster yet';
  return null;
}
