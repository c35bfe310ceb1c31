import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import { HouseMotion, issuerOf } from '../../board/index.js';
import type { Caller } from '../../kernel/actor.js';
import { dayWords } from '../../kernel/chinese/words.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { yuanText } from '../../kernel/fen.js';
import { Ids } from '../../kernel/ids.js';
import { societyOf } from '../../platform/web/caller.js';
import { refuseBeforeDue, UNKNOWN_DAYS } from '../domain/change-of-use.js';
import { GiftsStore } from '../gifts/gifts.store.js';
import { UNCLAIMED_MONEY } from './house-motion.js';
import { UnknownMoneyStore } from './unknown-money.store.js';

export type UnclaimedAsked = { readonly motionId: string; readonly roundId: string };

/** Asks the board to take money for which nobody came in ninety days (domain.md 2.4). */
@Injectable()
export class UnknownMoneyService {
  constructor(
    private readonly store: UnknownMoneyStore,
    private readonly gifts: GiftsStore,
    private readonly motion: HouseMotion,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async askUnclaimed(caller: Caller, asked: { readonly giftId: string }): Promise<UnclaimedAsked> {
    const { actor } = caller;
    const societyId = societyOf(actor);
    const ground = await this.motion.groundOf(societyId);
    return this.commands.run(caller, { act: 'askUnclaimed', body: asked }, async (tx, trail) => {
      const gift = await this.gifts.take(tx, societyId, asked.giftId, 'UNKNOWN');
      const at = this.clock.now();
      refuseBeforeDue(dayOf(gift.recordedAt), dayOf(at));
      const id = this.ids.next();
      await this.store.insert(tx, {
        ...{ id, societyId, giftId: gift.id, issuer: issuerOf(ground), state: 'VOTING' },
        ...{ openedBy: actor.personId, openedAt: at, endedAt: null, openKey: gift.id },
      });
      const words = `${dayWords(gift.givenOn)}到账、满 ${UNKNOWN_DAYS} 天无人认领的 ${yuanText(gift.amountFen)} 元，转作不指定用途的互助支出`;
      const { roundId } = await this.motion.open(tx, trail, ground, {
        ...{ societyId, kind: UNCLAIMED_MONEY, id, words },
        ...{ amountFen: gift.amountFen, openedBy: actor.personId },
      });
      trail.on('gift', gift.id, { threadId: id, after: { motionId: id }, words: `请理事表决：${words}` });
      return { motionId: id, roundId };
    });
  }
}
