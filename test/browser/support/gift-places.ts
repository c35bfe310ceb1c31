import { GiftsService } from '../../../src/donations/index.js';
import { day } from '../../../src/kernel/day.js';
import { fen } from '../../../src/kernel/fen.js';
import { give, givenDonor } from '../../support/donations.js';
import type { House } from '../../support/house.js';
import { as, givenVillage } from '../../support/village.js';

type Place = { readonly url: string; readonly login: string };

const ANY = { intent: 'UNRESTRICTED', intentWords: '', purseId: null, purpose: null } as const;
const COMPANY = { kind: 'COMPANY', group: 'ENTERPRISE', uscc: '914403001922038216' } as const;

/** A village with a pledge, money of an unknown giver, a gift for one purpose, and two records of one donor. */
export async function placesOfGifts(house: House): Promise<[route: string, places: Place[]][]> {
  const village = await givenVillage(house, { heldFen: 0 });
  const by = () => as(village, 'accountant');
  const gifts = house.get(GiftsService);
  const donorId = await givenDonor(village, { name: '顾同名', homePlace: '演示柳溪村' });
  await givenDonor(village, { name: '顾同名' });
  const name = '演示县柳编工艺品进出口有限责任公司柳溪分公司';
  const company = await givenDonor(village, { ...COMPANY, name, publishesName: true });
  const forFire = { intent: 'PURPOSE', purpose: '火灾', intentWords: '给遭火灾的乡亲应急' } as const;
  const gift = await give(village, 12_345_678, { ...forFire, donorId: company, bankReference: 'LS-0001' });
  const pledgedOn = day('2026-03-01');
  const { giftId: pledge } = await gifts.pledgeGift(by(), {
    ...ANY,
    donorId,
    amountFen: fen(10_000),
    pledgedOn,
  });
  const money = {
    amountFen: fen(50_000),
    receivedOn: day('2026-03-02'),
    bankReference: 'LS-0002',
    note: '老乡',
  };
  const { giftId: unknown } = await gifts.recordUnknown(by(), money);
  const { accountant, secretary } = village.at;
  const at = (url: string, who = accountant.login) => ({ url, login: who });
  return [
    ['/s/donations', [at('/s/donations'), at('/s/donations', secretary.login)]],
    ['/s/donations/new', [at(`/s/donations/new?donor=${company}`)]],
    [
      '/s/donations/:giftId',
      [
        ...[gift, pledge, unknown].map((id) => at(`/s/donations/${id}`)),
        at(`/s/donations/${gift}`, secretary.login),
      ],
    ],
    ['/s/donors', [at('/s/donors')]],
    ['/s/donors/:donorId', [at(`/s/donors/${donorId}`), at(`/s/donors/${company}`)]],
    ['/s/donors/:donorId/changes', [at(`/s/donors/${company}/changes`)]],
  ];
}
