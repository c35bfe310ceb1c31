/** The front door of donations: what the contexts below it may use. */
import { Donor } from './donor.entity.js';
import { Gift, GiftLot } from './gift.entity.js';

export { DonationsModule } from './donations.module.js';
export { giftsPermissions } from './donations.permissions.js';
export { DonorsQueries } from './donors.queries.js';
export type { DonorRow } from './donors.queries.js';
export { DonorsService } from './donors.service.js';
export { GiftsQueries } from './gifts.queries.js';
export type { GiftRow } from './gifts.queries.js';
export { GiftsService } from './gifts.service.js';
export type {
  GiftRecorded,
  GiftTyped,
  IntentTyped,
  PledgeTyped,
  ReceivedTyped,
  UnknownTyped,
} from './gifts.service.js';

export const donationsEntities = [Donor, Gift, GiftLot];
