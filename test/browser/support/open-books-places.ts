import { OpenBooksReading } from '../../../src/donations/index.js';
import { give, givenDonor } from '../../support/donations.js';
import type { House } from '../../support/house.js';
import { givenCase, givenVillage } from '../../support/village.js';

type Place = { readonly url: string; readonly login?: string };

/** Books with something of each kind, by month and by cause; a purse of them; and lists of donors, one to be taken back. */
export async function placesOfOpenBooks(house: House): Promise<[route: string, places: Place[]][]> {
  const village = await givenVillage(house, { heldFen: 200_000 });
  const donorId = await givenDonor(village, { name: '顾大江', publishesName: true });
  for (let gift = 0; gift < 40; gift++)
    await give(village, 10_000 + gift, {
      ...(gift % 3 === 0 ? { donorId } : {}),
      ...(gift % 4 === 0 ? { intent: 'PURPOSE', purpose: '就学' } : {}),
    });
  for (const cause of ['FIRE', 'ACCIDENT', 'ILLNESS'] as const)
    await givenCase(village, { at: 'PAID', cause, amountFen: 30_000 });
  const { boardCode } = village;
  const wanted = { boardCode, purseCode: null, year: null, after: null };
  const { purses } = await house.get(OpenBooksReading).read(wanted);
  const { login } = village.at.accountant;
  return [
    ['/open', [{ url: '/open' }, { url: '/open?q=none' }]],
    [
      '/open/:boardCode',
      [
        { url: `/open/${boardCode}` },
        { url: `/open/${boardCode}?year=2019` },
        { url: `/open/${boardCode}?year=all` },
      ],
    ],
    ['/open/:boardCode/:purseCode', [{ url: `/open/${boardCode}/${purses[1]?.code ?? ''}` }]],
    ['/s/donations/lists', [{ url: '/s/donations/lists', login }]],
    ['/s/donations/lists/new', [{ url: '/s/donations/lists/new', login }]],
  ];
}
