import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Clock } from '../kernel/clock.js';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import { Ids } from '../kernel/ids.js';
import { breaksUnique, StaleSnapshot } from '../platform/database/errors.js';
import type { Tx } from '../platform/database/transactions.js';
import { CapClaim, CapCounterRow, CapGroup, CapMember, CapMoveRow } from './cap.entity.js';
import type { CapCounter, MoveKind } from './domain/cap.js';
import { CapAlreadyHeld, CapClaimNotHeld, CapExhausted, CapRestoredTooMuch } from './domain/funds.errors.js';

const ONE_GROUP = { name: 'uq_cap_members_identity', columns: 'cap_members.identity' };
const ONE_COUNTER = {
  name: 'uq_cap_counters_key',
  columns: 'cap_counters.fund_id, cap_counters.group_id, cap_counters.window_key',
};
const ONE_PURPOSE = { name: 'uq_cap_claims_purpose', columns: 'cap_claims.purpose' };
const NONE = fen(0);

export type CounterKey = { readonly fundId: string; readonly groupId: string; readonly windowKey: string };

const changedMeanwhile = (): Error =>
  new StaleSnapshot('A cap was changed by another unit at the same moment');

/**
 * Groups, counters and claims. Each guard stands in the statement that changes the row; whatever stood still for a moment
 * too long is done again with a new snapshot. Within a unit the rows are changed in one order: group, claim, counter.
 */
