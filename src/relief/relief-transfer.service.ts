import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { PeopleService } from '../people/index.js';
import { SocietiesQueries, SocietyNotFound } from '../societies/index.js';
import { DESK_STATES } from './domain/relief-procedure.js';
import { RELIEF_STATE_WORDS } from './domain/relief-words.js';
import { AlreadyItsHome, ReliefNotInState } from './domain/relief.errors.js';
import { ReliefGround } from './relief-ground.js';
import { ReliefStore } from './relief.store.js';

export type TransferTyped = { readonly reliefId: string; readonly toSocietyId: string };

/** Whoever asked from somewhere else is looked after at home: the file goes to the society of the place (domain.md 2.2). */
@Injectable()
export class ReliefTransferService {
  constructor(
    private readonly commands: Commands,
    private readonly store: ReliefStore,
    private readonly ground: ReliefGround,
    private readonly register: PeopleService,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
  ) {}

  /**
   * The family goes into the register of its home, with what it has agreed to and what not; from now on that society
   * completes the file.
   */
  async transferHome(caller: Caller, typed: TransferTyped): Promise<{ reliefId: string }> {
    const { reliefId, toSocietyId } = typed;
    const { personId: byPersonId } = caller.actor;
    const known = await this.ground.atTheDesk(caller.actor, reliefId);
    if ((await this.societies.federationOf(toSocietyId))?.id !== known.societyId) throw new SocietyNotFound();
    const home = await this.societies.society(known.homeSocietyId);
    const to = await this.societies.society(toSocietyId);
    const place = await this.societies.place(home.regionId, this.ground.today());
    return this.commands.run(caller, { act: 'transferRelief', body: typed }, async (tx, trail) => {
      // Not sooner: asked again, it is answered as before.
      if (toSocietyId === known.homeSocietyId) throw new AlreadyItsHome();
      const row = await this.store.get(tx, known.societyId, reliefId);
      if (!DESK_STATES.includes(row.state)) throw new ReliefNotInState(RELIEF_STATE_WORDS[row.state]);
      const person = await this.register.copyPerson(tx, row.originPersonId, {
        ...{ fromSocietyId: row.homeSocietyId, toSocietyId, place: place.name, numberPrefix: home.boardCode },
      });
      const from = { societyId: row.societyId, personId: row.applicantId };
      await this.register.bringConsents(tx, from, {
        ...{ societyId: toSocietyId, personId: person.id },
        ...{ sourceId: reliefId, at: this.clock.now(), byPersonId },
      });
      await this.store.change(tx, row, { homeSocietyId: toSocietyId, originPersonId: person.id });
      trail.on('relief', reliefId, {
        threadId: reliefId,
        before: { homeSocietyId: row.homeSocietyId },
        after: { homeSocietyId: toSocietyId },
        words: `转到户籍地：${to.name}`,
      });
      return { reliefId };
    });
  }
}
