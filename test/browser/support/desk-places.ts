import { FindingsService, LeasesService } from '../../../src/federation/index.js';
import { by, givenDesk } from '../../support/desk.js';
import type { House } from '../../support/house.js';
import { givenCase, idNumber } from '../../support/village.js';

type Place = { readonly url: string; readonly login: string };

/** The desk of a federation with a grant to compare, one that a second has to look at, and one sent back to its society. */
export async function placesOfDesk(house: House): Promise<[route: string, places: Place[]][]> {
  const desk = await givenDesk(house);
  const { staff, village, far } = desk;
  const applicant = { name: '重复', idNumber: idNumber() };
  await givenCase(far, { at: 'PAID', applicant });
  const twice = await givenCase(village, { at: 'PAID', applicant, amountFen: 250_000 });
  const sent = await givenCase(village, { at: 'PAID', cause: 'FIRE' });
  const findings = house.get(FindingsService);
  await findings.record(by(desk, 'other'), {
    ...{ caseId: twice.caseId, kind: 'IN_ORDER', reason: 'COMPLETE', dueOn: null, words: null },
  });
  await house
    .get(LeasesService)
    .claim(by(desk, 'reviewer'), { subjectKind: 'grant', subjectId: twice.caseId });
  await findings.record(by(desk, 'reviewer'), {
    ...{ caseId: sent.caseId, kind: 'REVOKE', reason: 'NOT_IN_NEED', dueOn: null, words: '请理事再看一遍' },
  });
  const [row] = await house.dataSource.query<{ id: string }[]>(
    'SELECT id FROM grant_outcomes WHERE case_id = ?',
    [sent.caseId],
  );
  const login = staff.reviewer.login;
  const at = (url: string) => ({ url, login });
  return [
    ['/s/desk', [at('/s/desk'), at('/s/desk?view=all&cause=ILLNESS')]],
    ['/s/desk/cases/:caseId', [at(`/s/desk/cases/${twice.caseId}`), at(`/s/desk/cases/${sent.caseId}`)]],
    [
      '/s/rectifications/:rectificationId',
      [{ url: `/s/rectifications/${row?.id ?? ''}`, login: village.at.secretary.login }],
    ],
  ];
}
