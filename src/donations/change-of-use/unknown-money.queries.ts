import { Injectable } from '@nestjs/common';
import { dayOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { instantOf, Reads } from '../../platform/database/reads.js';
import { GiftNotFound } from '../domain/donations.errors.js';
import { takeableFrom } from '../domain/change-of-use.js';

export type UnclaimedFacts = {
  readonly motionId: string;
  readonly giftId: string;
  readonly amountFen: Fen;
  readonly givenOn: Day;
  readonly recordedOn: Day;
  readonly recordedBy: string | null;
  /** Name and charter of the day on which the board was asked: JSON. */
  readonly issuer: string;
};

/** Money that still waits for its giver. */
export type WaitingMoney = {
  readonly giftId: string;
  readonly amountFen: Fen;
  readonly givenOn: Day;
  readonly bankReference: string | null;
  readonly note: string;
  /** From this day on the board may be asked. */
  readonly takeableFrom: Day;
  /** The round that is open about it. */
  readonly roundId: string | null;
};

type Big = number | string;
type RawMotion = Omit<UnclaimedFacts, 'amountFen' | 'recordedOn'> & {
  amountFen: Big;
  recordedAt: Date | string;
};
type RawWaiting = Omit<WaitingMoney, 'amountFen' | 'takeableFrom'> & {
  amountFen: Big;
  recordedAt: Date | string;
};

const MOST_ON_A_PAGE = 100;

@Injectable()
export class UnknownMoneyQueries {
  constructor(private readonly reads: Reads) {}

  async motion(societyId: string, motionId: string): Promise<UnclaimedFacts> {
    const row = await this.reads.one<RawMotion>`
      SELECT m.id AS "motionId", g.id AS "giftId", g.amount_fen AS "amountFen", g.given_on AS "givenOn",
             g.recorded_at AS "recordedAt", g.recorded_by AS "recordedBy", m.issuer AS "issuer"
      FROM unclaimed_motions m JOIN gifts g ON g.id = m.gift_id
      WHERE m.id = ${motionId} AND m.society_id = ${societyId}`;
    if (!row) throw new GiftNotFound();
    const { amountFen, recordedAt, ...motion } = row;
    return {
      ...motion,
      amountFen: fen(Number(amountFen)),
      recordedOn: dayOf(instantOf(recordedAt)),
    };
  }

  /** The oldest first. */
  async waiting(societyId: string): Promise<WaitingMoney[]> {
    const rows = await this.reads.all<RawWaiting>`
      SELECT g.id AS "giftId", g.amount_fen AS "amountFen", g.given_on AS "givenOn",
             g.bank_reference AS "bankReference", g.intent_words AS "note", g.recorded_at AS "recordedAt",
             r.id AS "roundId"
      FROM gifts g LEFT JOIN unclaimed_motions m ON m.open_key = g.id
      LEFT JOIN rounds r ON r.subject_kind = 'unclaimed-money' AND r.subject_id = m.id AND r.state = 'OPEN'
      WHERE g.society_id = ${societyId} AND g.state = 'UNKNOWN'
      ORDER BY g.recorded_at, g.id LIMIT ${MOST_ON_A_PAGE}`;
    return rows.map(({ amountFen, recordedAt, ...row }) => ({
      ...row,
      amountFen: fen(Number(amountFen)),
      takeableFrom: takeableFrom(dayOf(instantOf(recordedAt))),
    }));
  }

  /** For the cards of a home page: of which gift a motion is. Null where it is none of this society. */
  async find(societyId: string, motionId: string): Promise<UnclaimedFacts | null> {
    try {
      return await this.motion(societyId, motionId);
    } catch (error) {
      if (error instanceof GiftNotFound) return null;
      throw error;
    }
  }
}
