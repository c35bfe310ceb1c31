import { day } from '../kernel/day.js';
import type { Fen } from '../kernel/fen.js';
import {
  AmountFen,
  Choice,
  Count,
  DayField,
  OptionalText,
  OptionalUuid,
  Text,
} from '../platform/web/fields.js';
import { CHARTER_SCOPES, CUSTODIES, NOTICE_DAY_KINDS } from './domain/charter.js';
import type { CharterScope, CharterTerms, Custody, NoticeDayKind } from './domain/charter.js';
import type { Founding } from './domain/founding.js';

/** Model charters know these three; anything else in a charter is a misprint. */
export const SHARES = ['1/2', '2/3', '3/4'] as const;
type ShareText = (typeof SHARES)[number];

/** A charter, term by term, whole. */
export class CharterForm {
  @DayField('章程生效日')
  readonly validFrom!: string;

  @Text({ label: '章程条款', max: 40 })
  readonly article!: string;

  @AmountFen('请填写单笔最多多少元，如 3000')
  readonly perCaseLimitFen!: Fen;

  @AmountFen('请填写每户每年最多多少元，如 5000')
  readonly householdYearLimitFen!: Fen;

  @Count('每户每年次数', { min: 1, max: 50 })
  readonly householdYearLimitCount!: number;

  @Choice(SHARES, '请选择到会人数的比例')
  readonly quorum!: ShareText;

  @Choice(SHARES, '请选择同意票的比例')
  readonly majority!: ShareText;

  @Count('公示天数', { min: 1, max: 60 })
  readonly noticeDays!: number;

  @Choice(NOTICE_DAY_KINDS, '请选择公示按自然日还是工作日算')
  readonly noticeDayKind!: NoticeDayKind;

  @Choice(CHARTER_SCOPES, '请选择救助哪些人')
  readonly scope!: CharterScope;

  @AmountFen('请填写快速救助最多多少元，如 1000')
  readonly fastPathLimitFen!: Fen;

  @Count('表决小时数', { min: 1, max: 240 })
  readonly voteHours!: number;

  @Count('打款小时数', { min: 1, max: 240 })
  readonly payHours!: number;

  @Count('张贴工作日数', { min: 1, max: 30 })
  readonly postWorkingDays!: number;

  @Count('补材料工作日数', { min: 1, max: 60 })
  readonly paperWorkingDays!: number;

  @Choice(CUSTODIES, '请选择钱放在哪里')
  readonly custody!: Custody;

  @Text({ label: '文号用字', max: 20 })
  readonly numberPrefix!: string;

  @Text({ label: '监督电话的单位', min: 2, max: 40 })
  readonly publicContactOffice!: string;

  @Text({ label: '监督电话', min: 5, max: 30 })
  readonly publicContactPhone!: string;

  @Text({ label: '监督单位地址', min: 2, max: 100 })
  readonly publicContactAddress!: string;

  @AmountFen('请填写余额低于多少元要提醒，如 30000')
  readonly minBalanceFen!: Fen;
}

/** What the system administrator types to found a society: who it is, and its charter term by term. */
export class FoundingForm extends CharterForm {
  @Text({ label: '全称', min: 4, max: 60 })
  readonly name!: string;

  @Text({ label: '简称', min: 2, max: 20 })
  readonly shortName!: string;

  @Text({ label: '行政区划代码', min: 6, max: 12 })
  readonly regionCode!: string;

  @OptionalUuid('请从名单里选上级组织')
  readonly parentId?: string;

  @OptionalText({ label: '统一社会信用代码', max: 18 })
  readonly uscc?: string;
}

export function foundingOf(form: FoundingForm): Founding {
  const { name, shortName, regionCode, parentId, uscc } = form;
  return {
    name,
    shortName,
    regionCode,
    parentId: parentId ?? null,
    uscc: uscc ?? null,
    charter: charterTermsOf(form),
  };
}

export function charterTermsOf(form: CharterForm): CharterTerms {
  return {
    validFrom: day(form.validFrom),
    article: form.article,
    perCaseLimitFen: form.perCaseLimitFen,
    householdYearLimitFen: form.householdYearLimitFen,
    householdYearLimitCount: form.householdYearLimitCount,
    quorum: shareOf(form.quorum),
    majority: shareOf(form.majority),
    noticeDays: form.noticeDays,
    noticeDayKind: form.noticeDayKind,
    scope: form.scope,
    fastPathLimitFen: form.fastPathLimitFen,
    voteHours: form.voteHours,
    payHours: form.payHours,
    postWorkingDays: form.postWorkingDays,
    paperWorkingDays: form.paperWorkingDays,
    custody: form.custody,
    numberPrefix: form.numberPrefix,
    publicContactOffice: form.publicContactOffice,
    publicContactPhone: form.publicContactPhone,
    publicContactAddress: form.publicContactAddress,
    minBalanceFen: form.minBalanceFen,
  };
}

function shareOf(text: ShareText): CharterTerms['quorum'] {
  const [numerator = 0, denominator = 0] = text.split('/').map(Number);
  return { numerator, denominator };
}
