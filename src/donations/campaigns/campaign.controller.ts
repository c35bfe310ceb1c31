import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../../kernel/actor.js';
import { day } from '../../kernel/day.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseJson } from '../../platform/web/forms.js';
import {
  CampaignEndForm,
  CampaignForm,
  campaignIn,
  CampaignPlanForm,
  CampaignReportForm,
  CertificateEndForm,
  CertificateForm,
  certificateIn,
} from './campaign.forms.js';
import { CampaignQueries } from './campaign.queries.js';
import type { CampaignRow, CertificateRow, ReportRow } from './campaign.queries.js';
import { CampaignService } from './campaign.service.js';
import type { CampaignFigures, ReportKind } from '../domain/campaign.js';

@ApiTags('donations')
@ApiBearerAuth()
@Controller('api/v1/campaigns')
export class CampaignController {
  constructor(
    private readonly campaigns: CampaignService,
    private readonly queries: CampaignQueries,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listCampaigns' })
  async list(@By() actor: Actor): Promise<{ items: readonly CampaignRow[] }> {
    return { items: await this.queries.all(societyOf(actor)) };
  }

  /** Refused where the law is against it: without a certificate nobody is asked in public (Charity Law, art. 22). */
  @Post()
  @HttpCode(201)
  @ApiOperation({ operationId: 'openCampaign' })
  @ApiBody({ type: CampaignForm })
  async open(@From() caller: Caller, @Body() body: unknown): Promise<{ campaignId: string; code: string }> {
    return this.campaigns.openCampaign(caller, campaignIn(await parseJson(CampaignForm, body)));
  }

  /** With what the books hold now, and what was published. */
  @Get(':campaignId')
  @ApiOperation({ operationId: 'readCampaign' })
  async read(
    @By() actor: Actor,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
  ): Promise<CampaignRow & { figures: CampaignFigures; reports: readonly ReportRow[] }> {
    const campaign = await this.queries.campaign(societyOf(actor), campaignId);
    return {
      ...campaign,
      figures: await this.queries.figures(campaignId),
      reports: await this.queries.reports(campaignId),
    };
  }

  @Post(':campaignId/plan')
  @HttpCode(200)
  @ApiOperation({ operationId: 'filePlan' })
  @ApiBody({ type: CampaignPlanForm })
  async filePlan(
    @From() caller: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Body() body: unknown,
  ): Promise<{ campaignId: string }> {
    const { planNumber, planFiledOn } = await parseJson(CampaignPlanForm, body);
    return this.campaigns.filePlan(caller, { campaignId, planNumber, planFiledOn: day(planFiledOn) });
  }

  @Post(':campaignId/end')
  @HttpCode(200)
  @ApiOperation({ operationId: 'endCampaign' })
  @ApiBody({ type: CampaignEndForm })
  async end(
    @From() caller: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Body() body: unknown,
  ): Promise<{ campaignId: string }> {
    const { reason } = await parseJson(CampaignEndForm, body);
    return this.campaigns.endCampaign(caller, { campaignId, reason });
  }

  /** The figures are those of the books; nobody sends them. */
  @Post(':campaignId/reports')
  @HttpCode(201)
  @ApiOperation({ operationId: 'reportCampaign' })
  @ApiBody({ type: CampaignReportForm })
  async report(
    @From() caller: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Body() body: unknown,
  ): Promise<{ campaignId: string; number: number; kind: ReportKind }> {
    const { words = '' } = await parseJson(CampaignReportForm, body);
    return this.campaigns.publishReport(caller, { campaignId, words });
  }
}

@ApiTags('donations')
@ApiBearerAuth()
@Controller('api/v1/fundraising-certificates')
export class CertificatesController {
  constructor(
    private readonly campaigns: CampaignService,
    private readonly queries: CampaignQueries,
  ) {}

  /** Those of the organisation acted in, in the order of their recording. */
  @Get()
  @ApiOperation({ operationId: 'listCertificates' })
  async list(@By() actor: Actor): Promise<{ items: readonly CertificateRow[] }> {
    return { items: await this.queries.certificates(societyOf(actor)) };
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({ operationId: 'setCertificate' })
  @ApiBody({ type: CertificateForm })
  async certify(@From() caller: Caller, @Body() body: unknown): Promise<{ certificateId: string }> {
    return this.campaigns.setCertificate(caller, certificateIn(await parseJson(CertificateForm, body)));
  }

  @Post('end')
  @HttpCode(200)
  @ApiOperation({ operationId: 'withdrawCertificate' })
  @ApiBody({ type: CertificateEndForm })
  async withdraw(@From() caller: Caller, @Body() body: unknown): Promise<{ certificateId: string }> {
    const { holderId, from } = await parseJson(CertificateEndForm, body);
    return this.campaigns.withdrawCertificate(caller, { societyId: holderId, from: day(from) });
  }
}
