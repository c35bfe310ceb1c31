import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import {
  AmountFen,
  Choice,
  Count,
  DayField,
  Flag,
  Lines,
  OptionalText,
  OptionalUuid,
  Text,
  Uuid,
} from '../../platform/web/fields.js';
import { CAMPAIGN_KINDS, CAMPAIGN_LAW } from '../domain/campaign.js';
import type { CampaignKind } from '../domain/campaign.js';
import { INTENTS } from '../domain/gift.js';
import type { Intent } from '../domain/gift.js';
import type { CampaignTyped, CertificateTyped } from './campaign.service.js';

export class CampaignForm {
  @Choice(CAMPAIGN_KINDS, '请选择公开募捐还是定向募捐')
  readonly kind!: CampaignKind;

  @Text({ label: '募捐活动的名称', min: 2, max: 60 })
  readonly name!: string;

  @Lines({ label: '募捐用来做什么', min: 4, max: 500 })
  readonly purposeWords!: string;

  @AmountFen('请填写目标金额，如 50000')
  readonly targetFen!: number;

  @DayField('开始日期')
  readonly startsOn!: string;

  @DayField('结束日期')
  readonly endsOn!: string;

  @Choice(INTENTS, '请选择钱记在哪里')
  readonly intent!: Intent;

  @OptionalText({ label: '用途', max: 40 })
  readonly purpose?: string;

  @OptionalUuid('请选择基金或者项目')
  readonly purseId?: string;

  /** Raising after a disaster: it may begin at once, and is published every five days (Charity Law, art. 72, 73). */
  @Flag()
  readonly isDisaster!: boolean;

  @OptionalText({ label: '备案编号', max: 60 })
  readonly planNumber?: string;

  @DayField('备案日期', { optional: true })
  readonly planFiledOn?: string;

  @Count('管理费', { min: 0, max: CAMPAIGN_LAW.mostAdminPercent, optional: true })
  readonly adminPercent?: number;
}

export class CampaignPlanForm {
  @Text({ label: '备案编号', max: 60 })
  readonly planNumber!: string;

  @DayField('备案日期')
  readonly planFiledOn!: string;
}

export class CampaignEndForm {
  @Text({ label: '为什么提前结束', min: 2, max: 120 })
  readonly reason!: string;
}

export class CampaignReportForm {
  @OptionalText({ label: '说明', max: 500 })
  readonly words?: string;
}

export class CertificateForm {
  @Uuid('请选择是哪个组织的证书')
  readonly societyId!: string;

  @Text({ label: '证书编号', max: 40 })
  readonly number!: string;

  @DayField('有效期开始')
  readonly validFrom!: string;

  @DayField('有效期截止')
  readonly validUntil!: string;
}

export class CertificateEndForm {
  @Uuid('请选择是哪个组织的证书')
  readonly holderId!: string;

  @DayField('失效日期')
  readonly from!: string;
}

export function campaignIn(form: CampaignForm): CampaignTyped {
  const { kind, name, purposeWords, targetFen, intent, isDisaster } = form;
  return {
    ...{ kind, name: name.trim(), purposeWords: purposeWords.trim(), intent, isDisaster },
    targetFen: fen(targetFen),
    startsOn: day(form.startsOn),
    endsOn: day(form.endsOn),
    purpose: form.purpose ?? null,
    purseId: form.purseId ?? null,
    planNumber: form.planNumber ?? null,
    planFiledOn: form.planFiledOn === undefined ? null : day(form.planFiledOn),
    adminPercent: form.adminPercent ?? 0,
  };
}

export function certificateIn({
  societyId,
  number,
  validFrom,
  validUntil,
}: CertificateForm): CertificateTyped {
  return { societyId, number: number.trim(), validFrom: day(validFrom), validUntil: day(validUntil) };
}
