import {
  addDays,
  dateOf,
  day,
  daysBetween,
  endOfDay,
  monthOf,
  startOfDay,
  yearOf,
} from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import type { Fen } from '../../kernel/fen.js';
import type { DueRule } from '../../duties/domain/due.js';
import { hitWords, lintText } from '../../notices/domain/privacy-lint.js';
import {
  AdminShareTooHigh,
  CampaignDaysWrong,
  CampaignTextPersonal,
  PlanFiledLate,
  PlanMissing,
  PublicRaisingRefused,
  QuotaRefused,
} from './campaign.errors.js';
import type { DonorGroup } from './donor.js';

/** 公开募捐 asks everybody, 定向募捐 only those of the house (Charity Law, art. 21). */
export const CAMPAIGN_KINDS = ['PUBLIC', 'TARGETED'] as const;
export type CampaignKind = (typeof CAMPAIGN_KINDS)[number];

export const CAMPAIGN_KIND_WORDS: Readonly<Record<CampaignKind, string>> = {
  PUBLIC: '公开募捐',
  TARGETED: '定向募捐',
};

/** Days and shares of the law, here and nowhere else. [P] marks what a person may change (domain.md 1.3). */
export const CAMPAIGN_LAW = {
  /** The plan is filed so long before the start: 慈善组织公开募捐管理指引 of 2026-01-01 [P]. */
  planDaysBefore: 10,
  /** After a disaster raising may begin at once, and the plan is filed afterwards: Charity Law, art. 73. */
  planDaysAfterDisaster: 10,
  /** What came in after a disaster is published at least so often: art. 72. */
  disasterReportDays: 5,
  /** Any other campaign is reported so often while it runs, and whole so long after its end: art. 79. */
  reportMonths: 3,
  finalReportMonths: 3,
  /** What may be kept for the costs of administration, where the plan says so: art. 61. */
  mostAdminPercent: 10,
} as const;

/** Whom a targeted campaign may ask: founders, directors and members, who stand as 本社会员 (art. 29). */
export const TARGETED_GROUPS = ['MEMBER'] as const satisfies readonly DonorGroup[];

/** OPEN until the report of the whole, which is due after its last day; CANCELLED where it never began. */
export const CAMPAIGN_STATES = ['OPEN', 'REPORTED', 'CANCELLED'] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

export const REPORT_KINDS = ['PERIODIC', 'FINAL'] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];

export const REPORT_KIND_WORDS: Readonly<Record<ReportKind, string>> = {
  PERIODIC: '阶段公布',
  FINAL: '全面公布',
};

/** The certificate of public raising of one organisation: each row says what holds from a day on. */
export type CertificateVersion = {
  readonly id: string;
  readonly kind: 'GIVEN' | 'WITHDRAWN';
  readonly number: string;
  readonly validFrom: Day;
  readonly validUntil: Day;
};

/** The version that holds on a day: of those that begin by then, the one recorded last. `versions` in their order. */
export function certificateOn(versions: readonly CertificateVersion[], on: Day): CertificateVersion | null {
  const latest = versions.filter(({ validFrom }) => validFrom <= on).at(-1);
  return latest?.kind === 'GIVEN' && on <= latest.validUntil ? latest : null;
}

/** Whether a certificate holds on every day from the first to the last. */
export function isCertifiedThroughout(
  versions: readonly CertificateVersion[],
  from: Day,
  until: Day,
): boolean {
  const turns = versions.flatMap(({ validFrom, validUntil }) => [validFrom, addDays(validUntil, 1)]);
  const within = turns.filter((turn) => turn > from && turn <= until);
  return [from, ...within].every((on) => certificateOn(versions, on) !== null);
}

export type CampaignDraft = {
  readonly kind: CampaignKind;
  readonly name: string;
  /** What is raised for, as the public reads it. */
  readonly purposeWords: string;
  /** Of the whole; no household and nobody has a target of their own (art. 32). */
  readonly targetFen: Fen;
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly isDisaster: boolean;
  readonly planNumber: string | null;
  readonly planFiledOn: Day | null;
  readonly adminPercent: number;
};

/** What the law has against a campaign that is to be opened today; nothing where it has nothing. */
export function refuseCampaign(
  draft: CampaignDraft,
  certificates: readonly CertificateVersion[],
  today: Day,
): void {
  for (const words of [draft.name, draft.purposeWords]) refuseQuota(words);
  if (draft.startsOn < today) throw new CampaignDaysWrong('开始的日期已经过了。');
  if (draft.endsOn < draft.startsOn) throw new CampaignDaysWrong('结束的日期在开始以前。');
  if (daysBetween(draft.startsOn, draft.endsOn) > 3 * 366)
    throw new CampaignDaysWrong('一个募捐活动最长 3 年。');
  if (draft.adminPercent > CAMPAIGN_LAW.mostAdminPercent)
    throw new AdminShareTooHigh(draft.adminPercent, CAMPAIGN_LAW.mostAdminPercent);
  if (draft.kind === 'TARGETED') return;
  if (!isCertifiedThroughout(certificates, draft.startsOn, draft.endsOn))
    throw new PublicRaisingRefused(certificateOn(certificates, today) !== null);
  refusePlan(draft, today);
}

