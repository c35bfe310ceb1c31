import { Injectable } from '@nestjs/common';
import type { Day } from '../../kernel/day.js';
import { purseName } from '../../ledger/index.js';
import type { GiftNature, Purse } from '../../ledger/index.js';
import type { Tx } from '../../platform/database/transactions.js';
import { CampaignStore } from './campaign.store.js';
import {
  CampaignNotRunning,
  CampaignPurseDiffers,
  CampaignReported,
  DonorOutsideGroup,
  FeeInCampaign,
  PublicRaisingRefused,
} from '../domain/campaign.errors.js';
import { certificateOn } from '../domain/campaign.js';
import { DONOR_GROUP_WORDS } from '../domain/donor.js';
import type { DonorGroup } from '../domain/donor.js';

export type RaisedGift = {
  readonly nature: GiftNature;
  readonly receivedOn: Day;
  /** Null for goods, which lie in none. */
  readonly purse: Purse | null;
  /** Of its donor; null where nobody knows who gave. */
  readonly donorGroup: DonorGroup | null;
};

/** Whether a gift may count for a campaign, asked in the unit that records it. */
@Injectable()
export class CampaignGuard {
  constructor(private readonly store: CampaignStore) {}

  async accepts(tx: Tx, societyId: string, campaignId: string, gift: RaisedGift): Promise<void> {
    const campaign = await this.store.take(tx, societyId, campaignId);
    const { startsOn, endsOn, donorGroup } = campaign;
    if (gift.nature === 'FEE') throw new FeeInCampaign();
    if (campaign.state !== 'OPEN') throw new CampaignReported();
    if (gift.receivedOn < startsOn || gift.receivedOn > endsOn)
      throw new CampaignNotRunning(startsOn, endsOn);
    if (donorGroup !== null && gift.donorGroup !== donorGroup)
      throw new DonorOutsideGroup(DONOR_GROUP_WORDS[donorGroup]);
    // The certificate may have been withdrawn while the campaign ran: from that day on it may take nothing more.
    if (campaign.kind === 'PUBLIC') {
      const certificates = await this.store.certificatesOf(tx, societyId);
      if (!certificateOn(certificates, gift.receivedOn)) throw new PublicRaisingRefused(false);
    }
    const { purse } = gift;
    if (purse && (purse.fund !== campaign.fund || purse.restriction !== campaign.restriction))
      throw new CampaignPurseDiffers(purseName(campaign));
  }
}
