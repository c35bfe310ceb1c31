import type { Browser, Page } from 'playwright-core';
import { kinds } from '../support/databases.js';
import { listening } from '../support/clients.js';
import { boardSays, givenApproved, givenFastPath } from '../support/fast-path.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { PASSWORD } from '../support/officers.js';
import { givenCase, givenVillage } from '../support/village.js';
import type { Post, Village } from '../support/village.js';
import { describeInBrowser, launch, overflowOf, smallTargetsOn, visitor } from './support/browser.js';

describeInBrowser('the page of a fast path, at every stage, on a phone without script', () => {
  let browser: Browser;
  let house: House;
  let village: Village;

  beforeAll(async () => {
    const [sqlite] = kinds;
    if (!sqlite) throw new Error('The embedded database is always there');
    house = await givenHouse(sqlite);
    village = await givenVillage(house);
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await house.close();
  });

  const pageAs = async (post: Post, url: string, font: 'standard' | 'largest'): Promise<Page> => {
    const base = await listening(house);
    const context = await visitor(browser, base, {
      width: font === 'largest' ? 320 : 360,
      font,
      script: false,
    });
    const page = await context.newPage();
    await page.goto('/sign-in');
    await page.fill('[name=login]', village.at[post].login);
    await page.fill('[name=password]', PASSWORD);
    await page.getByRole('button', { name: '登录' }).click();
    await page.waitForURL((at) => at.pathname === '/s');
    await page.goto(url);
    return page;
  };
  const verified = () => givenCase(village, { at: 'VERIFIED' });
  const notRatified = async () => {
    const made = await givenApproved(village);
    await boardSays(village, made, 'no');
    return made;
  };

  it.each`
    stage                    | post            | given
    ${'to be opened'}        | ${'secretary'}  | ${verified}
    ${'to be signed'}        | ${'chair'}      | ${() => givenFastPath(village)}
    ${'to be countersigned'} | ${'supervisor'} | ${() => givenFastPath(village)}
    ${'to be ratified'}      | ${'secretary'}  | ${() => givenApproved(village)}
    ${'not ratified'}        | ${'chair'}      | ${notRatified}
    ${'refused'}             | ${'secretary'}  | ${verified}
  `(
    '$stage: nothing wider than the screen and nothing too small for a thumb',
    async ({ post, given }: { stage: string; post: Post; given: () => Promise<{ number: string }> }) => {
      const { number } = await given();
      for (const font of ['standard', 'largest'] as const) {
        const page = await pageAs(post, `/s/cases/${number}/fast-path`, font);
        expect(await page.locator('h1').innerText()).toBe('紧急快办');
        expect([await overflowOf(page), await smallTargetsOn(page)]).toEqual([0, []]);
        await page.context().close();
      }
    },
  );
});
