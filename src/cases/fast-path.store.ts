import { Injectable } from '@nestjs/common';
import { Ids } from '../kernel/ids.js';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { FAST_PATH_WORDS } from './domain/fast-path.js';
import type { LiftReason, Risk, Signatures, Trio } from './domain/fast-path.js';
import { FastPathNotFound, FastPathOver, RatificationAlreadyAsked } from './domain/fast-path.errors.js';
import { FastPath, FastPathSuspension } from './fast-path.entity.js';

/** The row as plain data. */
export type FastPathRow = Pick<FastPath, keyof FastPath>;

export type NewFastPath = Trio & {
  readonly id: string;
  readonly caseId: string;
  readonly societyId: string;
  readonly risk: Risk;
  readonly openedAt: Date;
  readonly dueAt: Date;
};

const UNIQUE_OPEN = { name: 'uq_fast_paths_open', columns: 'fast_paths.open_key' };
const UNIQUE_SEQUENCE = {
  name: 'uq_fast_paths_sequence',
  columns: 'fast_paths.case_id, fast_paths.sequence',
};

/** Somebody signed, stopped or ended it since this unit read it: a new unit will read how it stands. */
const moved = (): Error => new StaleSnapshot('The fast path has moved on');

@Injectable()
export class FastPathStore {
  constructor(private readonly ids: Ids) {}

  /** Opening is the secretary-general's own yes. */
  async insert(tx: Tx, path: NewFastPath): Promise<void> {
    const sequence = (await tx.rows.countBy(FastPath, { caseId: path.caseId })) + 1;
    try {
      await tx.insert(FastPath, {
        ...path,
        sequence,
        state: 'OPEN',
        version: 1,
        openKey: path.caseId,
        chairSaid: null,
        chairAt: null,
        secretarySaid: 'yes',
        secretaryAt: path.openedAt,
        supervisorSaid: null,
        supervisorAt: null,
        endedAt: null,
        ratificationRoundId: null,
        ratifiedAt: null,
        reviewWantedAt: null,
      });
    } catch (error) {
      throw breaksUnique(error, UNIQUE_OPEN) || breaksUnique(error, UNIQUE_SEQUENCE) ? moved() : error;
    }
  }

  /** Another society's is not there (D4-69). */
  async get(tx: Tx, societyId: string, fastPathId: string): Promise<FastPathRow> {
    const row = await tx.rows.findOneBy(FastPath, { id: fastPathId, societyId });
    if (!row) throw new FastPathNotFound();
    return row;
  }

  /** As a step of a unit whose society is known to be the right one. */
  async getOwn(tx: Tx, fastPathId: string): Promise<FastPathRow> {
    const row = await tx.rows.findOneBy(FastPath, { id: fastPathId });
    if (!row) throw new FastPathNotFound();
    return row;
  }

  /** The last attempt of a case; null where there was none. */
  async latest(tx: Tx, caseId: string): Promise<FastPathRow | null> {
    const [row] = await tx.rows.find(FastPath, { where: { caseId }, order: { sequence: 'DESC' }, take: 1 });
    return row ?? null;
  }

  /** The signature and what it leads to, on the version that this unit has read. */
  async sign(
    tx: Tx,
    path: FastPathRow,
    now: Signatures,
    state: 'OPEN' | 'APPROVED' | 'STOPPED',
    at: Date,
  ): Promise<void> {
    const isOver = state !== 'OPEN';
    await tx.changeOne(moved)`
      UPDATE fast_paths
      SET state = ${state}, version = version + 1,
          open_key = ${isOver ? null : path.openKey}, ended_at = ${isOver ? at : null},
          chair_said = ${now.chairSaid}, chair_at = ${now.chairAt},
          secretary_said = ${now.secretarySaid}, secretary_at = ${now.secretaryAt},
          supervisor_said = ${now.supervisorSaid}, supervisor_at = ${now.supervisorAt}
      WHERE id = ${path.id} AND state = 'OPEN' AND version = ${path.version}`;
  }

  async expire(tx: Tx, { id, state, version }: FastPathRow, at: Date): Promise<void> {
    if (state !== 'OPEN') throw new FastPathOver(FAST_PATH_WORDS[state]);
    await tx.changeOne(moved)`
      UPDATE fast_paths SET state = 'EXPIRED', version = version + 1, open_key = ${null}, ended_at = ${at}
      WHERE id = ${id} AND state = 'OPEN' AND version = ${version}`;
  }

  /** Its case goes another way. What had ended before keeps its hour. */
  async cancel(tx: Tx, { id, version, endedAt }: FastPathRow, at: Date): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE fast_paths
      SET state = 'CANCELLED', version = version + 1, open_key = ${null}, ended_at = ${endedAt ?? at}
      WHERE id = ${id} AND state IN ('OPEN', 'APPROVED') AND version = ${version}`;
  }

  async askRatification(tx: Tx, { id }: FastPathRow, roundId: string): Promise<void> {
    await tx.changeOne(() => new RatificationAlreadyAsked())`
      UPDATE fast_paths SET ratification_round_id = ${roundId}, version = version + 1
      WHERE id = ${id} AND state = 'APPROVED' AND ratification_round_id IS NULL`;
  }

  async ratified(tx: Tx, { id, version }: FastPathRow, at: Date): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE fast_paths SET state = 'RATIFIED', ratified_at = ${at}, version = version + 1
      WHERE id = ${id} AND state = 'APPROVED' AND version = ${version}`;
  }

  async notRatified(tx: Tx, { id, version }: FastPathRow, at: Date): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE fast_paths SET state = 'NOT_RATIFIED', review_wanted_at = ${at}, version = version + 1
      WHERE id = ${id} AND state = 'APPROVED' AND version = ${version}`;
  }

  async suspend(tx: Tx, path: FastPathRow, since: Date): Promise<void> {
    const rows = [path.chairId, path.secretaryId, path.supervisorId].map((personId) => ({
      id: this.ids.next(),
      societyId: path.societyId,
      personId,
      fastPathId: path.id,
      since,
      liftedAt: null,
      liftedBy: null,
      liftReason: null,
    }));
    await tx.insert(FastPathSuspension, rows);
  }

  /** All that still holds this person off. Says how many there were: none is no error. */
  async lift(
    tx: Tx,
    whom: { readonly societyId: string; readonly personId: string },
    lift: { readonly at: Date; readonly by: string | null; readonly reason: LiftReason },
  ): Promise<number> {
    return tx.change`
      UPDATE fast_path_suspensions
      SET lifted_at = ${lift.at}, lifted_by = ${lift.by}, lift_reason = ${lift.reason}
      WHERE society_id = ${whom.societyId} AND person_id = ${whom.personId} AND lifted_at IS NULL`;
  }
}
