import { DonorAccountsService, ReceiptsQueries, ReceiptsService } from '../../../src/donations/index.js';
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
  const at = (url: string): Place => ({ url, login });
  const office = (url: string): Place => ({ url, login: village.at.accountant.login });
  const stranger = (url: string): Place => ({ url, login: 'nobody' });
  return [
    ['/t', [stranger('/t'), stranger(`/t?no=${number}&code=${checkCode}`)]],
    ['/d', [at('/d'), { url: '/d', login: asked.login }]],
    ['/d/share', [at('/d/share')]],
    ['/d/texts', [at('/d/texts')]],
    ['/d/gifts/:giftId', [at(`/d/gifts/${used}`), at(`/d/gifts/${waiting}`), at(`/d/gifts/${pieces}`)]],
    [
      '/s/donors/:donorId/invitation',
      [office(`/s/donors/${donorId}/invitation`), office(`/s/donors/${fresh}/invitation`)],
    ],
  ];
}
