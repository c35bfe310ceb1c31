import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import { OfficesQueries } from '../../offices/index.js';
import type { Holder } from '../../offices/index.js';
import { PeopleQueries } from '../../people/index.js';
import { Reads } from '../../platform/database/reads.js';
import { handsOf } from '../domain/receipt.js';
import type { GiftFacts } from '../gifts/gift.entity.js';

export type Hands = {
  readonly reviewer: string | null;
  readonly receiver: string | null;
  readonly receiverId: string | null;
};

/** Who may stand on a receipt, read before its unit of work begins: nothing there waits for a second connection. */
export type HandsGround = {
  readonly holders: readonly Holder[];
  readonly names: ReadonlyMap<string, string>;
};

/** 复核人 and 收款人 of a receipt. */
@Injectable()
export class ReceiptHandsReading {
  constructor(
    private readonly reads: Reads,
    private readonly offices: OfficesQueries,
    private readonly people: PeopleQueries,
  ) {}

  async ground(societyId: string, giftId: string, issuerId: string | null, on: Day): Promise<HandsGround> {
    const holders = await this.offices.holdersOn(societyId, on);
    const gift = await this.reads.one<{ receivedBy: string | null }>`
      SELECT received_by AS "receivedBy" FROM gifts WHERE id = ${giftId} AND society_id = ${societyId}`;
    // Whoever took it in may have left the office since.
    const others = [issuerId, gift?.receivedBy ?? null].filter((id) => id !== null);
    const persons = await this.people.persons(societyId, [...new Set(others)]);
    const names = [
      ...holders.map(({ personId, name }) => [personId, name] as const),
      ...persons.map(({ id, name }) => [id, name] as const),
    ];
    return { holders, names: new Map(names) };
  }
}

export function handsIn(
  { holders, names }: HandsGround,
  { receivedBy, method }: Pick<GiftFacts, 'receivedBy' | 'method'>,
  issuerId: string | null,
): Hands {
  const having = (office: 'ACCOUNTANT' | 'CASHIER') =>
    holders.filter(({ offices }) => offices.includes(office)).map(({ personId }) => personId);
  const { reviewerId, receiverId } = handsOf({
    ...{ issuerId, receivedBy, method },
    accountants: having('ACCOUNTANT'),
    cashiers: having('CASHIER'),
  });
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
  return { reviewer: nameOf(reviewerId), receiver: nameOf(receiverId), receiverId };
}
