import { Controller, Get, Header, Param, Render } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { readCode } from '../../notices/domain/notice-number.js';
import { SocietiesQueries } from '../../societies/index.js';
import { CampaignQueries } from './campaign.queries.js';
import { publicCampaignView } from './campaign.views.js';
import type { PublicCampaignView } from './campaign.views.js';
import { CampaignNotFound } from '../domain/campaign.errors.js';

/** What everybody may read of a campaign: no button to give, since raising on the internet is for the named platforms. */
@Controller('c')
export class CampaignPublicPages {
  constructor(
    private readonly queries: CampaignQueries,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
  ) {}

  @Get(':campaignCode')
  @Header('x-robots-tag', 'noindex, noarchive')
  @Render('donations/campaign-public')
  async read(@Param('campaignCode') typed: string): Promise<PublicCampaignView> {
    const code = readCode(typed);
    const campaign = code === null ? null : await this.queries.byCode(code);
    if (!campaign || campaign.state === 'CANCELLED') throw new CampaignNotFound();
    const now = this.clock.now();
    return publicCampaignView({
      campaign,
      reports: await this.queries.reports(campaign.id),
      society: await this.societies.society(campaign.societyId),
      charter: await this.societies.charterOn(campaign.societyId, dayOf(now)),
      now,
    });
  }
}
