import { CharterMotionService } from '../../../src/board/index.js';
import { PersonCorrectionsService, PersonRightsService } from '../../../src/people/index.js';
import { SocietiesQueries } from '../../../src/societies/index.js';
import { addDays, dayOf } from '../../../src/kernel/day.js';
import { fen } from '../../../src/kernel/fen.js';
import type { House } from '../../support/house.js';
import { raiseHands } from '../../support/rules.js';
import { as, givenVillage, personIn } from '../../support/village.js';
import type { Village } from '../../support/village.js';

type Place = { readonly url: string; readonly login: string };

/** A charter that was changed and is to be changed again, and a register that is to be put right. */
export async function placesOfRules(house: House): Promise<[route: string, places: Place[]][]> {
  const village = await givenVillage(house);
  const { chair, secretary, supervisor } = village.at;
  const at = (url: string, { login }: { readonly login: string } = secretary) => ({ url, login });
  const untouched = await givenVillage(house);
  await raiseHands(village, await charterMotion(village, 350_000, 5), 'yes');
  await charterMotion(village, 400_000, 30);
  const corrections = house.get(PersonCorrectionsService);
  const propose = async (name: string) => {
    const personId = await personIn(house, village.societyId, { name });
    const asked = { personId, field: 'NAME', after: '范长河', reason: '登记时写错了字' } as const;
    return { personId, ...(await corrections.propose(as(village, 'clerk'), asked)) };
  };
  const waiting = await propose('范常河');
  const confirmed = await propose('樊长河');
  await corrections.confirm(as(village, 'chair'), confirmed);
  const declined = await propose('范长和');
  await corrections.decline(as(village, 'chair'), { ...declined, words: '身份证上就是这样写的' });
  const one = ({ correctionId }: { readonly correctionId: string }) =>
    `/s/people/corrections/${correctionId}`;
  return [
    ['/s/charter', [at('/s/charter'), at('/s/charter', supervisor), at('/s/charter', untouched.at.chair)]],
    ['/s/charter/motions/new', [at('/s/charter/motions/new', untouched.at.secretary)]],
    ['/s/people/corrections', [at('/s/people/corrections'), at('/s/people/corrections', chair)]],
    [
      '/s/people/corrections/:correctionId',
      [at(one(waiting)), at(one(waiting), chair), at(one(confirmed), chair), at(one(declined))],
    ],
    ...(await placesOfRights(village, confirmed.personId)),
    ['/s/people/:personId', [at(`/s/people/${confirmed.personId}`)]],
  ];
}

/** Somebody asked for a copy, somebody to be erased, and one was told why not. */
async function placesOfRights(
  village: Village,
  personId: string,
): Promise<[route: string, places: Place[]][]> {
  const { house, societyId } = village;
  const { secretary, clerk, chair, supervisor } = village.at;
  const rights = house.get(PersonRightsService);
  const ask = (kind: 'COPY' | 'ERASE', of: string) =>
    rights.record(as(village, 'secretary'), {
      ...{ personId: of, kind, how: 'WRITTEN', askedOn: dayOf(house.clock.now()) },
    });
  const copy = await ask('COPY', personId);
  const erasure = await ask('ERASE', personId);
  const erased = await ask('ERASE', await personIn(house, societyId, { name: '范不留' }));
  await rights.erase(as(village, 'chair'), erased);
  const declined = await ask('ERASE', await personIn(house, societyId, { name: '范留下' }));
  await rights.decline(as(village, 'chair'), { ...declined, words: '申请还没有办完' });
  const one = ({ requestId }: { readonly requestId: string }) => `/s/people/requests/${requestId}`;
  const at = (url: string, { login }: { readonly login: string } = secretary) => ({ url, login });
  return [
    ['/s/people/requests', [at('/s/people/requests'), at('/s/people/requests', supervisor)]],
    ['/s/people/retention', [at('/s/people/retention')]],
    [
      '/s/people/requests/:requestId',
      [
        at(one(copy)),
        at(one(copy), clerk),
        at(one(erasure)),
        at(one(erasure), chair),
        at(one(erased)),
        at(one(declined), supervisor),
      ],
    ],
    ['/s/people/requests/:requestId/copy', [at(`${one(copy)}/copy`, clerk)]],
    ['/s/people/:personId/requests', [at(`/s/people/${personId}/requests`)]],
  ];
}

/** Asked for by the secretary: another limit of a case, from so many days on. */
async function charterMotion(village: Village, limitFen: number, days: number): Promise<string> {
  const { house, societyId } = village;
  const [last] = await house.get(SocietiesQueries).charters(societyId);
  if (!last) throw new Error('A society without a charter');
  const validFrom = addDays(dayOf(house.clock.now()), days);
  const terms = { ...last, validFrom, perCaseLimitFen: fen(limitFen) };
  const asked = { terms, why: '去年有几户不够用' };
  return (await house.get(CharterMotionService).propose(as(village, 'secretary'), asked)).roundId;
}