/** The plan is there before the first yuan is asked for; after a disaster it may follow (art. 24, 73). */
function refusePlan({ planNumber, planFiledOn, startsOn, isDisaster }: CampaignDraft, today: Day): void {
  if (planNumber === null || planFiledOn === null) {
    if (isDisaster && planNumber === null && planFiledOn === null) return;
    throw new PlanMissing(CAMPAIGN_LAW.planDaysBefore);
  }
  if (planFiledOn > today) throw new PlanMissing(CAMPAIGN_LAW.planDaysBefore);
  if (isDisaster) return;
  const days = daysBetween(planFiledOn, startsOn);
  if (days < CAMPAIGN_LAW.planDaysBefore) throw new PlanFiledLate(days, CAMPAIGN_LAW.planDaysBefore);
}

/** Words that lay a sum on every household or everybody, or say that one must give: 摊派 (art. 32). */
const QUOTA =
  /每户|各户|按户|逐户|户均|人均|摊派|分摊|派捐|必须捐|必捐|强制|(?:每家|家家|每人|人人|一律|都)(?:至少|最少|都)?(?:要捐|得捐|捐|出钱|交钱|缴)|按人头|(?:募捐|捐款|捐赠|筹款)(?:任务|指标)|不捐(?:的|就|者)/u;

/** Raising is free of pressure: a text that lays it on people is refused with its article. */
export function refuseQuota(words: string): void {
  const found = QUOTA.exec(words.normalize('NFKC').replaceAll(/[\s\p{P}]/gu, ''));
  if (found) throw new QuotaRefused(found[0]);
}

type Running = { readonly startsOn: Day; readonly endsOn: Day; readonly isDisaster: boolean };

/** What is to be published next, and by when: counted from the last time, or from the start. */
export type NextReport = { readonly kind: ReportKind; readonly dueOn: Day; readonly rule: DueRule };

export function nextReport({ startsOn, endsOn, isDisaster }: Running, lastOn: Day | null): NextReport {
  const base = lastOn !== null && lastOn > startsOn ? lastOn : startsOn;
  const periodic = isDisaster
    ? addDays(base, CAMPAIGN_LAW.disasterReportDays)
    : monthsAfter(base, CAMPAIGN_LAW.reportMonths);
  if (periodic <= endsOn)
    return { kind: 'PERIODIC', dueOn: periodic, rule: ruleBetween(base, periodic, isDisaster) };
  const dueOn = monthsAfter(endsOn, CAMPAIGN_LAW.finalReportMonths);
  return { kind: 'FINAL', dueOn, rule: ruleBetween(endsOn, dueOn, false) };
}

/** “At least every five days” does not roll off a holiday; the months of an ordinary report do (民法典 203). */
function ruleBetween(from: Day, dueOn: Day, isStrict: boolean): DueRule {
  const count = daysBetween(from, dueOn);
  return isStrict
    ? { unit: 'hours', count: count * 24, from: endOfDay(from) }
    : { unit: 'natural-days', count, from: startOfDay(from) };
}

export function planRule(startsOn: Day): DueRule {
  return { unit: 'natural-days', count: CAMPAIGN_LAW.planDaysAfterDisaster, from: startOfDay(startsOn) };
}

/** The same date so many months later, or the last of that month where it has no such date (民法典 202). */
export function monthsAfter(from: Day, months: number): Day {
  const first = yearOf(from) * 12 + (monthOf(from) - 1) + months;
  const [year, month] = [Math.floor(first / 12), (first % 12) + 1];
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const two = (value: number) => String(value).padStart(2, '0');
  return day(`${String(year).padStart(4, '0')}-${two(month)}-${two(Math.min(dateOf(from), last))}`);
}

/** What a report says, frozen on the day of its publication. All from the books. */
export type CampaignFigures = {
  readonly gifts: number;
  readonly donors: number;
  readonly receivedFen: Fen;
  /** Worth of what came as goods, beside the money. */
  readonly goodsFen: Fen;
  readonly usedFen: Fen;
  readonly refundedFen: Fen;
  readonly unspentFen: Fen;
};

/** Nothing that belongs to one person may stand on a page for everybody. The name of a disease, or of a school, is no secret there. */
export function refusePersonal(field: string, text: string, contactPhone: string): void {
  const [hit] = lintText({ field, text }, { contactPhone, forbidden: [] }).filter(
    ({ kind }) => kind !== 'DISEASE' && kind !== 'SCHOOL',
  );
  if (hit) throw new CampaignTextPersonal(hitWords(hit), field);
}
