import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { SIGNING_MORNING } from '../support/notices.js';
import { barriersOn, describeInBrowser, launch, visitor } from './support/browser.js';
import { placesOfNotices } from './support/notice-places.js';

describeInBrowser('a villager without an account', () => {
  let browser: Browser;
  let house: House;
  let base: string;
  let page: Page;
  const addresses = new Map<string, string>();

  beforeAll(async () => {
    const [sqlite] = kinds;
    if (!sqlite) throw new Error('The embedded database is always there');
    house = await givenHouse(sqlite, SIGNING_MORNING);
    for (const [route, [first, last]] of await placesOfNotices(house)) {
      addresses.set(route, first?.url ?? '');
      addresses.set(`${route} down`, last?.url ?? '');
    }
    await house.app.listen(0, '127.0.0.1');
    base = `http://127.0.0.1:${(house.app.getHttpServer().address() as AddressInfo).port}`;
    browser = await launch();
    page = await (await visitor(browser, base)).newPage();
  });
  afterAll(async () => {
    await browser.close();
    await house.close();
  });

  it('finds the board of the town, chooses what to see, and follows it as a feed that parses', async () => {
    await page.goto(addresses.get('/b/:boardCode') ?? '');
    await page.getByText('挑着看').click();
    await page.getByLabel('状态').selectOption({ label: '已结束' });
    await page.getByRole('button', { name: '看这些' }).click();
    expect(page.url()).toContain('state=ended');
    expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual(['公示结束', '有异议']);
    await page.getByRole('link', { name: '看全部' }).click();
    expect(await barriersOn(page)).toEqual([]);
    const href = await page.locator('link[rel=alternate]').getAttribute('href');
    const feed = await page.evaluate(async (url: string) => {
      const text = await (await fetch(url)).text();
      const read = new DOMParser().parseFromString(text, 'application/xml');
      return {
        faults: read.querySelectorAll('parsererror').length,
        titles: [...read.querySelectorAll('entry > title')].map(({ textContent }) => textContent),
      };
    }, href ?? '');
    expect(feed.faults).toBe(0);
    expect(feed.titles.length).toBeGreaterThan(3);
    for (const title of feed.titles) expect(title).toMatch(/^(救助公示|更正公告) 柳溪救公〔2026〕\d+号$/);
  });

  it('goes from a notice to both versions, and back', async () => {
    const versions = addresses.get('/n/:code/versions') ?? '';
    await page.goto(versions.replace('/versions', ''));
    await page.getByRole('link', { name: '两版对照' }).click();
    expect(new URL(page.url()).pathname).toBe(versions);
    expect(await page.getByRole('cell', { name: '柳溪村二组' }).count()).toBe(2);
    expect(await barriersOn(page)).toEqual([]);
    await page.getByRole('link', { name: '返回公示' }).click();
    expect(page.url()).not.toContain('versions');
  });

  it('reads of one that was taken down its number, and nothing of whom it spoke', async () => {
    await page.goto(addresses.get('/n/:code down') ?? '');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(/^柳溪救公〔2026〕\d+号$/);
    expect(await page.getByRole('main').innerText()).not.toMatch(/张\*三|三组|1,000\.00/);
    expect(await barriersOn(page)).toEqual([]);
  });
});
