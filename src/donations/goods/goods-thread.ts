import { Injectable } from '@nestjs/common';
import type { Duty, DutyCard, DutyThread } from '../../duties/index.js';
import type { Actor, Role } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { societyOf } from '../../platform/web/caller.js';
import { expiryWords } from '../domain/goods.js';
import { GoodsQueries } from './goods.queries.js';

const SHOWN_TO: readonly Role[] = ['secretary', 'clerk', 'chair', 'supervisor'];

/** What a home page says of goods that are about to expire. */
@Injectable()
export class GoodsThread implements DutyThread {
  constructor(
    private readonly queries: GoodsQueries,
    private readonly clock: Clock,
  ) {}

  async cardOf(actor: Actor, duty: Duty): Promise<DutyCard | null> {
    if (duty.subjectKind !== 'goods-item' || !actor.roles.some((role) => SHOWN_TO.includes(role)))
      return null;
    const stock = await this.queries.stock(societyOf(actor));
    const item = stock.find(({ id }) => id === duty.subjectId);
    if (!item) return null;
    const href = `/s/goods/items/${item.id}`;
    return {
      title: `${item.name} · 还有 ${item.inStock} ${item.unit}`,
      href,
      lines: [expiryWords(item.expiresOn, dayOf(this.clock.now()))],
      actHref: actor.roles.includes(duty.ownerRole) ? href : null,
      waiting: '等秘书长处理物资',
    };
  }
}
