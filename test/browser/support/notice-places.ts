import { CorrectionsService, IncidentsService, NoticesQueries } from '../../../src/notices/index.js';
import type { Notice } from '../../../src/notices/index.js';
import type { House } from '../../support/house.js';
import { wordsOf } from '../../support/notices.js';
import { givenPlayed, hangPlayed, playSubject, signPlayed } from '../../support/played-subject.js';
import { as, givenTown, givenVillage } from '../../support/village.js';
import type { Village } from '../../support/village.js';

type Place = { readonly url: string; readonly login?: string };

/** Notices that were corrected, interrupted and taken down, and the board of a town. The clock stays where it is. */
export async function placesOfNotices(house: House): Promise<[route: string, places: Place[]][]> {
  const town = await givenTown(house);
  const village = await givenVillage(house, { parentId: town.societyId });
  const played = playSubject(house);
  const items = wordsOf().items.map((item) => ({ ...item, group: '柳溪村二组' }));
  const corrected = await givenPlayed(village);
  played.says.set(corrected.subjectId, () => ({ kind: 'GRANT_POST', words: wordsOf({ items }) }));
  const toCorrect = await givenPlayed(village);
  played.says.set(toCorrect.subjectId, () => ({ kind: 'GRANT_POST', words: wordsOf({ items }) }));
  const wordless = await givenPlayed(village);
  const correction = await house
    .get(CorrectionsService)
    .correct(as(village, 'clerk'), { noticeId: corrected.id });
  await signPlayed(village, correction.noticeId);
  await hangPlayed(village, correction.noticeId);
  const down = await takenDown(house, village);
  const { login } = village.at.secretary;
  const at = (url: string): Place => ({ url, login });
  const code = ({ issue }: Notice): string => issue?.code ?? '';
  const page = ({ id }: Notice, rest: string) => at(`/s/notices/${id}/${rest}`);
  return [
    ['/s/takedowns/:code', [corrected, down].map((notice) => at(`/s/takedowns/${code(notice)}`))],
    ['/s/notices/:noticeId/incident', [page(down, 'incident')]],
    ['/s/notices/:noticeId/gap', [page(corrected, 'gap')]],
    ['/s/notices/:noticeId/correction', [page(toCorrect, 'correction'), page(wordless, 'correction')]],
    ['/n/:code/versions', [{ url: `/n/${code(corrected)}/versions` }]],
    ['/n/:code', [corrected, down].map((notice) => ({ url: `/n/${code(notice)}` }))],
    [
      '/b/:boardCode',
      ['', '?state=ended', `?village=${village.boardCode}&kind=GRANT_POST`].map((asked) => ({
        url: `/b/${town.boardCode}${asked}`,
      })),
    ],
  ];
}

async function takenDown(house: House, village: Village): Promise<Notice> {
  const { id: noticeId } = await givenPlayed(village);
  const noticedAt = house.clock.now();
  await house
    .get(IncidentsService)
    .suspend(as(village, 'supervisor'), { noticeId, kind: 'FULL_NAME', way: 'PERSON', noticedAt });
  await house.get(IncidentsService).note(as(village, 'clerk'), {
    ...{ noticeId, kind: 'PERSON_TOLD', at: noticedAt },
  });
  return house.get(NoticesQueries).notice(village.societyId, noticeId);
}
