import {
  DonorAccountsService,
  DonorRightsService,
  ReceiptsQueries,
  ReceiptsService,
} from '../../../src/donations/index.js';
import { dayOf } from '../../../src/kernel/day.js';
import { give, givenDonor } from '../../support/donations.js';
import { givenDonorAccount } from '../../support/donor-accounts.js';
import { givenGoods, issueGoods } from '../../support/goods.js';
import type { House } from '../../support/house.js';
import { as, givenCase, givenVillage } from '../../support/village.js';

type Place = { readonly url: string; readonly login: string };

/** A donor with an account, a gift that went to five families and one that nobody needed yet, a cashier who was asked, and a stranger with a receipt. */
export async function placesOfDonor(house: House): Promise<[route: string, places: Place[]][]> {
  const village = await givenVillage(house, { heldFen: 0 });
  const donorId = await givenDonor(village, { name: '顾大河', publishesName: true });
  const used = await give(village, 300_000, { donorId });
  let helped = '';
  for (const cause of ['ILLNESS', 'FIRE', 'SCHOOLING', 'ACCIDENT', 'OTHER'] as const)
    helped = (await givenCase(village, { at: 'RUNNING', cause, amountFen: 50_000 })).number;
  const waiting = await give(village, 20_000, { donorId });
  const { giftId: pieces, rice } = await givenGoods(village, donorId);
  await issueGoods(village, rice, helped, 3);
  const { login } = await givenDonorAccount(village, donorId);
  const receipts = house.get(ReceiptsService);
  const { receiptId } = await receipts.issueReceipt(as(village, 'accountant'), { giftId: used });
  const { number, checkCode } = await house.get(ReceiptsQueries).receipt(village.societyId, receiptId);
  const fresh = await givenDonor(village);
  const asked = { donorId: await givenDonor(village), login: village.at.cashier.login };
  await house.get(DonorAccountsService).inviteDonor(as(village, 'accountant'), asked);
  const rights = house.get(DonorRightsService);
  const asking = async (of: string, kind: 'COPY' | 'CORRECT' | 'ERASE') =>
    rights.record(as(village, 'secretary'), {
      ...{ donorId: of, kind, how: 'WRITTEN', wish: kind === 'CORRECT' ? '“长”写成了“常”' : null },
      askedOn: dayOf(house.clock.now()),
    });
  const copied = await asking(fresh, 'COPY');
  const corrected = await asking(fresh, 'CORRECT');
  const erasure = await asking(donorId, 'ERASE');
  const erased = await asking(await givenDonor(village), 'ERASE');
  await rights.erase(as(village, 'chair'), erased);
  const declined = await asking(fresh, 'ERASE');
  await rights.decline(as(village, 'chair'), { ...declined, words: '退款还没有办完' });
  const one = ({ requestId }: { readonly requestId: string }) => `/s/donors/requests/${requestId}`;
  const of = (url: string, post: 'secretary' | 'chair' | 'supervisor' = 'secretary'): Place => ({
    ...{ url, login: village.at[post].login },
  });
  const at = (url: string): Place => ({ url, login });
  const office = (url: string): Place => ({ url, login: village.at.accountant.login });
  const stranger = (url: string): Place => ({ url, login: 'nobody' });
  return [
    ['/t', [stranger('/t'), stranger(`/t?no=${number}&code=${checkCode}`)]],
    ['/d', [at('/d'), { url: '/d', login: asked.login }]],
    ['/d/share', [at('/d/share')]],
    ['/d/texts', [at('/d/texts')]],
    ['/d/rights', [at('/d/rights')]],
    ['/d/copy', [at('/d/copy')]],
    ['/d/contact', [at('/d/contact')]],
    ['/s/donors/requests', [of('/s/donors/requests'), of('/s/donors/requests', 'supervisor')]],
    [
      '/s/donors/requests/:requestId',
      [
        ...[of(one(copied)), office(one(copied)), of(one(copied), 'chair'), office(one(corrected))],
        ...[of(one(erasure)), of(one(erasure), 'chair'), of(one(erased)), of(one(declined), 'supervisor')],
      ],
    ],
    ['/s/donors/requests/:requestId/copy', [office(`${one(copied)}/copy`)]],
    ['/s/donors/:donorId/requests', [office(`/s/donors/${donorId}/requests`)]],
    ['/d/gifts/:giftId', [at(`/d/gifts/${used}`), at(`/d/gifts/${waiting}`), at(`/d/gifts/${pieces}`)]],
    [
      '/s/donors/:donorId/invitation',
      [office(`/s/donors/${donorId}/invitation`), office(`/s/donors/${fresh}/invitation`)],
    ],
  ];
}
