import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { day, dayOf } from '../../kernel/day.js';
import { LedgerQueries } from '../../ledger/index.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { SocietiesQueries } from '../../societies/index.js';
import type { Society } from '../../societies/index.js';
import { campaignFaults } from './campaign.faults.js';
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
import { mayCertify, mayKeepCampaigns, mayReportCampaigns } from './campaign.permissions.js';
import { CampaignQueries } from './campaign.queries.js';
import { CampaignService } from './campaign.service.js';
import {
  CAMPAIGNS,
  campaignsView,
  campaignView,
  CERTIFICATES,
  certificatesView,
  newCampaignView,
} from './campaign.views.js';
import type { CampaignsView, CampaignView, CertificatesView, NewCampaignView } from './campaign.views.js';
import { PublicRaisingRefused } from '../domain/campaign.errors.js';

type Refusal = { readonly message: string; readonly advice: string };

/** 募捐活动: raising money by the law. */
@Controller('s/campaigns')
export class CampaignPages {
  constructor(
    private readonly campaigns: CampaignService,
    private readonly queries: CampaignQueries,
    private readonly ledger: LedgerQueries,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Render('donations/campaigns')
  async list(@By() actor: Actor): Promise<CampaignsView> {
    const societyId = societyOf(actor);
    return campaignsView({
      campaigns: await this.queries.all(societyId),
      certificates: await this.queries.certificates(societyId),
      mayKeep: mayKeepCampaigns(actor),
      today: this.today(),
    });
  }

  @Get('new')
  @Render('donations/campaign-new')
  async ask(@By() actor: Actor): Promise<NewCampaignView> {
    return this.newCampaign(actor, { kind: 'TARGETED', intent: 'UNRESTRICTED', startsOn: this.today() }, {});
  }

  @Post()
  async open(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(CampaignForm, body);
    const again = async (status: number, errors: FieldErrors, refusal: Refusal | null = null) =>
      void reply
        .status(status)
        .view('donations/campaign-new', await this.newCampaign(caller.actor, form.typed, errors, refusal));
    if (!form.ok) return again(422, form.errors);
    try {
      const { campaignId } = await this.campaigns.openCampaign(caller, campaignIn(form.values));
      reply.redirect(`${CAMPAIGNS}/${campaignId}`, 303);
    } catch (error) {
      // What was typed stays: with another kind or other days it may be lawful.
      if (error instanceof PublicRaisingRefused) return again(409, {}, error);
      const faults = campaignFaults(error);
      if (!faults) throw error;
      await again(422, faults);
    }
  }

  @Get('certificates')
  @Render('donations/campaign-certificates')
  async certificates(@By() actor: Actor): Promise<CertificatesView> {
    return this.certificatesPage(actor, {}, {});
  }

  @Post('certificates')
  async certify(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(CertificateForm, body);
    const again = async (errors: FieldErrors) =>
      void reply
        .status(422)
        .view(
          'donations/campaign-certificates',
          await this.certificatesPage(caller.actor, form.typed, errors),
        );
    if (!form.ok) return again(form.errors);
    try {
      await this.campaigns.setCertificate(caller, certificateIn(form.values));
      reply.redirect(CERTIFICATES, 303);
    } catch (error) {
      const faults = campaignFaults(error);
      if (!faults) throw error;
      await again(faults);
    }
  }

  @Post('certificates/end')
  async withdraw(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(CertificateEndForm, body);
    if (!form.ok)
      return void reply
        .status(422)
        .view(
          'donations/campaign-certificates',
          await this.certificatesPage(caller.actor, form.typed, form.errors),
        );
    const { holderId, from } = form.values;
    await this.campaigns.withdrawCertificate(caller, { societyId: holderId, from: day(from) });
    reply.redirect(CERTIFICATES, 303);
  }

  @Get(':campaignId')
  @Render('donations/campaign')
  async read(
    @By() actor: Actor,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
  ): Promise<CampaignView> {
    return this.page(actor, campaignId, {}, {});
  }

  @Post(':campaignId/plan')
  async filePlan(
    @From() caller: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(CampaignPlanForm, body);
    if (!form.ok) return this.again(reply, caller.actor, campaignId, form);
    const { planNumber, planFiledOn } = form.values;
    await this.orAgain(reply, caller.actor, campaignId, form.typed, () =>
      this.campaigns.filePlan(caller, { campaignId, planNumber, planFiledOn: day(planFiledOn) }),
    );
  }

  @Post(':campaignId/end')
  async end(
    @From() caller: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(CampaignEndForm, body);
    if (!form.ok) return this.again(reply, caller.actor, campaignId, form);
    await this.campaigns.endCampaign(caller, { campaignId, reason: form.values.reason });
    reply.redirect(`${CAMPAIGNS}/${campaignId}`, 303);
  }

  @Post(':campaignId/reports')
  async report(
    @From() caller: Caller,
    @Param('campaignId', ParseUUIDPipe) campaignId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(CampaignReportForm, body);
    if (!form.ok) return this.again(reply, caller.actor, campaignId, form);
    await this.orAgain(reply, caller.actor, campaignId, form.typed, () =>
      this.campaigns.publishReport(caller, { campaignId, words: form.values.words ?? '' }),
    );
  }

  private async orAgain(
    reply: FastifyReply,
    actor: Actor,
    campaignId: string,
    typed: Typed,
    act: () => Promise<unknown>,
  ): Promise<void> {
    try {
      await act();
      reply.redirect(`${CAMPAIGNS}/${campaignId}`, 303);
    } catch (error) {
      const faults = campaignFaults(error);
      if (!faults) throw error;
      const { purposeWords, ...rest } = faults;
      const errors = purposeWords === undefined ? rest : { ...rest, words: purposeWords };
      await this.again(reply, actor, campaignId, { typed, errors });
    }
  }

  private async again(
    reply: FastifyReply,
    actor: Actor,
    campaignId: string,
    { typed, errors }: { readonly typed: Typed; readonly errors: FieldErrors },
  ): Promise<void> {
    void reply.status(422).view('donations/campaign', await this.page(actor, campaignId, typed, errors));
  }

  private async page(
    actor: Actor,
    campaignId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<CampaignView> {
    const campaign = await this.queries.campaign(societyOf(actor), campaignId);
    return campaignView({
      campaign,
      figures: await this.queries.figures(campaignId),
      reports: await this.queries.reports(campaignId),
      today: this.today(),
      mayKeep: mayKeepCampaigns(actor),
      mayReport: mayReportCampaigns(actor),
      ...{ typed, errors },
    });
  }

  private async newCampaign(
    actor: Actor,
    typed: Typed,
    errors: FieldErrors,
    refusal: Refusal | null = null,
  ): Promise<NewCampaignView> {
    const purses = await this.ledger.purses(societyOf(actor));
    return newCampaignView({ purses, typed, errors, refusal });
  }

  private async certificatesPage(actor: Actor, typed: Typed, errors: FieldErrors): Promise<CertificatesView> {
    const own = await this.societies.society(societyOf(actor));
    const societies = own.kind === 'FEDERATION' && mayCertify(actor) ? await this.belowAll(own) : [];
    const certificates =
      own.kind === 'FEDERATION'
        ? await this.queries.enteredBy(own.id)
        : await this.queries.certificates(own.id);
    return certificatesView({ certificates, societies, typed, errors });
  }

  /** A federation and all that stand below it: town unions, and the societies of either. */
  private async belowAll(own: Society): Promise<Society[]> {
    const all: Society[] = [own];
    for (const each of all) all.push(...(await this.societies.below(each.id)));
    return all;
  }

  private today() {
    return dayOf(this.clock.now());
  }
}
