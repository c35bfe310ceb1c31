import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import type { LotSource } from '../../ledger/index.js';
import { breaksUnique, StaleSnapshot } from '../../platform/database/errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import { UseChange, UseChangeGiver, UseChangeLot } from './change-of-use.entity.js';
import {
  AnswerLinkUnknown,
  ChangeAlreadyOpen,
  ChangeMovedOn,
  ChangeNotFound,
  GiverNotAsked,
  QuestionNotFound,
} from '../domain/change-of-use.errors.js';
import { CHANGE_ROAD, CHANGE_STATE_WORDS } from '../domain/change-of-use.js';
import type { AnsweredHow, ChangeState, Said } from '../domain/change-of-use.js';
import type { LeftLot } from '../domain/refund.js';

const ONE_OPEN = { name: 'uq_use_changes_open', columns: 'use_changes.open_key' };

export type ChangeRow = { readonly [Key in keyof UseChange]: UseChange[Key] };
export type GiverRow = { readonly [Key in keyof UseChangeGiver]: UseChangeGiver[Key] };
export type PartRow = { readonly [Key in keyof UseChangeLot]: UseChangeLot[Key] };

/** A lot of the purse, with what says whose word it takes to use it otherwise. */
export type PurseLot = LeftLot & {
  readonly source: LotSource;
  readonly giftId: string | null;
  readonly donorId: string | null;
  readonly campaignId: string | null;
};

type RawLot = Omit<PurseLot, 'leftFen' | 'purseFreeFen'> &
  Record<'leftFen' | 'purseFreeFen', number | string>;

export type Spoken = {
  readonly answer: Said;
  readonly how: AnsweredHow;
  readonly paperFileId: string | null;
  readonly recordedBy: string | null;
  readonly at: Date;
};

const moved = (): Error =>
  new StaleSnapshot('The change of use was moved by another unit at the same moment');

/** Rows of changes of use; another society's is not found. */
@Injectable()
export class ChangesOfUseStore {
  async insert(tx: Tx, change: ChangeRow): Promise<void> {
    try {
      await tx.insert(UseChange, change);
    } catch (error) {
      throw breaksUnique(error, ONE_OPEN) ? new ChangeAlreadyOpen() : error;
    }
  }

  async get(tx: Tx, societyId: string, changeId: string): Promise<ChangeRow> {
    const row = await tx.rows.findOneBy(UseChange, { id: changeId, societyId });
    if (!row) throw new ChangeNotFound();
    return row;
  }

  /** Changes that a motion would undo: their money came from where it would go, and lies where it would come from. */
  async undoneBy(
    tx: Tx,
    { societyId, fund, restriction, intoFund, intoRestriction }: ChangeRow,
  ): Promise<readonly string[]> {
    const way = {
      fund: intoFund,
      restriction: intoRestriction,
      intoFund: fund,
      intoRestriction: restriction,
    };
    const done = { societyId, ...way, state: 'DONE' } as const;
    return (await tx.rows.findBy(UseChange, done)).map(({ id }) => id);
  }

  /** Takes a change for this unit in the state that it must be in: whoever acts on it at the same moment waits. */
  async take(tx: Tx, societyId: string, changeId: string, state: ChangeState): Promise<ChangeRow> {
    const taken = await tx.change`
      UPDATE use_changes SET version = version + 1
      WHERE id = ${changeId} AND society_id = ${societyId} AND state = ${state}`;
    const row = await this.get(tx, societyId, changeId);
    if (taken !== 1) throw new ChangeMovedOn(CHANGE_STATE_WORDS[row.state]);
    return row;
  }

