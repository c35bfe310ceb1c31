import { randomUUID } from 'node:crypto';
import { AccessService } from '../../../src/access/index.js';
import { callerOf } from '../../support/house.js';
import type { House } from '../../support/house.js';
import { PASSWORD } from '../../support/officers.js';
import { askAdvance, givenGrown, givenRelief, givenReliefGround, relief } from '../../support/relief.js';
import type { GivenRelief, ReliefStop } from '../../support/relief.js';

let logins = 0;

type Place = { readonly url: string; readonly login: string };

/**
 * Each page of relief at the stop where it is opened, by whoever has most to do there. The clock moves past a notice:
 * whoever had signed in before is signed out.
 */
export async function placesOfRelief(house: House): Promise<[route: string, places: readonly Place[]][]> {
  const ground = await givenReliefGround(house);
  const admin = { accountId: randomUUID(), roles: ['system-admin'] as const };
  const loginOf = async ({
    personId,
    societyId,
  }: {
    personId: string;
    societyId: string;
  }): Promise<string> => {
    const login = `relief${++logins}`;
    const account = { societyId, personId, login, password: PASSWORD };
    await house.get(AccessService).openAccount(callerOf(admin), account);
    return login;
  };
  const [clerk, secretary, reviewer, chair, supervisor, home] = await Promise.all([
    loginOf(ground.at.clerk),
    loginOf(ground.at.secretary),
    loginOf(ground.at.reviewer),
    loginOf(ground.at.chair),
    loginOf(ground.at.supervisor),
    loginOf(ground.home.at.secretary),
  ]);
  const made = new Map<ReliefStop, GivenRelief>();
  const stops = ['SUBMITTED', 'POLICY_CHECKED', 'VERIFIED', 'ASSESSED', 'REVIEWED', 'RETURNED'] as const;
  for (const at of [...stops, 'PRE_NOTICE', 'OBJECTION_HOLD', 'PAID', 'NOTICED'] as const)
    made.set(at, await givenRelief(ground, { at, story: '住院三次，欠了亲戚的钱' }));
  const zero = await givenRelief(ground, {
    ...{ at: 'REVIEWED', totalFen: 500_000, reimbursed: { BASIC_INSURANCE: 500_000 } },
  });
  const grown = await givenGrown(ground);
  const asked = await givenRelief(ground, { at: 'PRE_NOTICE' });
  await askAdvance(ground, asked, 5_000_000);

  const of = (stop: ReliefStop, page = ''): string => `/s/relief/${made.get(stop)?.reliefId ?? ''}${page}`;
  const { originPersonId } = await relief(ground, made.get('SUBMITTED') ?? asked);
  const apply = `/s/relief/new?person=${originPersonId}&fund=${ground.fund.fundId}`;
  const one = (page: string, stop: ReliefStop, login: string): [string, Place[]] => [
    `/s/relief/:reliefId/${page}`,
    [{ url: of(stop, `/${page}`), login }],
  ];
  return [
    ['/s/relief', [clerk, reviewer, home].map((login) => ({ url: '/s/relief', login }))],
    ['/s/relief/new', ['/s/relief/new', apply].map((url) => ({ url, login: home }))],
    ['/s/relief/:reliefId/look', [{ url: `${of('PAID')}/look?field=ID_NUMBER`, login: secretary }]],
    [
      '/s/relief/:reliefId',
      [
        ...[of('OBJECTION_HOLD'), of('PAID')].map((url) => ({ url, login: secretary })),
        ...[of('RETURNED'), of('PAID')].map((url) => ({ url, login: home })),
      ],
    ],
    one('policies', 'SUBMITTED', clerk),
    one('verification', 'POLICY_CHECKED', clerk),
    one('assessment', 'VERIFIED', clerk),
    one('review', 'ASSESSED', reviewer),
    one('return', 'ASSESSED', reviewer),
    [
      '/s/relief/:reliefId/panel',
      [of('REVIEWED', '/panel'), ...[zero, grown].map(({ reliefId }) => `/s/relief/${reliefId}/panel`)].map(
        (url) => ({
          url,
          login: secretary,
        }),
      ),
    ],
    one('completion', 'RETURNED', home),
    one('approval', 'NOTICED', chair),
    one('merger', 'PRE_NOTICE', reviewer),
    one('plan', 'PRE_NOTICE', secretary),
    [
      '/s/relief/:reliefId/advance',
      [
        { url: of('PRE_NOTICE', '/advance'), login: secretary },
        ...[chair, supervisor].map((login) => ({ url: `/s/relief/${asked.reliefId}/advance`, login })),
      ],
    ],
    one('follow-up', 'PAID', clerk),
    one('refund', 'PAID', secretary),
    one('transfer', 'SUBMITTED', clerk),
    one('account', 'SUBMITTED', home),
    one('ending', 'SUBMITTED', home),
  ];
}
