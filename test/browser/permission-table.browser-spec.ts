import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { AccessService } from '../../src/access/index.js';
import { BallotLinksService, RoundsService } from '../../src/board/index.js';
import { HandoversService, MatchesQueries, OverridesService } from '../../src/cases/index.js';
import { playVillage, VILLAGE_SIGN_INS } from '../../src/demo/play.js';
import type { Role } from '../../src/kernel/actor.js';
import { fen } from '../../src/kernel/fen.js';
import { RecoveriesService } from '../../src/payments/index.js';
import { permissions } from '../../src/permissions.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { kinds } from '../support/databases.js';
import { givenFederation, givenFund } from '../support/federation.js';
import { callerOf, givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { boardSays, givenApproved } from '../support/fast-path.js';
import { everyNth } from '../support/often.js';
import { givenOfficer, PASSWORD } from '../support/officers.js';
import { as, givenCase, givenTown, givenVillage, handsOf, idNumber, photo } from '../support/village.js';
import type { GivenCase, Village } from '../support/village.js';
import { barriersOn, describeInBrowser, launch, visitor } from './support/browser.js';
import { placesOfBreaches } from './support/breach-places.js';
import { placesOfCampaigns } from './support/campaign-places.js';
import { placesOfDesk } from './support/desk-places.js';
import { placesOfDonor } from './support/donor-places.js';
import { placesOfGifts } from './support/gift-places.js';
import { placesOfNotices } from './support/notice-places.js';
import { placesOfTexts } from './support/notice-text-places.js';
import { placesOfObjections } from './support/objection-places.js';
import { placesOfOpenBooks } from './support/open-books-places.js';
import { placesOfReceipts } from './support/receipt-places.js';
import { placesOfRefunds } from './support/refund-places.js';
import { placesOfRules } from './support/rule-places.js';
import { placesOfRelief } from './support/relief-places.js';

/** A row of the permission table that answers with a page, not with a file, a word for a machine, or another address. */
const OTHER_ANSWERS = [
  ...['/', '/healthz', '/readyz', '/metrics', '/s/people/suggest', '/s/files/:fileId'],
  '/s/relief/:reliefId/letters/:letterId',
  '/s/donations/receipts/:receiptId/paper',
  '/s/donations/receipts/:receiptId/thanks',
  '/s/donors/:donorId/statements/:year/paper',
  ...['/sign-in/oidc', '/sign-in/oidc/return', '/me/identity/provider'],
];

/** Nobody answers there: the pages of an identity need its name only. */
const IDENTITY_PROVIDER = {
  OIDC_ISSUER: 'http://127.0.0.1:9',
  OIDC_CLIENT_ID: 'huzhu',
  OIDC_CLIENT_SECRET: 'a-secret-of-the-tests-alone-0123456789',
};
const pageRows = permissions.filter(({ route }) => {
  const [method = '', path = ''] = route.split(' ');
  const isFile = /^\/api\/|\.(pdf|xlsx|csv|jsonl?|png|atom)$|\/(photos|pages)\//.test(path);
  return method === 'GET' && !isFile && !OTHER_ANSWERS.includes(path);
});

/** Who of the demo's village holds a role; a reviewer comes with the federation. */
const LOGINS: Readonly<Partial<Record<Role, string>>> = {
  secretary: 'mishuzhang',
  chair: 'lishizhang',
  cashier: 'chuna',
  accountant: 'kuaiji',
  supervisor: 'jianshi',
  'information-officer': 'xinxiyuan',
  auditor: 'shenjiyuan',
  'system-admin': 'guanliyuan',
  'signed-in': 'guanliyuan',
};

/** At the start, the demo's village alone has cases. */
const OF_THE_DEMO = 'society_id IN (SELECT society_id FROM cases)';

/** Where a route with an id in it is opened, and by whom, where somebody else than the first of its roles has more to do. */
type Place = { readonly url: string; readonly as?: Role; readonly login?: string };

describeInBrowser('each page of the permission table', () => {
  let browser: Browser;
  let house: House;
  let base: string;
  let boardCode: string;
  const places = new Map<string, readonly Place[]>();
  const logins: Partial<Record<Role, string>> = { ...LOGINS };
  const contexts = new Map<string, Promise<Page>>();
  /** What is measured besides each route's page on a phone: a fifth of it, in turn. Every page is opened all the same. */
  const isMeasuredToo = everyNth(5);

  beforeAll(async () => {
    const [sqlite] = kinds;
    if (!sqlite) throw new Error('The embedded database is always there');
    house = await givenHouse(sqlite, '2026-03-02T00:00:00.000Z', { settings: IDENTITY_PROVIDER });
    ({ boardCode } = await playVillage(house.app, house.clock));
    await house.app.listen(0, '127.0.0.1');
    base = `http://127.0.0.1:${(house.app.getHttpServer().address() as AddressInfo).port}`;
    browser = await launch();
    for (const [route, urls] of await placesOfRelief(house)) places.set(`GET ${route}`, urls);
    for (const [route, urls] of await placesWithIds()) places.set(`GET ${route}`, urls);
    for (const [route, place] of await placesOfFunds()) places.set(`GET ${route}`, [place]);
    for (const [route, place] of await placesOfBranches()) places.set(`GET ${route}`, [place]);
    for (const [route, urls] of await placesOfBreaches(house)) places.set(`GET ${route}`, urls);
    for (const [route, urls] of await placesOfCampaigns(house)) places.set(`GET ${route}`, urls);
    for (const [route, urls] of await placesOfDesk(house)) places.set(`GET ${route}`, urls);
    for (const [route, urls] of await placesOfTexts(house)) places.set(`GET ${route}`, urls);
    for (const [route, urls] of await placesOfObjections(house)) places.set(`GET ${route}`, urls);
    for (const [route, urls] of await placesOfOpenBooks(house)) places.set(`GET ${route}`, urls);
    for (const [route, urls] of await placesOfReceipts(house)) places.set(`GET ${route}`, urls);
    for (const [route, urls] of await placesOfGifts(house)) places.set(`GET ${route}`, urls);
    for (const [route, urls] of await placesOfDonor(house)) places.set(`GET ${route}`, urls);
    for (const [route, urls] of await placesOfRefunds(house)) places.set(`GET ${route}`, urls);
    for (const [route, urls] of [...(await placesOfRules(house)), ...(await placesOfNotices(house))])
      places.set(`GET ${route}`, [...(places.get(`GET ${route}`) ?? []), ...urls]);
    places.set('GET /s', [{ url: '/s' }, { url: '/s', as: 'reviewer' }, { url: '/s', as: 'auditor' }]);
  });

  afterAll(async () => {
    await browser.close();
    await house.close();
  });

  async function ids(sql: string): Promise<string[]> {
    const rows: { id: string }[] = await house.dataSource.query(sql);
    return rows.map(({ id }) => id);
  }

  /** The ids of the demo, which has a case at every stop of the road. */
  async function placesWithIds(): Promise<[route: string, places: readonly Place[]][]> {
    const at = (state: string) => ids(`SELECT '2026-' || substr('000' || number, -4) id FROM cases ${state}`);
    const found = async (sql: string, url: (id: string) => string, as?: Role): Promise<Place[]> =>
      (await ids(sql)).map((id) => ({ url: url(id), ...(as ? { as } : {}) }));
    const notice = (rest: string) => (id: string) => `/s/notices/${id}${rest}`;
    const signed = `SELECT id FROM notices WHERE state = 'SIGNED' AND ${OF_THE_DEMO} LIMIT 1`;
    const [draft, check] = await newDraft();
    const admin = callerOf({ roles: ['system-admin'] });
    const { link } = await house.get(AccessService).openAccount(admin, { admin: true });
    const cases = async (state: string, rest: string) =>
      (await at(state)).map((number) => ({ url: `/s/cases/${number}${rest}` }));
    return [
      ['/s/cases/:number', await cases('WHERE id IN (SELECT MIN(id) FROM cases GROUP BY state)', '')],
      ['/s/cases/:number/visits', await cases(`WHERE state = 'ACCEPTED'`, '/visits')],
      ['/s/cases/:number/rounds/new', await cases(`WHERE state = 'VERIFIED'`, '/rounds/new')],
      ['/s/cases/:number/fast-path', await cases(`WHERE state = 'VERIFIED'`, '/fast-path')],
      ['/s/cases/:number/papers', await cases(`WHERE state = 'PAID' LIMIT 1`, '/papers')],
      ['/s/cases/:number/look', await cases(`WHERE state = 'PAID' LIMIT 1`, '/look?field=ID_NUMBER')],
      ['/s/cases/drafts/:draftId', [{ url: draft }]],
      ['/s/cases/drafts/:draftId/check', [{ url: check }]],
      [
        '/s/rounds/:roundId',
        await found(
          `SELECT MIN(id) id FROM rounds WHERE ${OF_THE_DEMO} GROUP BY state`,
          (id) => `/s/rounds/${id}`,
        ),
      ],
      [
        '/s/payments/:orderId',
        await found(
          `SELECT MIN(id) id FROM payment_orders WHERE ${OF_THE_DEMO} GROUP BY state`,
          (id) => `/s/payments/${id}`,
          'cashier',
        ),
      ],
      ['/s/recoveries/:recoveryId', [{ url: `/s/recoveries/${await newRecovery()}`, as: 'cashier' }]],
      [
        '/s/notices/:noticeId',
        [
          ...(await found(
            `SELECT id FROM notices WHERE state = 'DRAFT' AND ${OF_THE_DEMO} LIMIT 1`,
            notice(''),
            'chair',
          )),
          ...(await found(`SELECT MIN(id) id FROM notices WHERE ${OF_THE_DEMO} GROUP BY state`, notice(''))),
        ],
      ],
      ['/s/notices/:noticeId/print', await found(signed, notice('/print'))],
      ['/s/notices/:noticeId/postings', await found(signed, notice('/postings'))],
      ['/n/:code', await found(`SELECT code id FROM notice_issues LIMIT 2`, (id) => `/n/${id}`)],
      ['/b/:boardCode', [{ url: `/b/${boardCode}` }]],
      ['/link/:token', [{ url: link ?? '' }]],
      [
        '/s/ledger/vouchers/:voucherId',
        await found(`SELECT MAX(id) id FROM vouchers`, (id) => `/s/ledger/vouchers/${id}`),
      ],
      [
        '/s/people/:personId',
        await found(`SELECT MIN(person_id) id FROM payee_accounts`, (id) => `/s/people/${id}`),
      ],
      [
        '/admin/societies/:societyId',
        await found(`SELECT id FROM organisations WHERE kind = 'SOCIETY'`, (id) => `/admin/societies/${id}`),
      ],
    ];
  }

  /** A fund of a federation, and a project of it. */
  async function placesOfFunds(): Promise<[route: string, place: Place][]> {
    const federationId = await givenFederation(house);
    const { fundId } = await givenFund(house, federationId);
    const { login } = await givenOfficer(house, federationId, 'CHAIR');
    logins.reviewer = (await givenOfficer(house, federationId, 'REVIEWER')).login;
    const at = (url: string): Place => ({ url, login });
    return [
      ['/s/funds', at('/s/funds')],
      ['/s/funds/new', at('/s/funds/new')],
      ['/s/funds/:fundId', at(`/s/funds/${fundId}`)],
      ['/s/funds/:fundId/projects/new', at(`/s/funds/${fundId}/projects/new`)],
      ['/s/funds/:fundId/rules/new', at(`/s/funds/${fundId}/rules/new`)],
      ['/s/funds/:fundId/estimate', at(`/s/funds/${fundId}/estimate`)],
      ...(await placesOfMatches(federationId, login)),
    ];
  }

  /** The same person in two villages of a federation. */
  async function placesOfMatches(federationId: string, login: string): Promise<[string, Place][]> {
    const applicant = { name: '重复', idNumber: idNumber() };
    const [one, other] = [
      await givenVillage(house, { parentId: federationId }),
      await givenVillage(house, { parentId: federationId }),
    ];
    await givenCase(one, { at: 'ACCEPTED', applicant });
    const { number, caseId } = await givenCase(other, { at: 'ACCEPTED', applicant });
    const [match] = await house.get(MatchesQueries).ofCase(caseId);
    return [
      ['/s/cases/:number/matches', { url: `/s/cases/${number}/matches`, login: other.at.secretary.login }],
      ['/s/matches', { url: '/s/matches', login }],
      ['/s/matches/:matchId', { url: `/s/matches/${match?.id ?? ''}`, login }],
    ];
  }

  /** A village with a town union above it, and a case on every way off the straight road. */
  async function placesOfBranches(): Promise<[route: string, place: Place][]> {
    const town = await givenTown(house, { heldFen: 30_000_000 });
    const village = await givenVillage(house, { parentId: town.societyId });
    const asSecretary = (url: string): Place => ({ url, login: village.at.secretary.login });
    const asTown = (url: string): Place => ({ url, login: town.at.chair.login });
    const ofCase = ({ number }: GivenCase, page: string) => asSecretary(`/s/cases/${number}/${page}`);

    const voting = await givenCase(village, { at: 'VOTING', cause: 'FIRE' });
    const verified = await givenCase(village, { at: 'VERIFIED', cause: 'OTHER' });
    const paid = await givenCase(village, { at: 'PAID', cause: 'ACCIDENT' });
    const referred = await givenCase(village, { at: 'ACCEPTED', cause: 'SCHOOLING' });
    const escalated = await givenCase(village, { at: 'VERIFIED', cause: 'DISASTER' });
    const handovers = house.get(HandoversService);
    const noted = { note: null };
    await handovers.refer(as(village, 'secretary'), {
      ...{ caseId: referred.caseId, office: 'EDUCATION' },
      ...noted,
    });
    const { handoverId } = await handovers.escalate(as(village, 'secretary'), {
      ...{ caseId: escalated.caseId, reason: 'NO_BOARD', askedFen: null },
      ...noted,
    });
    const { overrideId } = await house.get(OverridesService).ask(as(village, 'secretary'), {
      ...{ kind: 'SAME_CAUSE', personId: paid.applicantId, cause: 'ACCIDENT', note: '又出了一次事故' },
    });
    const [link] = await house.get(BallotLinksService).makeLinks(as(village, 'secretary'), {
      roundId: voting.roundId,
      directorIds: [village.at.third.personId],
    });
    const rejected = await givenCase(village, { at: 'VOTING', cause: 'ILLNESS' });
    await house.get(RoundsService).recordShowOfHands(as(village, 'secretary'), {
      ...{ roundId: rejected.roundId, presiderId: village.at.chair.personId, place: null },
      ...{ hands: handsOf(village, 'no'), sheet: await photo() },
    });
    const fast = await givenApproved(village);
    await boardSays(village, fast, 'no');
    const [fastPathId] = await ids(`SELECT id FROM fast_paths WHERE state = 'NOT_RATIFIED'`);
    const override = `/s/overrides/new?kind=SAME_CAUSE&person=${paid.applicantId}&cause=ACCIDENT`;
    return [
      ['/s/cases/:number/amendment', ofCase(voting, 'amendment')],
      ['/s/cases/:number/ending', ofCase(voting, 'ending')],
      ['/s/cases/:number/revocation', ofCase(paid, 'revocation')],
      ['/s/cases/:number/escalation', ofCase(verified, 'escalation')],
      ['/s/cases/:number/referral', ofCase(verified, 'referral')],
      ['/s/cases/:number/review', ofCase(rejected, 'review')],
      ['/s/cases/:number/answer', ofCase(referred, 'answer')],
      ['/s/rounds/:roundId/links', asSecretary(`/s/rounds/${voting.roundId}/links`)],
      ['/s/rounds/:roundId/reasons', asSecretary(`/s/rounds/${voting.roundId}/reasons`)],
      ['/v/:token', { url: new URL(link?.url ?? '').pathname, login: 'nobody' }],
      ['/s/overrides/new', asSecretary(override)],
      ['/s/town/fast-paths/:fastPathId', asTown(`/s/town/fast-paths/${fastPathId ?? ''}`)],
      [
        '/s/town/recoveries/:recoveryId',
        { url: `/s/town/recoveries/${await owedBy(village)}`, login: town.at.secretary.login },
      ],
      ['/s/town', asTown('/s/town')],
      ['/s/town/handovers/:handoverId', asTown(`/s/town/handovers/${handoverId}`)],
      ['/s/town/overrides/:overrideId', asTown(`/s/town/overrides/${overrideId}`)],
    ];
  }

  /** What a village has still to get back. */
  async function owedBy(village: Village): Promise<string> {
    const { applicantId, caseId } = await givenCase(village, { at: 'PAID', cause: 'OTHER' });
    return demanded(caseId, applicantId);
  }

  /** What a revoked grant owes back: a paid one of the demo is demanded again. */
  async function newRecovery(): Promise<string> {
    const rows: { subjectId: string; payerId: string }[] = await house.dataSource.query(
      `SELECT subject_id "subjectId", payee_id "payerId" FROM payment_orders WHERE state = 'PAID' LIMIT 1`,
    );
    const [{ subjectId, payerId } = { subjectId: '', payerId: '' }] = rows;
    return demanded(subjectId, payerId);
  }

  async function demanded(subjectId: string, payerId: string): Promise<string> {
    const of = { subjectKind: 'case', subjectId, payerId, amountFen: fen(10_000), at: house.clock.now() };
    return (await house.get(Transactions).run((tx) => house.get(RecoveriesService).demand(tx, of)))
      .recoveryId;
  }

  /** 登记急难 as far as 核对一下, and no further. */
  async function newDraft(): Promise<[draft: string, check: string]> {
    const page = await openBy(['secretary']);
    await page.goto('/s/cases/new');
    await page.fill('[name=who]', '朱演示');
    await page.check('[name=cause][value=FIRE]');
    await page.fill('[name=amountFen]', '500');
    await page.click('main .bar .button');
    await page.waitForURL(/\/drafts\/[^/]+$/);
    const draft = new URL(page.url()).pathname;
    for (const box of await page.locator('[name="consents[]"], [name=pledged]').all()) await box.check();
    await page.check('[name=method][value=CASH]');
    await page.check('[name="visitors[]"][value=none]');
    await page.click('main .bar .button');
    await page.waitForURL(/\/check$/);
    return [draft, new URL(page.url()).pathname];
  }

  /** The page of somebody with one of these roles; a stranger's where everybody may look. */
  function openBy(roles: readonly Role[]): Promise<Page> {
    // The administrator stands outside the societies: asked only where nobody else may.
    const inside = roles.filter((role) => role !== 'system-admin');
    return pageOf([...inside, ...roles].map((role) => logins[role]).find((each) => each) ?? '');
  }

  function pageOf(login: string): Promise<Page> {
    const known = contexts.get(login) ?? enter(login);
    contexts.set(login, known);
    return known;
  }

  async function enter(login: string): Promise<Page> {
    const context = await visitor(browser, base);
    const known = VILLAGE_SIGN_INS.find((each) => each.login === login)?.password;
    const password = known ?? (login === '' || login === 'nobody' ? undefined : PASSWORD);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    if (password === undefined) return page;
    await page.goto('/sign-in');
    await page.fill('[name=login]', login);
    await page.fill('[name=password]', password);
    await page.press('[name=password]', 'Enter');
    await page.waitForURL((url) => url.pathname !== '/sign-in');
    return page;
  }

  it.each(pageRows.map((row) => [row.route, row] as const))(
    '%s has no barrier, on a phone and at a desk',
    async (route, row) => {
      const [, path = ''] = route.split(' ');
      const opened = places.get(route) ?? (path.includes(':') ? [] : [{ url: path }]);
      expect(opened).not.toHaveLength(0);
      const barriers: string[] = [];
      for (const [i, { url, as: role, login }] of opened.entries()) {
        const page = await (login === undefined ? openBy(role ? [role] : row.roles) : pageOf(login));
        const answer = await page.goto(url);
        const { pathname, search } = new URL(page.url());
        expect([url, answer?.status(), pathname + search]).toEqual([url, 200, url]);
        for (const width of i === 0 ? [1366, 360] : [360]) {
          if (!(i === 0 && width === 360) && !isMeasuredToo()) continue;
          await page.setViewportSize({ width, height: 800 });
          barriers.push(...(await barriersOn(page)).map((barrier) => `${url} at ${width} px: ${barrier}`));
        }
      }
      expect(barriers).toEqual([]);
    },
    120_000,
  );
});
