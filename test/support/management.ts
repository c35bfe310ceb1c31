import { ManagementService } from '../../src/donations/index.js';
import { dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { give, givenDonor } from './donations.js';
import { as, photo } from './village.js';
import type { Village } from './village.js';

let references = 0;

/** A gift of which so much of a hundred may pay for the house, as its giver agreed; and so much of it was paid. */
export async function givenManaged(
  village: Village,
  amountFen: number,
  { sharePercent, drawnFen = 0, donorId }: { sharePercent: number; drawnFen?: number; donorId?: string },
): Promise<string> {
  const service = village.house.get(ManagementService);
  const giftId = await give(village, amountFen, { donorId: donorId ?? (await givenDonor(village)) });
  await service.recordTerms(as(village, 'accountant'), { giftId, sharePercent, paper: await photo() });
  await service.decideTerms(as(village, 'chair'), { giftId, agrees: true });
  if (drawnFen > 0)
    await service.drawManagement(as(village, 'accountant'), {
      ...{ giftId, amountFen: fen(drawnFen), purpose: 'OFFICE', paidOn: dayOf(village.house.clock.now()) },
      bankReference: `HOUSE-${String(++references)}`,
    });
  return giftId;
}
