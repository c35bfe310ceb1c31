import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { day } from '../kernel/day.js';
import { rolesOf } from '../offices/index.js';
import type { HandClock } from '../platform/clocks.js';
import type { Cast, Villager } from './cast.js';

/** A villager once registered. */
export type Registered = { readonly personId: string; readonly payeeAccountId: string | null };

/** Something that happens elsewhere at its hour, before the play goes on. */
export type Cue = { readonly at: string; play(): Promise<void> };

/** The house with its real services, the clock in the demo's hand, and who is on the stage of one society by now. */
export class Stage {
  readonly people = new Map<string, Registered>();
  societyId = '';
  boardCode = '';
  private commands = 0;
  private cues: readonly Cue[] = [];

  constructor(
    private readonly app: NestFastifyApplication,
    readonly clock: HandClock,
    readonly cast: Cast,
    /** Tells the commands of one stage from those of another. */
    private readonly name = '',
  ) {}

  /** Another society of the same house, at the same hour. */
  beside(cast: Cast, name: string): Stage {
    return new Stage(this.app, this.clock, cast, name);
  }

  /** What is to happen elsewhere in the meantime, in the order of its hours. */
  meanwhile(cues: readonly Cue[]): void {
    this.cues = cues;
  }

  /** A service by its class, as Nest has it. */
  service<Service>(token: abstract new (...args: never[]) => Service): Service {
    return this.app.get(token, { strict: false });
  }

  /** Local time, as people say it: `2026-03-02 10:05`. */
  async at(local: string): Promise<void> {
    const due = this.cues.filter((cue) => cue.at <= local);
    this.cues = this.cues.slice(due.length);
    for (const cue of due) {
      this.moveTo(cue.at);
      await cue.play();
    }
    this.moveTo(local);
  }

  private moveTo(local: string): void {
    const at = new Date(`${local.replace(' ', 'T')}:00+08:00`);
    if (at > this.clock.now()) this.clock.moveTo(at);
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
  as(key: string): Caller {
    const offices = this.villager(key).offices ?? [];
    return this.callerOf({
      accountId: null,
      personId: this.personId(key),
      societyId: this.societyId,
      roles: rolesOf(offices),
      origin: 'demo',
    });
  }

  personId(key: string): string {
    return this.registered(key).personId;
  }

  registered(key: string): Registered {
    const person = this.people.get(key);
    if (!person) throw new Error(`${key} is not on the stage`);
    return person;
  }

  villager(key: string): Villager {
    const villager = this.cast[key];
    if (!villager) throw new Error(`${key} is not in the cast`);
    return villager;
  }

  /** Terms of office run through the demo's year. */
  get term(): { fromOn: ReturnType<typeof day>; untilOn: ReturnType<typeof day> } {
    return { fromOn: day('2026-01-01'), untilOn: day('2028-12-31') };
  }

  private callerOf(actor: Actor): Caller {
    this.commands += 1;
    return { actor, key: `demo-${this.name}${String(this.commands).padStart(5, '0')}` };
  }
}
