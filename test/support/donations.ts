import { DonorsService, GiftsQueries, GiftsService } from '../../src/donations/index.js';
import type { GiftRow, GiftTyped } from '../../src/donations/index.js';
import type { DonorDraft } from '../../src/donations/domain/donor.js';
import { day, dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { as } from './village.js';
import type { Village } from './village.js';

let donors = 0;

/** A donor of the village; names are made up, and never twice the same. */
export async function givenDonor(village: Village, more: Partial<DonorDraft> = {}): Promise<string> {
  const draft: DonorDraft = {
    kind: 'PERSON',
    group: 'CARING',
    name: `顾捐${'甲乙丙丁戊己庚辛壬癸'.charAt(++donors % 10)}${String(donors)}`,
    uscc: null,
    phone: null,
    homePlace: null,
    publishesName: false,
    ...more,
  };
  const { donorId } = await village.house.get(DonorsService).registerDonor(as(village, 'accountant'), draft);
  return donorId;
}

export type GiftWanted = Partial<Omit<GiftTyped, 'amountFen' | 'receivedOn'>> & {
  readonly receivedOn?: string;
};

/** A gift that came in today by the bank, for the pool, unless the test wants another. */
export async function give(village: Village, amountFen: number, more: GiftWanted = {}): Promise<string> {
  const { receivedOn, ...rest } = more;
  const typed: GiftTyped = {
    donorId: null,
    nature: 'GIFT',
    method: 'BANK',
    bankReference: null,
    receivedBy: null,
    intent: 'UNRESTRICTED',
    intentWords: '',
    purseId: null,
    purpose: null,
    ...rest,
    amountFen: fen(amountFen),
    receivedOn: receivedOn ? day(receivedOn) : dayOf(village.house.clock.now()),
  };
  const { giftId } = await village.house.get(GiftsService).recordGift(as(village, 'accountant'), typed);
  return giftId;
}

export function giftOf({ house, societyId }: Village, giftId: string): Promise<GiftRow> {
  return house.get(GiftsQueries).gift(societyId, giftId);
}
