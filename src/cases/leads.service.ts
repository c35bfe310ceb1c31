import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { Ids } from '../kernel/ids.js';
import { societyOf } from '../platform/web/caller.js';
import { LEAD_SOURCE_WORDS } from './domain/case-words.js';
import type { LeadSource } from './domain/case-words.js';
import { LeadsStore } from './leads.store.js';

export type LeadDraft = {
  readonly source: LeadSource;
  readonly place: string;
  readonly contact: string;
  readonly words: string | null;
};

@Injectable()
export class LeadsService {
  constructor(
    private readonly commands: Commands,
    private readonly store: LeadsStore,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Writes down that somebody may be in need. Whoever hears it first owns it (首接负责, seeds.md 17). */
  async recordLead(caller: Caller, draft: LeadDraft): Promise<{ leadId: string }> {
    const societyId = societyOf(caller.actor);
    return this.commands.run(caller, { act: 'recordLead', body: draft }, async (tx, trail) => {
      const leadId = this.ids.next();
      const received = { receivedAt: this.clock.now(), receivedBy: caller.actor.personId };
      await this.store.insert(tx, { id: leadId, societyId, ...draft, ...received });
      trail.on('lead', leadId, { words: `记下线索：${LEAD_SOURCE_WORDS[draft.source]}` });
      return { leadId };
    });
  }
}
