import { ChangesOfUseService, GiftsService } from '../../../src/donations/index.js';
import { dayOf } from '../../../src/kernel/day.js';
import { fen } from '../../../src/kernel/fen.js';
import { give, givenDonor } from '../../support/donations.js';
import { givenDonorAccount } from '../../support/donor-accounts.js';
import {
  answer,
  askRefund,
  decideRefund,
  givenAsking,
  giverOf,
  propose,
  refund,
} from '../../support/gift-refunds.js';
import { givenManaged } from '../../support/management.js';
import type { House } from '../../support/house.js';
import { as, givenVillage, photo } from '../../support/village.js';

type Place = { readonly url: string; readonly login: string };

/** A village with refunds at every stop, changes of use that are voted on, asked about and done, and unknown money. */
export async function placesOfRefunds(house: House): Promise<[route: string, places: Place[]][]> {
  const village = await givenVillage(house, { heldFen: 0 });
  const donorId = await givenDonor(village);
  const giftId = await give(village, 50_000, { donorId });
  const paper = await photo();
  const asked = await askRefund(village, giftId, 10_000, { reason: 'PURPOSE_FAILED', paper });
  const approved = await askRefund(village, await give(village, 20_000, { method: 'CASH' }), 20_000);
  await decideRefund(village, approved);
  const paid = await refund(village, await give(village, 30_000, { donorId }), 30_000);
  const refused = await askRefund(village, await give(village, 40_000), 5_000);
  await decideRefund(village, refused, false);

  const managed = await givenManaged(village, 100_000, { sharePercent: 10, drawnFen: 3_000 });
  const forFire = (amountFen: number, who: string) =>
    give(village, amountFen, { donorId: who, intent: 'PURPOSE', purpose: '火灾' });
  await forFire(20_000, donorId);
  const undecided = await givenDonor(village);
  await forFire(30_000, undecided);
  const owner = await givenDonorAccount(village, undecided);
  const asking = await givenAsking(village);
  await answer(village, asking, 20_000, 'CONSENT');
  const { id: giverId } = await giverOf(village, asking, 30_000);
  const link = { changeId: asking, giverId };
  const { url } = await house.get(ChangesOfUseService).makeLink(as(village, 'accountant'), link);
  const { changeId: voting } = await propose(village, {
    from: '救急难池',
    into: 'PURPOSE',
    intoPurpose: '就学',
  });
  await house.get(GiftsService).recordUnknown(as(village, 'accountant'), {
    ...{
      amountFen: fen(6_600),
      receivedOn: dayOf(house.clock.now()),
      bankReference: 'L-77',
      note: '附言不清',
    },
  });

  const { accountant, chair, cashier, secretary } = village.at;
  const at = (address: string, { login }: { readonly login: string } = accountant) => ({
    url: address,
    login,
  });
  const one = (refundId: string) => `/s/donations/refunds/${refundId}`;
  const change = (changeId: string) => `/s/donations/changes-of-use/${changeId}`;
  return [
    ['/s/donations/refunds', [at('/s/donations/refunds')]],
    [
      '/s/donations/refunds/:refundId',
      [at(one(asked), chair), at(one(approved), cashier), at(one(paid)), at(one(refused))],
    ],
    [
      '/s/donations/:giftId/management',
      [
        at(`/s/donations/${managed}/management`),
        at(`/s/donations/${giftId}/management`),
        at(`/s/donations/${managed}/management`, chair),
      ],
    ],
    ['/s/donations/:giftId/refunds/new', [at(`/s/donations/${giftId}/refunds/new`)]],
    ['/s/donations/changes-of-use', [at('/s/donations/changes-of-use', secretary)]],
    ['/s/donations/changes-of-use/new', [at('/s/donations/changes-of-use/new', secretary)]],
    [
      '/s/donations/changes-of-use/:changeId',
      [at(change(asking)), at(change(asking), secretary), at(change(voting), chair)],
    ],
    ['/s/donations/unclaimed', [at('/s/donations/unclaimed', secretary)]],
    ['/d/questions/:giverId', [at(`/d/questions/${giverId}`, owner)]],
    ['/g/:token', [at(new URL(url ?? '').pathname)]],
  ];
}
