import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { kinds } from '../support/databases.js';
import { listening } from '../support/clients.js';
import { givenDesk } from '../support/desk.js';
import type { Desk } from '../support/desk.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { givenCase, idNumber } from '../support/village.js';
import type { GivenCase } from '../support/village.js';
import { barriersOn, describeInBrowser, launch, overflowOf, smallTargetsOn } from './support/browser.js';
import { Walker } from './support/road.js';

const DESK = { width: 1366, height: 900, script: true };
/** Pictures for whoever wants to look: `DESK_SHOTS=var/shots npx jest …`. */
const SHOTS = process.env['DESK_SHOTS'];

describeInBrowser('a reviewer’s day at the desk of the federation', () => {
  let browser: Browser;
  let house: House;
  let desk: Desk;
  let base: string;
  let twice: GivenCase;
  let plain: GivenCase;

  beforeAll(async () => {
    const [sqlite] = kinds;
    if (!sqlite) throw new Error('The embedded database is always there');
    house = await givenHouse(sqlite);
    desk = await givenDesk(house);
    const applicant = { name: '诸葛重复', idNumber: idNumber() };
    await givenCase(desk.far, { at: 'PAID', applicant, amountFen: 80_000 });
    house.clock.advance({ days: 3 });
    twice = await givenCase(desk.village, { at: 'PAID', applicant, cause: 'FIRE', amountFen: 150_000 });
    house.clock.advance({ hours: 1 });
    plain = await givenCase(desk.village, { at: 'PAID', cause: 'ILLNESS' });
    await givenCase(desk.town, { at: 'PAID', cause: 'ACCIDENT', amountFen: 260_000 });
    house.clock.advance({ days: 15 });
    base = await listening(house);
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await house.close();
  });

  const shoot = async (walker: Walker, name: string): Promise<void> => {
    if (!SHOTS) return;
    mkdirSync(SHOTS, { recursive: true });
    for (const width of [1366, 360]) {
      await walker.page.setViewportSize({ width, height: 900 });
      await walker.page.screenshot({ path: join(SHOTS, `${name}-${width}.png`), fullPage: true });
    }
    await walker.page.setViewportSize(DESK);
  };
  /** Nothing wider than the screen, nothing too small, nothing that axe knows of, at a desk and on a phone. */
  const faultsOn = async (walker: Walker): Promise<unknown[]> => {
    const found: unknown[] = [];
    for (const width of [1366, 360]) {
      await walker.page.setViewportSize({ width, height: 900 });
      found.push(await overflowOf(walker.page), ...(await barriersOn(walker.page)));
    }
    found.push(...(await smallTargetsOn(walker.page)));
    await walker.page.setViewportSize(DESK);
    return found.filter((fault) => fault !== 0);
  };
  const entered = async (who: 'reviewer' | 'other', gait = DESK): Promise<Walker> => {
    const walker = await Walker.enter(browser, base, gait);
    await walker.signIn(desk.staff[who].login);
    return walker;
  };

  it('by mouse: filter, open, compare, decide over the check page, and on to the next', async () => {
    const walker = await entered('reviewer');
    const { page } = walker;
    await walker.press('审核台');
    expect(await page.locator('h1').innerText()).toBe('审核台');
    expect(await page.locator('tbody tr').count()).toBe(4);
    expect(await faultsOn(walker)).toEqual([]);
    await shoot(walker, 'queue');

    await page.selectOption('#cause', 'FIRE');
    await walker.press('应用');
    expect(page.url()).toContain('cause=FIRE');
    expect(await page.locator('tbody tr').count()).toBe(1);
    await walker.press(twice.number);
    expect(await page.locator('h1').innerText()).toContain(twice.number);
    await walker.press('我来审');
    expect(await page.locator('.lease').innerText()).toContain('我在审');
    expect(await faultsOn(walker)).toEqual([]);
    await shoot(walker, 'grant');

    await page.getByLabel('允许的第二次：是另一件急难').check();
    await walker.press('记下说明');
    expect(await page.locator('.match').innerText()).toContain('允许的第二次');

    await page.getByLabel('限期整改').check();
    await page.selectOption('#reason', 'PAPERS');
    await page.fill('#words', '收条补一张');
    await walker.press('核对一下');
    expect(await page.locator('h1').innerText()).toBe('核对一下');
    expect(await faultsOn(walker)).toEqual([]);
    await shoot(walker, 'check');
    await walker.press('记下意见');
    expect(await page.locator('.panel').innerText()).toContain('已定：限期整改');
    expect(await faultsOn(walker)).toEqual([]);
    await shoot(walker, 'done');
    // The view that one came from held this row alone: nothing is next in it.
    expect(await page.getByText('下一件').count()).toBe(0);
    expect(await walker.faults({ words: ['审核意见'] })).toEqual([]);
    await walker.context.close();
  });

  it('by keys: they walk, open and choose, and nothing is sent before the button is pressed', async () => {
    const walker = await entered('reviewer');
    const { page } = walker;
    await walker.goto('/s/desk?view=all');
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('q');
    await page.keyboard.type('jk');
    expect(await page.inputValue('#q')).toBe('jk'); // where somebody types, letters are letters
    await page.fill('#q', '');
    await page.locator('h1').click();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    const rows = page.locator('tbody td:first-child a');
    expect(await rows.nth(0).evaluate((row) => row === document.activeElement)).toBe(true);
    while (
      !(await page.evaluate((number) => document.activeElement?.textContent === number, plain.number)) ||
      !(await page.evaluate(() =>
        (document.activeElement as HTMLAnchorElement).closest('tr')?.textContent.includes('突发疾病'),
      ))
    )
      await page.keyboard.press('j');
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    expect(walker.path).toContain('/s/desk/cases/');

    const before = walker.sent.length;
    await page.keyboard.press('r');
    expect(await page.getByLabel('限期整改').isChecked()).toBe(true);
    await page.keyboard.press('e');
    expect(await page.getByLabel('建议撤销').isChecked()).toBe(true);
    await page.keyboard.press('a');
    expect(await page.getByLabel('合规').isChecked()).toBe(true);
    await page.keyboard.press('?');
    expect(await page.locator('details.keys').getAttribute('open')).not.toBeNull();
    expect(walker.sent).toHaveLength(before);
    expect(await page.getByLabel('合规').getAttribute('aria-keyshortcuts')).toBe('a');

    await page.selectOption('#reason', 'COMPLETE');
    await walker.press('核对一下');
    await walker.press('记下意见');
    expect(await page.locator('.panel').innerText()).toContain('已定：合规');
    const next = page.getByText(/^下一件 /);
    await Promise.all([page.waitForEvent('load'), next.click()]);
    expect(walker.path).toContain('/s/desk/cases/');
    await page.keyboard.press('g');
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('q')]);
    expect(walker.path).toBe('/s/desk');
    await walker.context.close();
  });

  it('remembers in this browser that the keys are off', async () => {
    const walker = await entered('other');
    const { page } = walker;
    await walker.goto('/s/desk');
    await page.locator('details.keys summary').click();
    await page.locator('#keys-switch').uncheck();
    await walker.goto('/s/desk?view=all');
    await page.keyboard.press('j');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
    await walker.context.close();
  });

  it('does all of it without script, on a phone', async () => {
    const walker = await entered('other', { width: 360, height: 780, script: false });
    const { page } = walker;
    await walker.goto('/s/desk');
    const first = page.locator('tbody td:first-child a').first();
    await Promise.all([page.waitForEvent('load'), first.click()]);
    await page.getByLabel('合规').check();
    await page.selectOption('#reason', 'CALLED_BACK');
    await walker.press('核对一下');
    expect(await walker.faults({ words: ['核对一下', '合规'] })).toEqual([]);
    await walker.press('记下意见');
    expect(await walker.faults({ words: ['已定：合规', '下一件'] })).toEqual([]);
    await walker.context.close();
  });

  it('shows the society what it has to put right, on a phone', async () => {
    const walker = await Walker.enter(browser, base, { width: 360, height: 780, script: true });
    await walker.signIn(desk.village.at.secretary.login);
    await walker.goto('/s');
    await walker.press('记整改');
    expect(await walker.faults({ words: ['总会意见：限期整改', '收条补一张', '答复总会'] })).toEqual([]);
    expect(await barriersOn(walker.page)).toEqual([]);
    await shoot(walker, 'rectification');
    await walker.page.setViewportSize({ width: 360, height: 780 });
    await walker.page.fill('#words', '收条补好了');
    await walker.press('答复总会');
    expect(await walker.faults({ words: ['已答复，等总会复核'] })).toEqual([]);
    await walker.context.close();
  });
});
