import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { PeopleService } from '../people/index.js';
import { Files } from '../platform/files/files.js';
import { societyOf } from '../platform/web/caller.js';
import { lastDayOf, OFFICE_WORDS } from './domain/office.js';
import { checkPledger, owesPledge } from './domain/officer-pledge.js';
import { TermNotFound, TermOver } from './domain/offices.errors.js';
import { RECORDERS } from './offices.permissions.js';
import { OfficesStore } from './offices.store.js';

export type PledgeTyped = {
  readonly termId: string;
  readonly how: 'PAPER' | 'ON_SCREEN';
  /** The photo of the signed sheet. */
  readonly photo?: Buffer | null;
};

/** 诚信自律承诺书: signed by whoever takes an office, once for each term (seed row 40). */
@Injectable()
export class OfficerPledgesService {
  constructor(
    private readonly commands: Commands,
    private readonly offices: OfficesStore,
    private readonly people: PeopleService,
    private readonly files: Files,
    private readonly clock: Clock,
  ) {}

  /** A second one for the term is refused, whoever is first. */
  async sign(caller: Caller, typed: PledgeTyped): Promise<{ pledgeId: string }> {
    const { actor } = caller;
    const societyId = societyOf(actor);
    const { termId, how } = typed;
    const photo = typed.photo ? await this.files.prepareImage(typed.photo) : null;
    const body = { termId, how, photo: photo?.sha256 ?? null };
    return this.commands.run(caller, { act: 'signOfficerPledge', body }, async (tx, trail) => {
      const at = this.clock.now();
      const term = await this.offices.getTerm(tx, societyId, termId);
      if (!owesPledge(term.office)) throw new TermNotFound();
      if (lastDayOf(term) < dayOf(at)) throw new TermOver();
      const { personId } = term;
      const recordsOthers = actor.roles.some((role) => RECORDERS.includes(role));
      checkPledger({ personId, onScreen: how === 'ON_SCREEN' }, { personId: actor.personId, recordsOthers });
      const purpose = 'pledge';
      const fileId = photo && (await this.files.attach(tx, photo, { societyId, purpose, by: actor }));
      const signing = { how, fileId, at, byPersonId: actor.personId };
      const { pledgeId } = await this.people.pledge(tx, { societyId, personId, termId, ...signing });
      trail.on('office', termId, {
        after: { pledgeId, how },
        words: `签诚信自律承诺书：${OFFICE_WORDS[term.office]}`,
      });
      return { pledgeId };
    });
  }
}
