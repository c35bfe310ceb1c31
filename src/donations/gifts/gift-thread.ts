import { Injectable } from '@nestjs/common';
import type { Duty, DutyCard, DutyThread } from '../../duties/index.js';
import type { Actor, Role } from '../../kernel/actor.js';
import { yuanShort } from '../../kernel/fen.js';
import { societyOf } from '../../platform/web/caller.js';
import { GiftNotFound } from '../domain/donations.errors.js';
import { UNNAMED_DONOR } from '../domain/donor.js';
import { GiftsQueries } from './gifts.queries.js';
import type { GiftRow } from './gifts.queries.js';

/** Who sees what is owed about a gift: whoever keeps it, pays it back, or answers for the house. */
const SHOWN_TO: readonly Role[] = ['accountant', 'cashier', 'secretary', 'supervisor', 'chair', 'deputy'];

const WAITING: Readonly<Partial<Record<Duty['kind'], string>>> = {
  ISSUE_RECEIPT: '等会计开票据',
  IDENTIFY_MONEY: '等会计认领来款',
  PAY_REFUND: '等出纳退款',
  AGREE_MANAGEMENT: '等理事长或副理事长同意',
};

/** What a home page says of a duty about a gift. */
@Injectable()
export class GiftThread implements DutyThread {
  constructor(private readonly queries: GiftsQueries) {}

  async cardOf(actor: Actor, duty: Duty): Promise<DutyCard | null> {
    if (duty.subjectKind !== 'gift' || !actor.roles.some((role) => SHOWN_TO.includes(role))) return null;
    const gift = await this.find(societyOf(actor), duty.threadId);
    if (!gift) return null;
    const isOfCosts = duty.kind === 'AGREE_MANAGEMENT';
    const href = `/s/donations/${gift.id}${isOfCosts ? '/management' : ''}`;
    const doers: readonly Role[] = isOfCosts ? ['chair', 'deputy'] : [duty.ownerRole];
    const who = gift.state === 'UNKNOWN' ? '不知道是谁的来款' : (gift.shownName ?? UNNAMED_DONOR);
    return {
      title: `${who} · ${yuanShort(gift.amountFen)} 元`,
      href,
      lines: [`捐赠 ${gift.givenOn}`],
      actHref: actor.roles.some((role) => doers.includes(role)) ? href : null,
      waiting: WAITING[duty.kind] ?? '等会计办',
    };
  }

  private async find(societyId: string, giftId: string | null): Promise<GiftRow | null> {
    if (giftId === null) return null;
    try {
      return await this.queries.gift(societyId, giftId);
    } catch (error) {
      if (error instanceof GiftNotFound) return null;
      throw error;
    }
  }
}