@Injectable()
export class CapsStore {
  constructor(
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** The groups that these identities are in by now, the oldest first. */
  async groupsOf(tx: Tx, identities: readonly string[]): Promise<string[]> {
    const members = await tx.rows.findBy(CapMember, { identity: In([...identities]) });
    const groups = new Set<string>();
    for (const { groupId } of members) groups.add(await this.survivorOf(tx, groupId));
    return [...groups].sort();
  }

  async newGroup(tx: Tx): Promise<string> {
    const id = this.ids.next();
    const at = this.clock.now();
    await tx.insert(CapGroup, { id, counters: 0, mergedIntoId: null, mergedAt: null, createdAt: at });
    return id;
  }

  /** Whoever is in no group yet joins this one, for good. */
  async join(tx: Tx, groupId: string, identities: readonly string[]): Promise<void> {
    const known = await tx.rows.findBy(CapMember, { identity: In([...identities]) });
    const names = new Set(known.map(({ identity }) => identity));
    const joinedAt = this.clock.now();
    const members = identities
      .filter((identity) => !names.has(identity))
      .map((identity) => ({ id: this.ids.next(), identity, groupId, joinedAt }));
    try {
      await tx.insert(CapMember, members);
    } catch (error) {
      throw breaksUnique(error, ONE_GROUP) ? changedMeanwhile() : error;
    }
  }

  /** Ends a group. From here on no counter is made in it, and each that it has goes on in one of the other. */
  async endGroup(tx: Tx, groupId: string, survivorId: string): Promise<CapCounterRow[]> {
    await tx.changeOne(changedMeanwhile)`
      UPDATE cap_groups SET merged_into_id = ${survivorId}, merged_at = ${this.clock.now()}
      WHERE id = ${groupId} AND merged_into_id IS NULL`;
    return tx.rows.find(CapCounterRow, { where: { groupId }, order: { id: 'ASC' } });
  }

  /** What the one holds by now goes into the other; the guard is that nobody has moved it since it was read. */
  async absorb(tx: Tx, from: CapCounterRow, intoId: string): Promise<void> {
    await tx.changeOne(changedMeanwhile)`
      UPDATE cap_counters SET merged_into_id = ${intoId}
      WHERE id = ${from.id} AND moves = ${from.moves} AND merged_into_id IS NULL`;
    const { usedFen, reservedFen } = from;
    await tx.changeOne(changedMeanwhile)`
      UPDATE cap_counters
      SET used_fen = CASE WHEN used_fen > ${usedFen} THEN used_fen ELSE ${usedFen} END,
          reserved_fen = reserved_fen + ${reservedFen}, moves = moves + 1
      WHERE id = ${intoId} AND merged_into_id IS NULL`;
    await this.write(tx, intoId, 'MERGED', null, { usedFen, reservedFen });
  }

  async counter(tx: Tx, key: CounterKey): Promise<CapCounterRow> {
    const found = await tx.rows.findOneBy(CapCounterRow, key);
    if (found) return found;
    await tx.changeOne(changedMeanwhile)`
      UPDATE cap_groups SET counters = counters + 1 WHERE id = ${key.groupId} AND merged_into_id IS NULL`;
    const row = {
      ...key,
      id: this.ids.next(),
      usedFen: NONE,
      reservedFen: NONE,
      moves: 0,
      mergedIntoId: null,
    };
    try {
      await tx.insert(CapCounterRow, row);
    } catch (error) {
      throw breaksUnique(error, ONE_COUNTER) ? changedMeanwhile() : error;
    }
    return row;
  }

  /** Promises an amount that fits: nobody else has taken the room since it was read, or the unit is done again. */
  async hold(
    tx: Tx,
    counterId: string,
    claim: { readonly purpose: string; readonly capFen: Fen; readonly amountFen: Fen },
  ): Promise<void> {
    const { capFen, amountFen } = claim;
    const id = this.ids.next();
    const row = { ...claim, id, counterId, restoredFen: NONE, state: 'HELD', endedAt: null } as const;
    try {
      await tx.insert(CapClaim, { ...row, heldAt: this.clock.now() });
    } catch (error) {
      throw breaksUnique(error, ONE_PURPOSE) ? new CapAlreadyHeld() : error;
    }
    await this.reserve(tx, { counterId, claimId: id, capFen, amountFen });
  }

  claim(tx: Tx, purpose: string): Promise<CapClaim | null> {
    return tx.rows.findOneBy(CapClaim, { purpose });
  }

  /** Where the claim is counted by now. */
  async counterOf(tx: Tx, claim: CapClaim): Promise<CapCounterRow> {
    let row = await tx.rows.findOneByOrFail(CapCounterRow, { id: claim.counterId });
    while (row.mergedIntoId !== null)
      row = await tx.rows.findOneByOrFail(CapCounterRow, { id: row.mergedIntoId });
    return row;
  }

  /** False when it was not held. */
  async end(tx: Tx, purpose: string, state: 'RELEASED' | 'SPENT'): Promise<boolean> {
    const changed = await tx.change`
      UPDATE cap_claims SET state = ${state}, ended_at = ${this.clock.now()}
      WHERE purpose = ${purpose} AND state = 'HELD'`;
    return changed === 1;
  }

  async release(tx: Tx, counterId: string, { id, amountFen }: CapClaim): Promise<void> {
    await tx.changeOne(changedMeanwhile)`
      UPDATE cap_counters SET reserved_fen = reserved_fen - ${amountFen}, moves = moves + 1
      WHERE id = ${counterId} AND merged_into_id IS NULL AND reserved_fen >= ${amountFen}`;
    await this.write(tx, counterId, 'RELEASED', id, { usedFen: NONE, reservedFen: amountFen });
  }

  /** A claim that is decided in another window than it was promised in is promised there first (D4-9). */
  async moveTo(tx: Tx, claim: CapClaim, from: string, counterId: string): Promise<void> {
    await this.release(tx, from, claim);
    await tx.changeOne(() => new CapClaimNotHeld())`
      UPDATE cap_claims SET counter_id = ${counterId} WHERE id = ${claim.id}`;
    await this.reserve(tx, {
      counterId,
      claimId: claim.id,
      capFen: claim.capFen,
      amountFen: claim.amountFen,
    });
  }

  /** The promise becomes a grant, if the cap still holds it: two groups may have promised the same room. */
  async spend(tx: Tx, counterId: string, { id, capFen, amountFen }: CapClaim): Promise<void> {
    const changed = await tx.change`
      UPDATE cap_counters
      SET used_fen = used_fen + ${amountFen}, reserved_fen = reserved_fen - ${amountFen}, moves = moves + 1
      WHERE id = ${counterId} AND merged_into_id IS NULL AND reserved_fen >= ${amountFen}
        AND used_fen + ${amountFen} <= ${capFen}`;
    if (changed === 0) throw await this.refusal(tx, counterId, capFen, ({ usedFen }) => usedFen + amountFen);
    await this.write(tx, counterId, 'SPENT', id, { usedFen: amountFen, reservedFen: amountFen });
  }

  /** By what was received. */
  async restore(tx: Tx, counterId: string, claim: CapClaim, amountFen: Fen): Promise<void> {
    await tx.changeOne(() => new CapRestoredTooMuch(claim.amountFen, claim.restoredFen))`
      UPDATE cap_claims SET restored_fen = restored_fen + ${amountFen}
      WHERE id = ${claim.id} AND state = 'SPENT' AND restored_fen + ${amountFen} <= amount_fen`;
    await tx.changeOne(changedMeanwhile)`
      UPDATE cap_counters
      SET used_fen = CASE WHEN used_fen > ${amountFen} THEN used_fen - ${amountFen} ELSE 0 END, moves = moves + 1
      WHERE id = ${counterId} AND merged_into_id IS NULL`;
    await this.write(tx, counterId, 'RESTORED', claim.id, { usedFen: amountFen, reservedFen: NONE });
  }

  private async reserve(
    tx: Tx,
    {
      counterId,
      claimId,
      capFen,
      amountFen,
    }: Pick<CapClaim, 'counterId' | 'capFen' | 'amountFen'> & {
      readonly claimId: string;
    },
  ): Promise<void> {
    const changed = await tx.change`
      UPDATE cap_counters SET reserved_fen = reserved_fen + ${amountFen}, moves = moves + 1
      WHERE id = ${counterId} AND merged_into_id IS NULL AND used_fen + reserved_fen + ${amountFen} <= ${capFen}`;
    if (changed === 0)
      throw await this.refusal(tx, counterId, capFen, (row) => row.usedFen + row.reservedFen + amountFen);
    await this.write(tx, counterId, 'HELD', claimId, { usedFen: NONE, reservedFen: amountFen });
  }

  /** By its own snapshot it would be too much, or it would not, and somebody was faster. */
  private async refusal(
    tx: Tx,
    counterId: string,
    capFen: Fen,
    wouldBe: (row: CapCounterRow) => number,
  ): Promise<Error> {
    const row = await tx.rows.findOneByOrFail(CapCounterRow, { id: counterId });
    if (wouldBe(row) <= capFen) return changedMeanwhile();
    return new CapExhausted(capFen, fen(row.usedFen + row.reservedFen));
  }

  /** Where the group went on, if it was merged. */
  async survivorOf(tx: Tx, groupId: string): Promise<string> {
    for (let id = groupId; ;) {
      const { mergedIntoId } = await tx.rows.findOneByOrFail(CapGroup, { id });
      if (mergedIntoId === null) return id;
      id = mergedIntoId;
    }
  }

  /** The number of the move is the counter's own, read in the unit that has just raised it. */
  private async write(
    tx: Tx,
    counterId: string,
    kind: MoveKind,
    claimId: string | null,
    { usedFen, reservedFen }: CapCounter,
  ): Promise<void> {
    const { moves: sequence } = await tx.rows.findOneByOrFail(CapCounterRow, { id: counterId });
    const move = { id: this.ids.next(), counterId, sequence, kind, claimId, usedFen, reservedFen };
    await tx.insert(CapMoveRow, { ...move, at: this.clock.now() });
  }
}
