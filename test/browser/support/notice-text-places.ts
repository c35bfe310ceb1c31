import { AccountsService } from '../../../src/donations/index.js';
import { NoticeTextsService } from '../../../src/notices/texts/notice-texts.service.js';
import { dayOf } from '../../../src/kernel/day.js';
import { give } from '../../support/donations.js';
import type { House } from '../../support/house.js';
import { as, givenVillage } from '../../support/village.js';

type Place = { readonly url: string; readonly login: string };

/** A house with words of its own for its notices, and with accounts that it owes. */
export async function placesOfTexts(house: House): Promise<[route: string, places: Place[]][]> {
  const village = await givenVillage(house, { heldFen: 100_000 });
  await give(village, 12_345_678, { receivedOn: '2025-11-03' });
  await house.get(AccountsService).askDue(house.clock.now());
  const quarter = { year: 2025, quarter: 4, fund: null } as const;
  await house.get(AccountsService).draftAccounts(as(village, 'accountant'), quarter);
  await house.get(NoticeTextsService).setText(as(village, 'chair'), {
    ...{
      key: 'CLOSING',
      text: '欢迎大家监督，有不明白的到【联系处】来问。',
      validFrom: dayOf(house.clock.now()),
    },
  });
  const { login } = village.at.secretary;
  const reports = '/s/account-reports';
  return [
    ['/s/notices/texts', [{ url: '/s/notices/texts', login }]],
    [
      '/s/notices/texts/:textKey',
      ['OBJECTION', 'CLOSING'].map((key) => ({ url: `/s/notices/texts/${key}`, login })),
    ],
    [reports, [{ url: reports, login }]],
    [`${reports}/new`, [{ url: `${reports}/new?year=2025&span=Q4`, login }]],
  ];
}
