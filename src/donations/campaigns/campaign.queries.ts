import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { instantOf, Reads } from '../../platform/database/reads.js';
import type { Value } from '../../platform/database/transactions.js';
import { CampaignNotFound } from '../domain/campaign.errors.js';
import type {
  CampaignFigures,
  CampaignKind,
  CampaignState,
  CertificateVersion,
  ReportKind,
} from '../domain/campaign.js';
import type { DonorGroup } from '../domain/donor.js';
import type { Read } from '../imports/gift-import.queries.js';

export type CampaignRow = {
  readonly id: string;
  readonly societyId: string;
  readonly code: string;
  readonly kind: CampaignKind;
  readonly name: string;
  readonly purposeWords: string;
  readonly fund: string;
  readonly restriction: string;
  readonly targetFen: Fen;
  readonly startsOn: Day;
  readonly endsOn: Day;
  readonly isDisaster: boolean;
  readonly donorGroup: DonorGroup | null;
  readonly certificateNumber: string | null;
  readonly planNumber: string | null;
  readonly planFiledOn: Day | null;
  readonly adminPercent: number;
  readonly state: CampaignState;
  readonly endReason: string | null;
};

export type ReportRow = {
  readonly number: number;
  readonly kind: ReportKind;
  readonly untilOn: Day;
  readonly figures: CampaignFigures;
  readonly words: string;
  readonly publishedAt: Date;
};

export type CertificateRow = CertificateVersion & {
  readonly societyId: string;
  readonly societyName: string;
  readonly setAt: Date;
};

type RawCampaign = Omit<CampaignRow, 'targetFen' | 'isDisaster'> & {
  targetFen: number | string;
  isDisaster: number | string;
};

const CAMPAIGN = `
  SELECT c.id AS "id", c.society_id AS "societyId", c.code AS "code", c.kind AS "kind", c.name AS "name",
         c.purpose_words AS "purposeWords", c.fund AS "fund", c.restriction AS "restriction",
         c.target_fen AS "targetFen", c.starts_on AS "startsOn", c.ends_on AS "endsOn",
         c.is_disaster AS "isDisaster", c.donor_group AS "donorGroup", f.number AS "certificateNumber",
         c.plan_number AS "planNumber", c.plan_filed_on AS "planFiledOn", c.admin_percent AS "adminPercent",
         c.state AS "state", c.end_reason AS "endReason"
  FROM campaigns c LEFT JOIN fundraising_certificates f ON f.id = c.certificate_id `;

const MOST_ON_A_PAGE = 100;

@Injectable()
export class CampaignQueries {
  constructor(private readonly reads: Reads) {}

  /** Another society's campaign is not found, like one that never was (D4-69). */
  async campaign(societyId: string, campaignId: string): Promise<CampaignRow> {
    const [row] = await this.campaigns`WHERE c.society_id = ${societyId} AND c.id = ${campaignId}`;
    if (!row) throw new CampaignNotFound();
    return row;
  }

  async byCode(code: string): Promise<CampaignRow | null> {
    const [row] = await this.campaigns`WHERE c.code = ${code}`;
    return row ?? null;
  }

  /** The newest first. */
  async all(societyId: string): Promise<CampaignRow[]> {
    return this.campaigns`
      WHERE c.society_id = ${societyId} ORDER BY c.starts_on DESC, c.id DESC LIMIT ${MOST_ON_A_PAGE}`;
  }

  /** Those that a gift may still count for: a gift of the last days may be recorded after the end. */
  async unreported(societyId: string): Promise<CampaignRow[]> {
    return this.campaigns`
      WHERE c.society_id = ${societyId} AND c.state = 'OPEN' ORDER BY c.starts_on DESC, c.id DESC LIMIT ${MOST_ON_A_PAGE}`;
  }

  /** The latest first. */
  async reports(campaignId: string): Promise<ReportRow[]> {
    const rows = await this.reads.all<
      Omit<ReportRow, 'figures' | 'publishedAt'> & { figures: string; publishedAt: Date | string }
    >`
      SELECT number AS "number", kind AS "kind", until_on AS "untilOn", figures AS "figures", words AS "words",
             published_at AS "publishedAt"
      FROM campaign_reports WHERE campaign_id = ${campaignId} ORDER BY number DESC`;
    return rows.map((row) => ({
      ...row,
      figures: JSON.parse(row.figures) as CampaignFigures,
      publishedAt: instantOf(row.publishedAt),
    }));
  }

