import type { Browser, Page } from 'playwright-core';
import { listening } from '../support/clients.js';
import { kinds } from '../support/databases.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { MARKERS, markersIn } from '../support/markers.js';
import { givenRunning, playSubject } from '../support/objections.js';
import { PASSWORD } from '../support/officers.js';
import { givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';
import {
  barriersOn,
  describeInBrowser,
  launch,
  overflowOf,
  smallTargetsOn,
  visitor,
} from './support/browser.js';

describeInBrowser('an objection', () => {
  let browser: Browser;
  let house: House;
  let village: Village;
  let base: string;

  beforeAll(async () => {
    const [sqlite] = kinds;
    if (!sqlite) throw new Error('The embedded database is always there');
    house = await givenHouse(sqlite, '2026-03-09T01:00:00.000Z');
    playSubject(house);
    village = await givenVillage(house, { heldFen: 0 });
    base = await listening(house);
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await house.close();
  });

  /** Nothing wider than the screen, nothing too small for a thumb, nothing that axe finds. */
  async function expectKind(page: Page): Promise<void> {
    expect([page.url(), await overflowOf(page), await smallTargetsOn(page), await barriersOn(page)]).toEqual([
      ...[page.url(), 0, [], []],
    ]);
  }

  async function signedIn(login: string, width = 360): Promise<Page> {
    const page = await (await visitor(browser, base, { width })).newPage();
    await page.goto('/sign-in');
    await page.fill('[name=login]', login);
    await page.fill('[name=password]', PASSWORD);
    await page.getByRole('button', { name: '登录' }).click();
    return page;
  }

  it('of a villager without an account and without script, from the paper to the answer', async () => {
    const notice = await givenRunning(village);
    const phone = await (await visitor(browser, base, { script: false })).newPage();
    await phone.goto(`/n/${notice.issue?.code ?? ''}`);
    await phone.getByRole('link', { name: '我有异议' }).click();
    await phone.getByRole('button', { name: '提出异议' }).click();
    await phone.getByText('请选哪里有问题').first().waitFor();
    await phone.getByLabel('金额不对').check();
    await phone.fill('[name=words]', `听说${MARKERS.diagnosis}`);
    await phone.fill('[name=name]', MARKERS.name);
    await phone.getByRole('button', { name: '提出异议' }).click();
    expect(await phone.locator('h1').innerText()).toBe('已经受理');
    const own = new URL(phone.url()).pathname;

    const supervisor = await signedIn(village.at.supervisor.login);
    await supervisor.getByRole('link', { name: '安排人查' }).click();
    expect(markersIn(await supervisor.content())).toEqual(['name', 'diagnosis']);
    await expectKind(supervisor);
    await supervisor.getByLabel(/陈会/).check();
    await supervisor.getByLabel(/赵小龙/).check();
    await supervisor.getByRole('button', { name: '请这两个人查' }).click();
    await supervisor.getByText('两个人正在查').first().waitFor();

    const [one, other] = [
      await signedIn(village.at.accountant.login),
      await signedIn(village.at.third.login, 1366),
    ];
    await one.getByRole('link', { name: '看异议' }).click();
    await expectKind(one);
    await one.getByLabel('按章程和票据重新核算，公示的金额没有错').check();
    await one.fill('[name=note]', '核对了转账单和表决单');
    await one.getByRole('button', { name: '写好了，请另一位确认' }).click();
    await one.getByText('等另一位确认').first().waitFor();
    await other.getByRole('link', { name: '看异议' }).click();
    await expectKind(other);
    await other.getByLabel('同意，就这样答复').check();
    await other.getByRole('button', { name: '确认结论' }).click();
    await other.getByText('打印异议答复书').waitFor();

    await phone.goto(own);
    for (const words of ['不成立', '按章程和票据重新核算，公示的金额没有错', '公示的内容不变'])
      expect(await phone.getByText(words).count()).toBeGreaterThan(0);
    await phone.goto(`/n/${notice.issue?.code ?? ''}`);
    expect(await phone.locator('table', { hasText: '异议：金额不对' }).count()).toBe(1);
    expect(markersIn(await phone.content())).toEqual([]);
    for (const page of [phone, supervisor, one, other]) await page.context().close();
  });

  it.each([
    [360, 'standard'],
    [320, 'largest'],
    [1366, 'standard'],
  ] as const)('is written at %d px in %s letters', async (width, font) => {
    const notice = await givenRunning(village);
    const page = await (await visitor(browser, base, { width, font })).newPage();
    await page.goto(`/n/${notice.issue?.code ?? ''}/objection`);
    await expectKind(page);
    await page.getByLabel('事实不实').check();
    await page.fill('[name=words]', '这家人去年已经搬走了');
    await page.getByRole('button', { name: '提出异议' }).click();
    await page.getByText('查询码').first().waitFor();
    await expectKind(page);
    await page.goto('/o');
    await expectKind(page);
    await page.goto(`/n/${notice.issue?.code ?? ''}`);
    expect([await overflowOf(page), await smallTargetsOn(page)]).toEqual([0, []]);
    await page.context().close();
  });
});