  /** The board agreed: the givers are asked from now on, until the day named. */
  async asking(
    tx: Tx,
    seen: ChangeRow,
    {
      decision,
      askedOn,
      answerBy,
    }: { readonly decision: string; readonly askedOn: Day; readonly answerBy: Day },
  ): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE use_changes SET state = 'ASKING', decision = ${decision}, asked_on = ${askedOn}, answer_by = ${answerBy}
      WHERE id = ${seen.id} AND state = 'VOTING'`;
  }

  async end(tx: Tx, seen: ChangeRow, state: 'DONE' | 'DROPPED', at: Date): Promise<void> {
    if (!CHANGE_ROAD[seen.state].includes(state)) throw new ChangeMovedOn(CHANGE_STATE_WORDS[seen.state]);
    await tx.changeOne(moved)`
      UPDATE use_changes SET state = ${state}, ended_at = ${at}, open_key = NULL
      WHERE id = ${seen.id} AND open_key IS NOT NULL`;
  }

  /** Every lot of the purse of which something is neither used nor held back, the oldest first. */
  async lotsIn(tx: Tx, balanceId: string): Promise<PurseLot[]> {
    const rows = await tx.read<RawLot>`
      SELECT l.id AS "lotId", l.balance_id AS "balanceId", l.left_fen - l.frozen_fen AS "leftFen",
             f.balance_fen - f.reserved_fen - f.frozen_fen AS "purseFreeFen", l.source AS "source",
             x.gift_id AS "giftId", g.donor_id AS "donorId", g.campaign_id AS "campaignId"
      FROM lots l JOIN fund_balances f ON f.id = l.balance_id
      LEFT JOIN gift_lots x ON x.lot_id = l.id LEFT JOIN gifts g ON g.id = x.gift_id
      WHERE l.balance_id = ${balanceId} AND l.left_fen > l.frozen_fen
      ORDER BY l.received_on, l.id`;
    return rows.map((row) => ({
      ...row,
      leftFen: fen(Number(row.leftFen)),
      purseFreeFen: fen(Number(row.purseFreeFen)),
    }));
  }

  async insertGiver(tx: Tx, giver: GiverRow): Promise<void> {
    await tx.insert(UseChangeGiver, giver);
  }

  async insertPart(tx: Tx, part: PartRow): Promise<void> {
    await tx.insert(UseChangeLot, part);
  }

  giversOf(tx: Tx, changeId: string): Promise<GiverRow[]> {
    return tx.rows.find(UseChangeGiver, { where: { changeId }, order: { id: 'ASC' } });
  }

  partsOf(tx: Tx, changeId: string): Promise<PartRow[]> {
    return tx.rows.find(UseChangeLot, { where: { changeId }, order: { id: 'ASC' } });
  }

  async giver(tx: Tx, changeId: string, giverId: string): Promise<GiverRow> {
    const row = await tx.rows.findOneBy(UseChangeGiver, { id: giverId, changeId });
    if (!row) throw new GiverNotAsked();
    return row;
  }

  async giverByToken(tx: Tx, tokenHash: string): Promise<GiverRow> {
    const row = await tx.rows.findOneBy(UseChangeGiver, { tokenHash });
    if (!row) throw new AnswerLinkUnknown();
    return row;
  }

  /**
   * The question for whoever has the account of its giver. Whose gifts they are says the gift, which a merger of donors
   * takes along; the donor's row is taken, so that whoever cuts the account off or merges him meanwhile waits.
   */
  async takeGiverOf(tx: Tx, accountId: string, giverId: string): Promise<GiverRow> {
    const [owner] = await tx.read<{ donorId: string }>`
      SELECT g.donor_id AS "donorId" FROM use_change_lots p JOIN gifts g ON g.id = p.gift_id
      WHERE p.giver_id = ${giverId} LIMIT 1`;
    const donorId = owner?.donorId ?? null;
    await tx.changeOne(() => new QuestionNotFound())`
      UPDATE donors SET version = version + 1
      WHERE id = ${donorId} AND account_id = ${accountId} AND merged_into_id IS NULL`;
    const row = await tx.rows.findOneBy(UseChangeGiver, { id: giverId });
    if (!row) throw new QuestionNotFound();
    return row;
  }

  async answered(tx: Tx, { id, version }: GiverRow, said: Spoken): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE use_change_givers
      SET answer = ${said.answer}, how = ${said.how}, paper_file_id = ${said.paperFileId}, answered_at = ${said.at},
          recorded_by = ${said.recordedBy}, version = version + 1
      WHERE id = ${id} AND version = ${version}`;
  }

  /** A newer link takes the place of the older one, which opens nothing any more. */
  async linked(tx: Tx, { id }: GiverRow, tokenHash: string, at: Date): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE use_change_givers SET token_hash = ${tokenHash}, link_made_at = ${at} WHERE id = ${id}`;
  }

  async partMoved(tx: Tx, partId: string, newLotId: string): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE use_change_lots SET state = 'MOVED', new_lot_id = ${newLotId} WHERE id = ${partId} AND state = 'FROZEN'`;
  }

  async partReturned(tx: Tx, partId: string, refundId: string): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE use_change_lots SET state = 'RETURNED', refund_id = ${refundId} WHERE id = ${partId} AND state = 'FROZEN'`;
  }

  async partThawed(tx: Tx, partId: string): Promise<void> {
    await tx.changeOne(moved)`
      UPDATE use_change_lots SET state = 'THAWED' WHERE id = ${partId} AND state = 'FROZEN'`;
  }

  /** How much has gone on to the other purse by now, for the notice. */
  async movedOf(tx: Tx, changeId: string): Promise<Fen> {
    const [row] = await tx.read<{ moved: number | string }>`
      SELECT COALESCE(SUM(amount_fen), 0) AS "moved" FROM use_change_lots
      WHERE change_id = ${changeId} AND state = 'MOVED'`;
    return fen(Number(row?.moved ?? 0));
  }
}
