import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { DutyThreads } from '../../duties/index.js';
import { CampaignController, CertificatesController } from './campaign.controller.js';
import { CampaignGuard } from './campaign-guard.js';
import { CampaignPages } from './campaign.pages.js';
import { CampaignPublicPages } from './campaign-public.pages.js';
import { CampaignQueries } from './campaign.queries.js';
import { CampaignService } from './campaign.service.js';
import { CampaignStore } from './campaign.store.js';
import { CampaignThread } from './campaign-thread.js';

/** Answers in the room above for what is owed of a campaign. */
@Injectable()
export class CampaignDuties implements OnModuleInit {
  constructor(
    private readonly threads: DutyThreads,
    private readonly thread: CampaignThread,
  ) {}

  onModuleInit(): void {
    this.threads.register(this.thread);
  }
}

/** Campaigns and the certificates they need: for the module. */
export const campaignControllers = [
  CampaignPages,
  CampaignPublicPages,
  CampaignController,
  CertificatesController,
];

export const campaignProviders = [
  CampaignDuties,
  CampaignGuard,
  CampaignQueries,
  CampaignService,
  CampaignStore,
  CampaignThread,
];
