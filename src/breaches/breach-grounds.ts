import { Injectable } from '@nestjs/common';
import type { Day } from '../kernel/day.js';
import type { PledgeKind } from '../people/domain/pledge.js';
import { GroundNotFound } from './domain/breach.errors.js';
import type { GroundKind } from './domain/breach.js';

/** What shows that somebody broke a pledge. */
export type BreachGround = {
  readonly kind: GroundKind;
  readonly id: string;
  readonly personId: string;
  readonly pledge: PledgeKind;
  /** Without a name: 2026-0012 号急难救助已经撤销. */
  readonly words: string;
  /** The last day on which somebody may be flagged by it; null where the promise goes on. */
  readonly until: Day | null;
  /** It was found wrong, or what is held of the person was erased since: nobody is flagged by it any more. */
  readonly isFallen: boolean;
};

/** The port of the contexts below: which of their facts show it, the newest first. */
export type BreachGroundSource = { groundsIn(societyId: string): Promise<readonly BreachGround[]> };

/** Whoever knows of broken promises registers here at the start, so that no arrow points down. */
@Injectable()
export class BreachGrounds {
  private readonly sources: BreachGroundSource[] = [];

  register(source: BreachGroundSource): void {
    this.sources.push(source);
  }

  async in(societyId: string): Promise<BreachGround[]> {
    return (await Promise.all(this.sources.map((source) => source.groundsIn(societyId)))).flat();
  }

  /** Those by which somebody may be flagged on that day. */
  async offered(societyId: string, today: Day): Promise<BreachGround[]> {
    const grounds = await this.in(societyId);
    return grounds.filter(({ until, isFallen }) => !isFallen && (until === null || today <= until));
  }

  async get(societyId: string, groundId: string, today: Day): Promise<BreachGround> {
    const found = (await this.offered(societyId, today)).find(({ id }) => id === groundId);
    if (!found) throw new GroundNotFound();
    return found;
  }
}
