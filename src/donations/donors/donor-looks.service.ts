import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf, startOfDay } from '../../kernel/day.js';
import { Ids } from '../../kernel/ids.js';
import { isStillShown, limitBroken, LOOK_LIMITS } from '../../people/domain/look.js';
import { LookOver, LookRefused, LooksExhausted } from '../../people/domain/look.errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import { societyOf } from '../../platform/web/caller.js';
import { donorLookWords } from '../domain/donor-look.js';
import type { DonorLookReason } from '../domain/donor-look.js';
import { DonorLooksStore } from './donor-looks.store.js';
import { DonorSecrets } from './donor-secrets.queries.js';
import type { DonorSecret } from './donor-secrets.queries.js';

export type DonorLookAsked = { readonly donorId: string; readonly reason: DonorLookReason };

/** 看姓名和手机: opened for whoever says why, within the limits that hold for persons, and on the record (ADR 24, 30). */
@Injectable()
export class DonorLooksService {
  constructor(
    private readonly store: DonorLooksStore,
    private readonly secrets: DonorSecrets,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** The look is on record before the value leaves; a form sent twice is one look. */
  async look(caller: Caller, asked: DonorLookAsked): Promise<DonorSecret> {
    const { actor } = caller;
    const societyId = societyOf(actor);
    const { donorId, reason } = asked;
    const secret = await this.secrets.of(societyId, donorId);
    const { at } = await this.commands.run(caller, { act: 'unmask', body: asked }, async (tx, trail) => {
      const lookedAt = await this.record(tx, actor, asked);
      trail.on('donor', donorId, { words: donorLookWords(reason) });
      return { at: lookedAt.toISOString() };
    });
    if (!isStillShown(new Date(at), this.clock.now())) throw new LookOver();
    return secret;
  }

  /** A form to correct him holds both in full: opening it is a look like any other. */
  async lookToCorrect(actor: Actor, donorId: string): Promise<DonorSecret> {
    return this.look({ actor, key: this.ids.next() }, { donorId, reason: 'CORRECTION' });
  }

  private async record(tx: Tx, actor: Actor, { donorId, reason }: DonorLookAsked): Promise<Date> {
    const { accountId } = actor;
    if (accountId === null) throw new LookRefused('NOT_YOURS'); // a look is somebody's
    const at = this.clock.now();
    const lately = new Date(at.getTime() - LOOK_LIMITS.whileMinutes * 60_000);
    const pace = await this.store.paceOf(tx, accountId, { today: startOfDay(dayOf(at)), lately });
    const broken = limitBroken(pace);
    if (broken) throw new LooksExhausted(broken);
    await this.store.insert(tx, {
      ...{ id: this.ids.next(), societyId: societyOf(actor), accountId, sequence: pace.last + 1 },
      ...{ lookerId: actor.personId, donorId, reason, at },
    });
    return at;
  }
}
