import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { playVillage, VILLAGE_SIGN_INS } from '../../src/demo/play.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { describeInBrowser, launch, overflowOf, smallTargetsOn, visitor } from './support/browser.js';

/** `/s/cases/2026-0012` and `/s/cases/2026-0013` are one kind of page. */
function kindOf(url: string): string {
  const [path = ''] = url.split('?');
  return path.replace(/\/(?=[^/]*\d)[\w-]{4,}/g, '/x').replace(/^\/(b|n|open)\/\w{8}/, '/$1/x');
}

function linksOn(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement>('main a[href], nav a[href], footer a[href]')]
      .map((link) => new URL(link.href))
      .filter(
        ({ origin, pathname }) => origin === location.origin && !/^\/(api|assets|s\/files)\//.test(pathname),
      )
      .filter(({ pathname }) => !/\.(pdf|xlsx|csv|jsonl?)$/.test(pathname))
      .map(({ pathname, search }) => pathname + search),
  );
}

describeInBrowser('every page of the demo that a link leads to', () => {
  let browser: Browser;
  let house: House;
  let base: string;
  let boardCode: string;
  const seen = new Set<string>();

  beforeAll(async () => {
    const [sqlite] = kinds;
    if (!sqlite) throw new Error('The embedded database is always there');
    house = await givenHouse(sqlite, '2026-03-02T00:00:00.000Z');
    ({ boardCode } = await playVillage(house.app, house.clock));
    await house.app.listen(0, '127.0.0.1');
    base = `http://127.0.0.1:${(house.app.getHttpServer().address() as AddressInfo).port}`;
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
    await house.close();
  });

  async function signIn(context: BrowserContext, login: string, password: string): Promise<Page> {
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto('/sign-in');
    await page.fill('[name=login]', login);
    await page.fill('[name=password]', password);
    await page.press('[name=password]', 'Enter');
    await page.waitForURL((url) => url.pathname !== '/sign-in');
    return page;
  }

  /** What is wrong with one page: on a desk in usual letters, then on the narrowest phone in the largest. */
  async function faultsOf(page: Page, url: string): Promise<string[]> {
    await page.context().clearCookies({ name: 'huzhu_font' });
    await page.setViewportSize({ width: 1366, height: 900 });
    const answer = await page.goto(url);
    const status = answer?.status() ?? 0;
    const weight = gzipSync((await answer?.body()) ?? '').length;
    const heads = await page.locator('h1').count();
    const ownHeads = await page.locator('h1:not(.notice h1)').count();
    const found = [
      ...(status === 200 ? [] : [`status ${status}`]),
      ...(weight > 6_000 ? [`${weight} bytes zipped`] : []),
      ...(heads > 0 && ownHeads <= 1 ? [] : [`${heads} h1, ${ownHeads} its own`]),
      ...((await overflowOf(page)) > 0 ? ['wider than a desk'] : []),
    ];
    await page.context().addCookies([{ name: 'huzhu_font', value: 'largest', url: base }]);
    await page.setViewportSize({ width: 320, height: 700 });
    await page.goto(url);
    const overflow = await overflowOf(page);
    if (overflow > 0) found.push(`${overflow} px wider than 320 px`);
    return [...found, ...(await smallTargetsOn(page))].map((fault) => `${kindOf(url)}: ${fault}`);
  }

  /** The same address is another page for whoever may act there: each act that a home page offers is looked at once. */
  async function acts(page: Page): Promise<string[]> {
    const offered = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLAnchorElement>('.card a.button')].map((link) => ({
        url: new URL(link.href).pathname,
        words: link.innerText,
      })),
    );
    const faults: string[] = [];
    for (const { url, words } of offered) {
      if (seen.has(words)) continue;
      seen.add(words);
      seen.add(kindOf(url));
      faults.push(...(await faultsOf(page, url)));
    }
    return faults;
  }

  async function crawl(page: Page, from: readonly string[]): Promise<string[]> {
    const waiting = [...from];
    const faults: string[] = [];
    for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
      if (seen.has(kindOf(url))) continue;
      seen.add(kindOf(url));
      faults.push(...(await faultsOf(page, url)));
      waiting.push(...(await linksOn(page)));
    }
    return faults;
  }

  it('can be read and used by whoever passes by', async () => {
    const context = await visitor(browser, base);
    const page = await context.newPage();
    expect(await crawl(page, ['/sign-in', '/help', '/verify', `/b/${boardCode}`])).toEqual([]);
    await context.close();
  });

  it.each(VILLAGE_SIGN_INS.map(({ login, password, words }) => ({ login, password, words })))(
    'can be read and used by $words',
    async ({ login, password }) => {
      const context = await visitor(browser, base);
      const page = await signIn(context, login, password);
      const from = [new URL(page.url()).pathname, ...(await linksOn(page))];
      expect([...(await acts(page)), ...(await crawl(page, from))]).toEqual([]);
      await context.close();
    },
    300_000,
  );

  it('was more than a handful', () => {
    expect(seen.size).toBeGreaterThan(20);
  });
});
