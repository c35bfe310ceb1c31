import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { day } from '../kernel/day.js';
import { rolesOf } from '../offices/index.js';
import type { HandClock } from '../platform/clocks.js';
import { VILLAGERS } from './village.js';
import type { VillagerKey } from './village.js';

/** A villager once registered. */
export type Registered = { readonly personId: string; readonly payeeAccountId: string | null };

/** The house with its real services, the clock in the demo's hand, and who is on the stage by now. */
export class Stage {
  readonly people = new Map<VillagerKey, Registered>();
  societyId = '';
  boardCode = '';
  private commands = 0;

  constructor(
    private readonly app: NestFastifyApplication,
    readonly clock: HandClock,
  ) {}

  /** A service by its class, as Nest has it. */
  service<Service>(token: abstract new (...args: never[]) => Service): Service {
    return this.app.get(token, { strict: false });
  }

  /** Local time, as people say it: `2026-03-02 10:05`. */
  at(local: string): void {
    this.clock.moveTo(new Date(`${local.replace(' ', 'T')}:00+08:00`));
  }

  /** The administrator, inside the society once there is one. */
  admin(): Caller {
    return this.callerOf({
      accountId: null,
      personId: null,
      societyId: this.societyId || null,
      roles: ['system-admin'],
      origin: 'demo',
    });
  }

  /** A villager with the roles of the offices held. */
  as(key: VillagerKey): Caller {
    const offices = VILLAGERS[key].offices ?? [];
    return this.callerOf({
      accountId: null,
      personId: this.personId(key),
      societyId: this.societyId,
      roles: rolesOf(offices),
      origin: 'demo',
    });
  }

  personId(key: VillagerKey): string {
    return this.registered(key).personId;
  }

  registered(key: VillagerKey): Registered {
    const person = this.people.get(key);
    if (!person) throw new Error(`${key} is not on the stage`);
    return person;
  }

  /** Terms of office run through the demo's year. */
  get term(): { fromOn: ReturnType<typeof day>; untilOn: ReturnType<typeof day> } {
    return { fromOn: day('2026-01-01'), untilOn: day('2028-12-31') };
  }

  private callerOf(actor: Actor): Caller {
    this.commands += 1;
    return { actor, key: `demo-${String(this.commands).padStart(5, '0')}` };
  }
}
