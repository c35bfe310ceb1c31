import { Injectable } from '@nestjs/common';
import type { Duty, DutyCard, DutyThread } from '../../duties/index.js';
import type { Actor, Role } from '../../kernel/actor.js';
import { societyOf } from '../../platform/web/caller.js';
import { CampaignQueries } from './campaign.queries.js';
import { CAMPAIGN_KIND_WORDS } from '../domain/campaign.js';

/** Whoever reports, and whoever answers for the house. */
const SHOWN_TO: readonly Role[] = ['accountant', 'secretary', 'chair', 'supervisor'];

/** What a home page says of a duty about a campaign. */
@Injectable()
export class CampaignThread implements DutyThread {
  constructor(private readonly queries: CampaignQueries) {}

  async cardOf(actor: Actor, duty: Duty): Promise<DutyCard | null> {
    if (duty.subjectKind !== 'campaign' || !actor.roles.some((role) => SHOWN_TO.includes(role))) return null;
    const campaigns = await this.queries.unreported(societyOf(actor));
    const campaign = campaigns.find(({ id }) => id === duty.subjectId);
    if (!campaign) return null;
    const href = `/s/campaigns/${campaign.id}`;
    return {
      title: `${CAMPAIGN_KIND_WORDS[campaign.kind]} · ${campaign.name}`,
      href,
      lines: [`${campaign.startsOn} 至 ${campaign.endsOn}`],
      actHref: actor.roles.includes(duty.ownerRole) ? href : null,
      waiting: duty.kind === 'FILE_PLAN' ? '等秘书长补备案' : '等秘书长公布',
    };
  }
}
