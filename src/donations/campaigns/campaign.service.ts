import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import { DutiesService } from '../../duties/index.js';
import type { Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { yuanText } from '../../kernel/fen.js';
import { Ids } from '../../kernel/ids.js';
import { LedgerQueries } from '../../ledger/index.js';
import type { Purse } from '../../ledger/index.js';
import type { Tx } from '../../platform/database/transactions.js';
import { societyOf } from '../../platform/web/caller.js';
import { SocietyNotFound } from '../../societies/domain/societies.errors.js';
import { SocietiesQueries } from '../../societies/index.js';
import type { Campaign } from './campaign.entity.js';
import { CampaignQueries } from './campaign.queries.js';
import { CampaignStore } from './campaign.store.js';
import {
  CampaignGoodsWaiting,
  CampaignNotStarted,
  CampaignReported,
  CertificateDaysWrong,
  CertificateNotYours,
  PlanMissing,
  PublicRaisingRefused,
} from '../domain/campaign.errors.js';
import {
  CAMPAIGN_KIND_WORDS,
  CAMPAIGN_LAW,
  certificateOn,
  nextReport,
  planRule,
  refuseCampaign,
  refusePersonal,
  refuseQuota,
  REPORT_KIND_WORDS,
  TARGETED_GROUPS,
} from '../domain/campaign.js';
import type { CampaignDraft, ReportKind } from '../domain/campaign.js';
import { purseOf } from '../domain/gift.js';
import type { IntentTyped } from '../gifts/gifts.service.js';

export type CertificateTyped = {
  /** The federation itself, or one that stands below it. */
  readonly societyId: string;
  readonly number: string;
  readonly validFrom: Day;
  readonly validUntil: Day;
};

export type CampaignTyped = CampaignDraft & Omit<IntentTyped, 'intentWords'>;

/** Raising money by the law: who may ask whom, on which days, and what is published of it. */
@Injectable()
export class CampaignService {
  constructor(
    private readonly store: CampaignStore,
    private readonly queries: CampaignQueries,
    private readonly societies: SocietiesQueries,
    private readonly ledger: LedgerQueries,
    private readonly duties: DutiesService,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** The certificate of public raising, as its paper has it. Entered by the federation, for itself and those below it. */
  async setCertificate(caller: Caller, typed: CertificateTyped): Promise<{ certificateId: string }> {
    if (typed.validUntil < typed.validFrom) throw new CertificateDaysWrong();
    const setById = await this.certifierOf(caller, typed.societyId);
    return this.commands.run(caller, { act: 'setCertificate', body: typed }, async (tx, trail) => {
      const id = this.ids.next();
      const { societyId, number, validFrom, validUntil } = typed;
      const row = { id, societyId, kind: 'GIVEN', number, validFrom, validUntil } as const;
      const at = { setById, setBy: caller.actor.personId, setAt: this.clock.now() };
      await this.store.insertCertificate(tx, { ...row, ...at });
      const words = `登记公开募捐资格证书 ${number}，${validFrom} 至 ${validUntil}`;
      trail.on('certificate', societyId, { after: row, words });
      return { certificateId: id };
    });
  }

  /** From that day on nothing may be raised in public, whatever the paper says. */
  async withdrawCertificate(
    caller: Caller,
    typed: { readonly societyId: string; readonly from: Day },
  ): Promise<{ certificateId: string }> {
    const setById = await this.certifierOf(caller, typed.societyId);
    return this.commands.run(caller, { act: 'withdrawCertificate', body: typed }, async (tx, trail) => {
      const { societyId, from } = typed;
      const held = certificateOn(await this.store.certificatesOf(tx, societyId), from);
      if (!held) throw new PublicRaisingRefused(false);
      const id = this.ids.next();
      const row = { id, societyId, kind: 'WITHDRAWN', number: held.number } as const;
      const days = { validFrom: from, validUntil: held.validUntil };
      const at = { setById, setBy: caller.actor.personId, setAt: this.clock.now() };
      await this.store.insertCertificate(tx, { ...row, ...days, ...at });
      const words = `公开募捐资格证书 ${held.number} 从 ${from} 起失效`;
      trail.on('certificate', societyId, { after: { ...row, ...days }, words });
      return { certificateId: id };
    });
  }

  /** Opens a campaign. What the law has against it is said before anything is written (D4-61). */
  async openCampaign(caller: Caller, typed: CampaignTyped): Promise<{ campaignId: string; code: string }> {
    const societyId = societyOf(caller.actor);
    await this.refuseTexts(societyId, { 名称: typed.name, 用途说明: typed.purposeWords });
    const purse = await this.purseOf(societyId, typed);
    return this.commands.run(caller, { act: 'openCampaign', body: typed }, async (tx, trail) => {
      const certificates = await this.store.certificatesOf(tx, societyId);
      const now = this.clock.now();
      refuseCampaign(typed, certificates, dayOf(now));
      const isPublic = typed.kind === 'PUBLIC';
      const campaign: Campaign = {
        ...{ id: this.ids.next(), societyId, code: this.ids.code() },
        ...factsOf(typed),
        ...{ fund: purse.fund, restriction: purse.restriction, version: 1 },
        donorGroup: isPublic ? null : TARGETED_GROUPS[0],
        certificateId: isPublic ? (certificateOn(certificates, typed.startsOn)?.id ?? null) : null,
        ...{ state: 'OPEN', endReason: null, openedBy: caller.actor.personId, openedAt: now },
      };
      await this.store.insert(tx, campaign);
      await this.owe(tx, campaign, 'REPORT_CAMPAIGN', nextReport(campaign, null).rule);
      if (isPublic && campaign.planNumber === null)
        await this.owe(tx, campaign, 'FILE_PLAN', planRule(campaign.startsOn));
      const { id, code, name, kind, targetFen } = campaign;
      const words = `开展${CAMPAIGN_KIND_WORDS[kind]}“${name}”，目标 ${yuanText(targetFen)} 元`;
      trail.on('campaign', id, { after: campaign, words });
      return { campaignId: id, code };
    });
  }

  /** After a disaster the plan follows: its number once it is filed (art. 73). */
  async filePlan(
    caller: Caller,
    typed: { readonly campaignId: string; readonly planNumber: string; readonly planFiledOn: Day },
  ): Promise<{ campaignId: string }> {
    const societyId = societyOf(caller.actor);
    const now = this.clock.now();
    if (typed.planFiledOn > dayOf(now)) throw new PlanMissing(CAMPAIGN_LAW.planDaysBefore);
    return this.commands.run(caller, { act: 'filePlan', body: typed }, async (tx, trail) => {
      const campaign = await this.store.take(tx, societyId, typed.campaignId);
      await this.store.filePlan(tx, campaign, typed.planNumber, typed.planFiledOn);
      const settled = { kind: 'FILE_PLAN', subjectId: campaign.id, at: now } as const;
      await this.duties.settle(tx, { ...settled, byPersonId: caller.actor.personId });
      const words = `“${campaign.name}”的募捐方案已备案 ${typed.planNumber}`;
      trail.on('campaign', campaign.id, { after: typed, words });
      return { campaignId: campaign.id };
    });
  }

  /** Ends it today, before its last day; one that has not begun is cancelled. */
  async endCampaign(
    caller: Caller,
    typed: { readonly campaignId: string; readonly reason: string },
  ): Promise<{ campaignId: string }> {
    const societyId = societyOf(caller.actor);
    await this.refuseTexts(societyId, { 提前结束的原因: typed.reason });
    return this.commands.run(caller, { act: 'endCampaign', body: typed }, async (tx, trail) => {
      const campaign = await this.store.take(tx, societyId, typed.campaignId);
      const today = dayOf(this.clock.now());
      if (campaign.startsOn > today) {
        await this.store.cancel(tx, campaign, today, typed.reason);
        await this.duties.cancel(tx, { subjectId: campaign.id });
      } else {
        await this.store.end(tx, campaign, today, typed.reason);
        const { startsOn, isDisaster } = campaign;
        const { rule } = nextReport({ startsOn, isDisaster, endsOn: today }, today);
        await this.duties.restart(tx, { kind: 'REPORT_CAMPAIGN', subjectId: campaign.id, rule });
      }
      trail.on('campaign', campaign.id, { after: typed, words: `提前结束募捐“${campaign.name}”` });
      return { campaignId: campaign.id };
    });
  }

  /** Publishes what came in and what became of it, as the books have it now; after the last day that is the whole. */
  async publishReport(
    caller: Caller,
    typed: { readonly campaignId: string; readonly words: string },
  ): Promise<{ campaignId: string; number: number; kind: ReportKind }> {
    const societyId = societyOf(caller.actor);
    await this.refuseTexts(societyId, { 说明: typed.words });
    return this.commands.run(caller, { act: 'reportCampaign', body: typed }, async (tx, trail) => {
      const campaign = await this.store.take(tx, societyId, typed.campaignId);
      const now = this.clock.now();
      const today = dayOf(now);
      if (campaign.state !== 'OPEN') throw new CampaignReported();
      if (campaign.startsOn > today) throw new CampaignNotStarted(campaign.startsOn);
      const kind: ReportKind = today > campaign.endsOn ? 'FINAL' : 'PERIODIC';
      if (kind === 'FINAL' && (await this.store.hasGoodsWaiting(tx, campaign.id)))
        throw new CampaignGoodsWaiting();
      const figures = await this.queries.figures(campaign.id, (text, ...values) => tx.read(text, ...values));
      const number = (await this.store.reportsOf(tx, campaign.id)).length + 1;
      const of = { id: this.ids.next(), campaignId: campaign.id, number, kind, untilOn: today, figures };
      const by = { words: typed.words, publishedAt: now, publishedBy: caller.actor.personId };
      await this.store.insertReport(tx, { ...of, ...by });
      const settled = { kind: 'REPORT_CAMPAIGN', subjectId: campaign.id, at: now } as const;
      await this.duties.settle(tx, { ...settled, byPersonId: caller.actor.personId });
      if (kind === 'FINAL') await this.store.reported(tx, campaign);
      else await this.owe(tx, campaign, 'REPORT_CAMPAIGN', nextReport(campaign, today).rule);
      const words = `“${campaign.name}”第 ${number} 次公布（${REPORT_KIND_WORDS[kind]}）：收到 ${yuanText(figures.receivedFen)} 元`;
      trail.on('campaign', campaign.id, { after: { number, kind, figures }, words });
      return { campaignId: campaign.id, number, kind };
    });
  }

  /** The federation that the caller acts in, where the other stands below it or is it. */
  private async certifierOf(caller: Caller, societyId: string): Promise<string> {
    const own = societyOf(caller.actor);
    const federation = await this.societies.federationOf(own);
    if (federation?.id !== own) throw new CertificateNotYours();
    // Another federation's society is not found, like one that never was (D4-69).
    const above = await this.societies.federationOf((await this.societies.society(societyId)).id);
    if (above?.id !== own) throw new SocietyNotFound();
    return own;
  }

  private async refuseTexts(societyId: string, texts: Readonly<Record<string, string>>): Promise<void> {
    const { publicContactPhone } = await this.societies.charterOn(societyId, dayOf(this.clock.now()));
    for (const [field, text] of Object.entries(texts)) {
      refuseQuota(text);
      refusePersonal(field, text, publicContactPhone);
    }
  }

  private async purseOf(
    societyId: string,
    { intent, purseId, purpose }: Omit<IntentTyped, 'intentWords'>,
  ): Promise<Purse> {
    const purses = purseId === null ? [] : await this.ledger.purses(societyId);
    return purseOf({ intent, purpose, purse: purses.find(({ id }) => id === purseId) ?? null });
  }

  private async owe(
    tx: Tx,
    { id, societyId }: Campaign,
    kind: 'REPORT_CAMPAIGN' | 'FILE_PLAN',
    rule: Parameters<DutiesService['open']>[1]['rule'],
  ): Promise<void> {
    const of = { societyId, kind, subjectKind: 'campaign', subjectId: id, threadId: id };
    await this.duties.open(tx, { ...of, ownerRole: 'secretary', rule });
  }
}

function factsOf(typed: CampaignTyped) {
  const isPublic = typed.kind === 'PUBLIC';
  const { kind, name, purposeWords, targetFen, startsOn, endsOn, adminPercent } = typed;
  return {
    ...{ kind, name, purposeWords, targetFen, startsOn, endsOn, adminPercent },
    isDisaster: isPublic && typed.isDisaster,
    planNumber: isPublic ? typed.planNumber : null,
    planFiledOn: isPublic ? typed.planFiledOn : null,
  };
}
