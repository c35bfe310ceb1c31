import { BreachesService } from '../../../src/breaches/index.js';
import { givenAppeal, hear, propose, termOf } from '../../support/breaches.js';
import type { House } from '../../support/house.js';
import { as, givenVillage } from '../../support/village.js';

type Place = { readonly url: string; readonly login: string };

/** Broken pledges: one that waits for its person, one for a second hand, one that stands, one appealed against, one lifted. */
export async function placesOfBreaches(house: House): Promise<[route: string, places: Place[]][]> {
  const village = await givenVillage(house, { heldFen: 0 });
  const { secretary, chair, deputy, supervisor } = village.at;
  const at = (url: string, { login }: { readonly login: string }) => ({ url, login });
  const of = async (post: 'third' | 'fourth' | 'cashier' | 'accountant') =>
    propose(village, await termOf(village, post), 'chair');
  const [waiting, heard, standing, lifted] = [
    await of('third'),
    await of('fourth'),
    await of('cashier'),
    await of('accountant'),
  ];
  const breaches = house.get(BreachesService);
  for (const { breachId } of [heard, standing, lifted]) await hear(village, breachId);
  for (const { breachId } of [standing, lifted])
    await breaches.confirm(as(village, 'supervisor'), { breachId });
  await breaches.lift(as(village, 'chair'), { breachId: lifted.breachId, words: '已经改正' });
  const appealed = await givenAppeal(village);
  const one = ({ breachId }: { readonly breachId: string }) => `/s/breaches/${breachId}`;
  return [
    ['/s/breaches', [at('/s/breaches', secretary), at('/s/breaches', supervisor)]],
    ['/s/breaches/new', [at('/s/breaches/new', secretary), at('/s/breaches/new', chair)]],
    [
      '/s/breaches/:breachId',
      [
        at(one(waiting), secretary),
        at(one(heard), supervisor),
        at(one(heard), chair),
        at(one(standing), deputy),
        at(one(appealed), secretary),
        at(one(lifted), supervisor),
      ],
    ],
    ['/s/breaches/appeals', [at('/s/breaches/appeals', deputy)]],
    ['/s/breaches/appeals/:appealId', [at(`/s/breaches/appeals/${appealed.appealId}`, deputy)]],
  ];
}
