import { CharterMotionService } from '../../../src/board/index.js';
import { PeopleService, PersonCorrectionsService, PersonRightsService } from '../../../src/people/index.js';
import { SocietiesQueries } from '../../../src/societies/index.js';
import { addDays, dayOf } from '../../../src/kernel/day.js';
import { fen } from '../../../src/kernel/fen.js';
import { OfficerPledgesQueries, OfficesService } from '../../../src/offices/index.js';
import { callerOf } from '../../support/house.js';
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
    ['/s/offices/:termId/pledge', await placesOfPledges(village)],
    ...(await placesOfConsents(village, confirmed.personId)),
  ];
}

/** One that was signed, and one that its officer is still to sign. */
async function placesOfPledges({ house, societyId, at }: Village): Promise<Place[]> {
  const { clerk } = at;
  const fromOn = dayOf(house.clock.now());
  const term = { societyId, personId: clerk.personId, fromOn, untilOn: addDays(fromOn, 300) };
  const admin = callerOf({ societyId, accountId: societyId, roles: ['system-admin'] });
  const owed = await house.get(OfficesService).appoint(admin, { ...term, office: 'INFORMATION_OFFICER' });
  const [signed] = await house.get(OfficerPledgesQueries).running(societyId, fromOn);
  const ids = [owed.termId, ...(signed ? [signed.id] : [])];
  return ids.map((id) => ({ url: `/s/offices/${id}/pledge`, login: clerk.login }));
}

/** Agreed to on paper, and of one purpose taken back on the phone. */
async function placesOfConsents(
  village: Village,
  personId: string,
): Promise<[route: string, places: Place[]][]> {
  const { secretary, third } = village.at;
  const people = village.house.get(PeopleService);
  await people.giveConsents(as(village, 'secretary'), {
    ...{ personId, answers: { PROCESS: true, HEALTH_BANK: true, PUBLISH: true }, how: 'PAPER' },
  });
  await people.giveConsents(as(village, 'secretary'), {
    ...{ personId, answers: { PUBLISH: false }, how: 'PHONE', otherId: third.personId },
  });
  const page = `/s/people/${personId}/consents`;
  const at = (url: string) => ({ url, login: secretary.login });
  return [
    ['/s/people/:personId/consents', [at(page)]],
    ['/s/people/:personId/consents/withdrawal', [at(`${page}/withdrawal?purpose=HEALTH_BANK`)]],
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
        at(one(copy), chair),
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
