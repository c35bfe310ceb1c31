import type { House } from '../../support/house.js';
import {
  assign,
  confirm,
  CORRECTED,
  givenRunning,
  playSubject,
  propose,
  raise,
  REDECIDED,
  register,
  settle,
} from '../../support/objections.js';
import { wordsOf } from '../../support/notices.js';
import { givenVillage } from '../../support/village.js';

type Place = { readonly url: string; readonly login?: string };

/** A notice with an objection at every stop of its road, as each of those sees it who has to do something there. */
export async function placesOfObjections(house: House): Promise<[route: string, places: Place[]][]> {
  const played = playSubject(house);
  const village = await givenVillage(house, { heldFen: 0 });
  const notice = await givenRunning(village);
  const [item] = wordsOf().items;
  if (item)
    played.today.set(notice.subjectId, {
      kind: 'GRANT_POST',
      words: wordsOf({ items: [{ ...item, group: '柳溪村二组' }] }),
    });
  const waiting = await raise(village, notice, { words: `${'听说金额和公示的不一样，'.repeat(20)}请查。` });
  const beside = await raise(village, notice);
  const toFind = await register(village, notice);
  await assign(village, toFind);
  const toConfirm = await raise(village, notice);
  await assign(village, toConfirm);
  await propose(village, toConfirm);
  await confirm(village, toConfirm, { agrees: false });
  await propose(village, toConfirm, REDECIDED);
  const over = await register(village, notice);
  await settle(village, over, CORRECTED);
  const code = notice.issue?.code ?? '';
  const { secretary, supervisor, accountant, third } = village.at;
  const at = (url: string, { login }: { readonly login: string }): Place => ({ url, login });
  const one = ({ objectionId }: { readonly objectionId: string }) => `/s/objections/${objectionId}`;
  return [
    ['/s/objections', [secretary, supervisor].map((who) => at('/s/objections', who))],
    [
      '/s/objections/:objectionId',
      [
        ...[waiting, beside].map((each) => at(one(each), supervisor)),
        at(one(waiting), secretary),
        at(one(toFind), accountant),
        at(one(toFind), secretary),
        at(one(toConfirm), third),
        at(one(over), accountant),
      ],
    ],
    ['/s/notices/:noticeId/objections/new', [at(`/s/notices/${notice.id}/objections/new`, secretary)]],
    ['/n/:code/objection', [{ url: `/n/${code}/objection` }]],
    ['/o', [{ url: '/o' }]],
    [
      '/o/:queryCode',
      [{ url: `/o/${waiting.code}?new=1` }, { url: `/o/${toConfirm.code}` }, { url: `/o/${over.code}` }],
    ],
  ];
}