  async certificates(societyId: string): Promise<CertificateRow[]> {
    return this.certificateRows`WHERE f.society_id = ${societyId} ORDER BY f.id`;
  }

  /** What a federation entered, for itself and for those below it. */
  async enteredBy(federationId: string): Promise<CertificateRow[]> {
    return this.certificateRows`WHERE f.set_by_id = ${federationId} ORDER BY f.id`;
  }

  /** What came in under a campaign and what became of it, by the books. Within a unit it sees what that unit wrote. */
  async figures(campaignId: string, read?: Read): Promise<CampaignFigures> {
    const ask: Read = read ?? ((text, ...values) => this.reads.all(text, ...values));
    const [given] = await ask<Record<'gifts' | 'donors' | 'received' | 'goods', number | string | null>>`
      SELECT COUNT(*) AS "gifts", COUNT(DISTINCT donor_id) AS "donors",
             SUM(CASE WHEN form = 'MONEY' THEN amount_fen ELSE 0 END) AS "received",
             SUM(CASE WHEN form = 'GOODS' THEN amount_fen ELSE 0 END) AS "goods"
      FROM gifts WHERE campaign_id = ${campaignId} AND state = 'RECEIVED'`;
    const [gone] = await ask<Record<'used' | 'refunded', number | string | null>>`
      SELECT SUM(CASE WHEN a.order_id IS NOT NULL OR a.kind = 'MANAGED' THEN a.amount_fen ELSE 0 END) AS "used",
             SUM(CASE WHEN a.kind = 'REFUNDED' THEN a.amount_fen ELSE 0 END) AS "refunded"
      FROM gifts g JOIN gift_lots x ON x.gift_id = g.id JOIN lot_allocations a ON a.lot_id = x.lot_id
      WHERE g.campaign_id = ${campaignId} AND g.state = 'RECEIVED'`;
    const [left] = await ask<{ unspent: number | string | null }>`
      SELECT SUM(l.left_fen) AS "unspent"
      FROM gifts g JOIN gift_lots x ON x.gift_id = g.id JOIN lots l ON l.id = x.lot_id
      WHERE g.campaign_id = ${campaignId} AND g.state = 'RECEIVED'`;
    const amount = (value: number | string | null | undefined) => fen(Number(value ?? 0));
    return {
      gifts: Number(given?.gifts ?? 0),
      donors: Number(given?.donors ?? 0),
      receivedFen: amount(given?.received),
      goodsFen: amount(given?.goods),
      usedFen: amount(gone?.used),
      refundedFen: amount(gone?.refunded),
      unspentFen: amount(left?.unspent),
    };
  }

  private async campaigns(text: TemplateStringsArray, ...values: Value[]): Promise<CampaignRow[]> {
    const [head = '', ...rest] = text;
    const whole = Object.assign([CAMPAIGN + head, ...rest], { raw: [] });
    const rows = await this.reads.all<RawCampaign>(whole, ...values);
    return rows.map((row) => ({
      ...row,
      targetFen: fen(Number(row.targetFen)),
      isDisaster: Number(row.isDisaster) === 1,
    }));
  }

  private async certificateRows(text: TemplateStringsArray, ...values: Value[]): Promise<CertificateRow[]> {
    const [head = '', ...rest] = text;
    const select = `
      SELECT f.id AS "id", f.society_id AS "societyId", o.name AS "societyName", f.kind AS "kind",
             f.number AS "number", f.valid_from AS "validFrom", f.valid_until AS "validUntil", f.set_at AS "setAt"
      FROM fundraising_certificates f JOIN organisations o ON o.id = f.society_id `;
    const whole = Object.assign([select + head, ...rest], { raw: [] });
    const rows = await this.reads.all<Omit<CertificateRow, 'setAt'> & { setAt: Date | string }>(
      whole,
      ...values,
    );
    return rows.map((row) => ({ ...row, setAt: instantOf(row.setAt) }));
  }
}
