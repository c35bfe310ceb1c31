import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import { StaleSnapshot } from '../../platform/database/errors.js';
import type { Tx } from '../../platform/database/transactions.js';
import { Campaign, CampaignReport, FundraisingCertificate } from './campaign.entity.js';
import { CampaignEnded, CampaignNotFound, PlanNotAwaited } from '../domain/campaign.errors.js';

/** Rows of campaigns; another society's is not found. */
@Injectable()
export class CampaignStore {
  async insertCertificate(tx: Tx, row: FundraisingCertificate): Promise<void> {
    await tx.insert(FundraisingCertificate, row);
  }

  /** In the order of their recording: the last that begins by a day holds on it. */
  async certificatesOf(tx: Tx, societyId: string): Promise<FundraisingCertificate[]> {
    return tx.rows.find(FundraisingCertificate, { where: { societyId }, order: { id: 'ASC' } });
  }

  async insert(tx: Tx, row: Campaign): Promise<void> {
    await tx.insert(Campaign, row);
  }

  /** Takes a campaign for this unit: whoever ends or reports it meanwhile waits. */
  async take(tx: Tx, societyId: string, campaignId: string): Promise<Campaign> {
    await tx.changeOne(() => new CampaignNotFound())`
      UPDATE campaigns SET version = version + 1 WHERE id = ${campaignId} AND society_id = ${societyId}`;
    const row = await tx.rows.findOneBy(Campaign, { id: campaignId, societyId });
    if (!row) throw new StaleSnapshot('The campaign was opened a moment ago');
    return row;
  }

  async filePlan(tx: Tx, { id }: Campaign, planNumber: string, filedOn: Day): Promise<void> {
    await tx.changeOne(() => new PlanNotAwaited())`
      UPDATE campaigns SET plan_number = ${planNumber}, plan_filed_on = ${filedOn}
      WHERE id = ${id} AND kind = 'PUBLIC' AND plan_number IS NULL`;
  }

  async end(tx: Tx, { id }: Campaign, lastOn: Day, reason: string): Promise<void> {
    await tx.changeOne(() => new CampaignEnded())`
      UPDATE campaigns SET ends_on = ${lastOn}, end_reason = ${reason}
      WHERE id = ${id} AND state = 'OPEN' AND ends_on > ${lastOn} AND starts_on <= ${lastOn}`;
  }

  /** One that has not begun: nobody was asked, and nothing is to be reported. */
  async cancel(tx: Tx, { id }: Campaign, today: Day, reason: string): Promise<void> {
    await tx.changeOne(() => new CampaignEnded())`
      UPDATE campaigns SET state = 'CANCELLED', end_reason = ${reason}
      WHERE id = ${id} AND state = 'OPEN' AND starts_on > ${today}`;
  }

  /** Goods that came for it and are not valued yet: the full report would leave them out. */
  async hasGoodsWaiting(tx: Tx, campaignId: string): Promise<boolean> {
    const rows = await tx.read<{ id: string }>`
      SELECT id AS "id" FROM goods_deliveries
      WHERE campaign_id = ${campaignId} AND state NOT IN ('STOCKED', 'REFUSED') LIMIT 1`;
    return rows.length > 0;
  }

  async reported(tx: Tx, { id }: Campaign): Promise<void> {
    await tx.changeOne(() => new CampaignEnded())`
      UPDATE campaigns SET state = 'REPORTED' WHERE id = ${id} AND state = 'OPEN'`;
  }

  async insertReport(tx: Tx, row: CampaignReport): Promise<void> {
    await tx.insert(CampaignReport, row);
  }

  async reportsOf(tx: Tx, campaignId: string): Promise<CampaignReport[]> {
    return tx.rows.find(CampaignReport, { where: { campaignId }, order: { number: 'ASC' } });
  }
}
