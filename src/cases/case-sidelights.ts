import { Injectable } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import type { LinkView, TagView } from '../platform/web/views.js';

/** What another room has to say of a case, on the society's own page of it. Ready words; no name. */
export type CaseSidelight = {
  /** Whose word it is: 总会审核. */
  readonly title: string;
  readonly state: TagView;
  readonly lines: readonly string[];
  readonly link: LinkView | null;
};

/** The port of the contexts below. Nothing, where they have nothing to say. */
export type SidelightSource = { of(actor: Actor, caseId: string): Promise<readonly CaseSidelight[]> };

/** Whoever watches over cases from below registers here at the start, so that no arrow points down. */
@Injectable()
export class CaseSidelights {
  private readonly sources: SidelightSource[] = [];

  register(source: SidelightSource): void {
    this.sources.push(source);
  }

  async of(actor: Actor, caseId: string): Promise<readonly CaseSidelight[]> {
    return (await Promise.all(this.sources.map((source) => source.of(actor, caseId)))).flat();
  }
}
