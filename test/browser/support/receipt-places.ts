import { ReceiptRightsService, ReceiptsService } from '../../../src/donations/index.js';
import { day } from '../../../src/kernel/day.js';
import { give, givenDonor } from '../../support/donations.js';
import { givenFederation, ofFederation } from '../../support/federation.js';
import type { House } from '../../support/house.js';
import { givenOfficer } from '../../support/officers.js';
import { as, givenVillage } from '../../support/village.js';

type Place = { readonly url: string; readonly login: string };

/** A village under a federation, with a receipt that stands, one that was reversed, one that is due and one waived. */
export async function placesOfReceipts(house: House): Promise<[route: string, places: Place[]][]> {
  const federationId = await givenFederation(house);
  const village = await givenVillage(house, { heldFen: 0, parentId: federationId });
  const { login: federal } = await givenOfficer(house, federationId, 'ACCOUNTANT');
  const rights = house.get(ReceiptRightsService);
  const writeDown = (organisationId: string, mode: 'FISCAL' | 'FEDERATION', ticketCode: string | null) =>
    rights.giveRight(ofFederation(federationId, 'accountant'), {
      ...{ organisationId, mode, ticketCode },
      validFrom: day('2026-01-01'),
    });
  await writeDown(federationId, 'FISCAL', '34170026');
  await writeDown(village.societyId, 'FEDERATION', null);
  const receipts = house.get(ReceiptsService);
  const by = () => as(village, 'accountant');
  const donorId = await givenDonor(village);
  const giftIds = [];
  for (let i = 0; i < 4; i++) giftIds.push(await give(village, 50_000 + i, { donorId }));
  const [standing = '', reversed = '', waived = ''] = giftIds;
  const { receiptId } = await receipts.issueReceipt(by(), { giftId: standing });
  const old = await receipts.issueReceipt(by(), { giftId: reversed });
  const red = await receipts.reverseReceipt(by(), {
    ...{ receiptId: old.receiptId, cause: 'ERROR', reason: '名称少了两个字', returned: 'PAPER' },
  });
  await receipts.waiveReceipt(by(), { giftId: waived, reason: '电话里说不用开' });
  const { login } = village.at.accountant;
  const at = (url: string, who = login) => ({ url, login: who });
  return [
    ['/s/donations/receipts', [at('/s/donations/receipts'), at('/s/donations/receipts', federal)]],
    [
      '/s/donations/receipts/:receiptId',
      [receiptId, old.receiptId, red.receiptId].map((id) => at(`/s/donations/receipts/${id}`)),
    ],
    [
      '/s/donations/receipt-rights',
      [at('/s/donations/receipt-rights', federal), at('/s/donations/receipt-rights')],
    ],
    [
      '/s/donations/receipt-rights/:organisationId',
      [at(`/s/donations/receipt-rights/${village.societyId}`, federal)],
    ],
    ['/s/donors/:donorId/statements/:year', [at(`/s/donors/${donorId}/statements/2026`)]],
  ];
}
