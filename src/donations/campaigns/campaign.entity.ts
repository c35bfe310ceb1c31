import { Check, Entity, ForeignKey, Index, Unique } from 'typeorm';
import type { Day } from '../../kernel/day.js';
import type { Fen } from '../../kernel/fen.js';
import {
  CountColumn,
  DayColumn,
  FenColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  OptionalDayColumn,
  OptionalIdColumn,
  OptionalWordColumn,
  WordColumn,
} from '../../platform/database/columns.js';
import type {
  CampaignFigures,
  CampaignKind,
  CampaignState,
  CertificateVersion,
  ReportKind,
} from '../domain/campaign.js';
import type { DonorGroup } from '../domain/donor.js';

const NO_ACTION = { onDelete: 'NO ACTION', onUpdate: 'NO ACTION' } as const;

/** The certificate of public raising, as it holds from a day on: given, or withdrawn. Append-only. */
@Entity('fundraising_certificates')
@Index('ix_fundraising_certificates_society', ['societyId', 'validFrom'])
@Check('ck_fundraising_certificates_kind', `kind IN ('GIVEN', 'WITHDRAWN')`)
@Check('ck_fundraising_certificates_days', 'valid_until >= valid_from')
export class FundraisingCertificate implements CertificateVersion {
  @KeyColumn('pk_fundraising_certificates')
  readonly id!: string;

  @IdColumn('society_id')
  @ForeignKey('organisations', { name: 'fk_fundraising_certificates_society', ...NO_ACTION })
  readonly societyId!: string;

  @WordColumn('kind', 10)
  readonly kind!: CertificateVersion['kind'];

  @WordColumn('number', 40)
  readonly number!: string;

  @DayColumn('valid_from')
  readonly validFrom!: Day;

  @DayColumn('valid_until')
  readonly validUntil!: Day;

  /** The federation whose chair entered it. */
  @IdColumn('set_by_id')
  @ForeignKey('organisations', { name: 'fk_fundraising_certificates_set', ...NO_ACTION })
  readonly setById!: string;

  @OptionalIdColumn('set_by')
  readonly setBy!: string | null;

  @InstantColumn('set_at')
  readonly setAt!: Date;
}

/** One raising of money: who is asked, for what, on which days, and by which right. */
@Entity('campaigns')
@Unique('uq_campaigns_code', ['code'])
@Index('ix_campaigns_society', ['societyId', 'startsOn'])
@Check('ck_campaigns_kind', `kind IN ('PUBLIC', 'TARGETED')`)
@Check('ck_campaigns_state', `state IN ('OPEN', 'REPORTED', 'CANCELLED')`)
@Check('ck_campaigns_target', 'target_fen > 0')
@Check('ck_campaigns_days', 'ends_on >= starts_on')
@Check('ck_campaigns_admin', 'admin_percent >= 0 AND admin_percent <= 10')
@Check('ck_campaigns_certified', `(kind = 'PUBLIC') = (certificate_id IS NOT NULL)`)
@Check('ck_campaigns_group', `(kind = 'TARGETED') = (donor_group IS NOT NULL)`)
@Check(
  'ck_campaigns_plan',
  `(plan_number IS NULL) = (plan_filed_on IS NULL) AND (plan_number IS NOT NULL OR kind = 'TARGETED' OR is_disaster = 1)`,
)
export class Campaign {
  @KeyColumn('pk_campaigns')
  readonly id!: string;

  @IdColumn('society_id')
  @ForeignKey('organisations', { name: 'fk_campaigns_society', ...NO_ACTION })
  readonly societyId!: string;

  /** Its public page is /c/<code>. */
  @WordColumn('code', 8)
  readonly code!: string;

  @WordColumn('kind', 10)
  readonly kind!: CampaignKind;

  @WordColumn('name', 60)
  readonly name!: string;

  @WordColumn('purpose_words', 500)
  readonly purposeWords!: string;

  /** The purse that all of it is booked into. */
  @WordColumn('fund', 40)
  readonly fund!: string;

  @WordColumn('restriction', 40)
  readonly restriction!: string;

  /** Of the whole: no household has a target (Charity Law, art. 32). */
  @FenColumn('target_fen')
  readonly targetFen!: Fen;

  @DayColumn('starts_on')
  readonly startsOn!: Day;

  /** Moved forward where it was ended early. */
  @DayColumn('ends_on')
  readonly endsOn!: Day;

  @FlagColumn('is_disaster')
  readonly isDisaster!: boolean;

  /** Whom a targeted campaign asks; null where it asks everybody. */
  @OptionalWordColumn('donor_group', 24)
  readonly donorGroup!: DonorGroup | null;

  @OptionalIdColumn('certificate_id')
  @ForeignKey(() => FundraisingCertificate, { name: 'fk_campaigns_certificate', ...NO_ACTION })
  readonly certificateId!: string | null;

  @OptionalWordColumn('plan_number', 60)
  readonly planNumber!: string | null;

  @OptionalDayColumn('plan_filed_on')
  readonly planFiledOn!: Day | null;

  /** What may be kept for administration, by the plan; 0 where nothing is (Charity Law, art. 61). */
  @CountColumn('admin_percent')
  readonly adminPercent!: number;

  @WordColumn('state', 10)
  readonly state!: CampaignState;

  @OptionalWordColumn('end_reason', 120)
  readonly endReason!: string | null;

  @OptionalIdColumn('opened_by')
  readonly openedBy!: string | null;

  @InstantColumn('opened_at')
  readonly openedAt!: Date;

  @CountColumn('version')
  readonly version!: number;
}

/** What was published of a campaign on one day: the figures of the books as they stood then. Append-only. */
@Entity('campaign_reports')
@Unique('uq_campaign_reports_number', ['campaignId', 'number'])
@Check('ck_campaign_reports_kind', `kind IN ('PERIODIC', 'FINAL')`)
export class CampaignReport {
  @KeyColumn('pk_campaign_reports')
  readonly id!: string;

  @IdColumn('campaign_id')
  @ForeignKey(() => Campaign, { name: 'fk_campaign_reports_campaign', ...NO_ACTION })
  readonly campaignId!: string;

  @CountColumn('number')
  readonly number!: number;

  @WordColumn('kind', 10)
  readonly kind!: ReportKind;

  @DayColumn('until_on')
  readonly untilOn!: Day;

  @JsonColumn('figures')
  readonly figures!: CampaignFigures;

  @WordColumn('words', 500)
  readonly words!: string;

  @InstantColumn('published_at')
  readonly publishedAt!: Date;

  @OptionalIdColumn('published_by')
  readonly publishedBy!: string | null;
}
