import type { Browser, Page } from 'playwright-core';
import { donorRightsPermissions } from '../../src/donations/rights/donor-rights.permissions.js';
import { listening } from '../support/clients.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { PASSWORD } from '../support/officers.js';
import {
  barriersOn,
  describeInBrowser,
  launch,
  overflowOf,
  smallTargetsOn,
  visitor,
} from './support/browser.js';
import { placesOfDonor } from './support/donor-places.js';

/** Every page of these rights; what is only a file is no page. */
const PAGES = donorRightsPermissions.flatMap(({ route }) => /^GET (\/[sd]\/\S+)$/.exec(route)?.[1] ?? []);

describeInBrowser('the rights of a donor', () => {
  let browser: Browser;
  let house: House;
  let base: string;
  let places: Awaited<ReturnType<typeof placesOfDonor>>;

  beforeAll(async () => {
    const [sqlite] = kinds;
    if (!sqlite) throw new Error('The embedded database is always there');
    house = await givenHouse(sqlite);
    places = (await placesOfDonor(house)).filter(([route]) => /rights|copy|contact|requests/.test(route));
    base = await listening(house);
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await house.close();
  });

  async function signIn(page: Page, login: string): Promise<void> {
    await page.goto('/sign-in');
    await page.fill('[name=login]', login);
    await page.fill('[name=password]', PASSWORD);
    await page.getByRole('button', { name: '登录' }).click();
  }

  it.each([
    [360, 'standard'],
    [320, 'largest'],
    [1366, 'standard'],
  ] as const)('stand on pages that fit %i px in %s letters, and keep nobody out', async (width, font) => {
    const found: unknown[] = [];
    const byLogin = new Map<string, Page>();
    for (const [, urls] of places)
      for (const { url, login } of urls) {
        let page = byLogin.get(login);
        if (!page) {
          page = await (await visitor(browser, base, { width, font })).newPage();
          await signIn(page, login);
          byLogin.set(login, page);
        }
        const answer = await page.goto(url);
        found.push([answer?.status(), url, await overflowOf(page), await smallTargetsOn(page)]);
        found.push(await barriersOn(page));
      }
    const fine = places.flatMap(([, urls]) => urls.flatMap(({ url }) => [[200, url, 0, []], []]));
    expect(found).toEqual(fine);
  });

  it('are each among those that are looked at', () => {
    const known = places.map(([route]) => route);
    expect(known.sort()).toEqual(PAGES.filter((route) => !route.endsWith('.json')).sort());
  });

  it('lets a donor ask in three steps: 我的捐赠, 我的信息, 提出请求', async () => {
    const login = places.find(([route]) => route === '/d/rights')?.[1][0]?.login ?? '';
    const page = await (await visitor(browser, base)).newPage();
    await signIn(page, login);
    await page.goto('/d');
    await page.getByRole('link', { name: '我的信息：看、改、删除' }).click();
    await page.getByLabel('改正登记的姓名').check();
    await page.fill('[name=wish]', '“河”写成了“和”');
    await page.getByRole('button', { name: '提出请求' }).click();
    expect(new URL(page.url()).pathname).toBe('/d/rights');
    expect(await page.locator('table').textContent()).toContain('改正登记的姓名');
    await page.getByLabel('改正登记的姓名').check();
    await page.fill('[name=wish]', '再说一次');
    await page.getByRole('button', { name: '提出请求' }).click();
    expect(await page.locator('.govuk-error-summary').textContent()).toContain('已经有一个同样的请求');
  });
});
