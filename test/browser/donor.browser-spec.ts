import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { ReceiptsQueries, ReceiptsService } from '../../src/donations/index.js';
import type { ReceiptRow } from '../../src/donations/index.js';
import { listening } from '../support/clients.js';
import { kinds } from '../support/databases.js';
import { give, givenDonor } from '../support/donations.js';
import { givenHouse } from '../support/house.js';
import type { House } from '../support/house.js';
import { PASSWORD } from '../support/officers.js';
import { as, givenCase, givenVillage } from '../support/village.js';
import type { Village } from '../support/village.js';
import {
  barriersOn,
  describeInBrowser,
  launch,
  overflowOf,
  smallTargetsOn,
  visitor,
} from './support/browser.js';

const COMPANY = {
  kind: 'COMPANY',
  group: 'ENTERPRISE',
  name: '演示县柳溪柳编工艺品有限责任公司',
  uscc: '9144030071526726XG',
} as const;

describeInBrowser('a donor on a phone', () => {
  let browser: Browser;
  let house: House;
  let village: Village;
  let base: string;

  beforeAll(async () => {
    const [sqlite] = kinds;
    if (!sqlite) throw new Error('The embedded database is always there');
    house = await givenHouse(sqlite);
    village = await givenVillage(house, { heldFen: 0 });
    base = await listening(house);
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await house.close();
  });

  async function receiptOf(giftId: string): Promise<ReceiptRow> {
    const { receiptId } = await house
      .get(ReceiptsService)
      .issueReceipt(as(village, 'accountant'), { giftId });
    return house.get(ReceiptsQueries).receipt(village.societyId, receiptId);
  }

  /** Nothing wider than the screen, nothing too small for a thumb, nothing that axe finds. */
  async function expectKind(page: Page): Promise<void> {
    expect([page.url(), await overflowOf(page), await smallTargetsOn(page), await barriersOn(page)]).toEqual([
      ...[page.url(), 0, [], []],
    ]);
  }

  async function signIn(page: Page, login: string): Promise<void> {
    await page.goto('/sign-in');
    await page.fill('[name=login]', login);
    await page.fill('[name=password]', PASSWORD);
    await page.getByRole('button', { name: '登录' }).click();
  }

  it('without an account: number and code off the paper, then every fen, at 360 px and in the largest letters', async () => {
    const giftId = await give(village, 50_000);
    await givenCase(village, { at: 'RUNNING', cause: 'ILLNESS', amountFen: 4_320 });
    await givenCase(village, { at: 'RUNNING', cause: 'FIRE', amountFen: 20_680 });
    const { number, checkCode } = await receiptOf(giftId);
    for (const [width, font] of [
      [360, 'standard'],
      [320, 'largest'],
      [1366, 'standard'],
    ] as const) {
      const page = await (await visitor(browser, base, { width, font })).newPage();
      await page.goto('/t');
      await expectKind(page);
      await page.fill('[name=no]', number);
      await page.fill('[name=code]', 'AAAAAA');
      await page.getByRole('button', { name: '查去向' }).click();
      await page.getByText('没有号码和校验码都对得上的票据').first().waitFor();
      await expectKind(page);
      await page.fill('[name=code]', checkCode);
      await page.getByRole('button', { name: '查去向' }).click();
      expect(await page.locator('h1').innerText()).toBe('从您的 500.00\u00a0元，到 2 户人家');
      for (const words of ['43.20 元', '206.80 元', '250.00 元'])
        expect(await page.getByText(words).count()).toBeGreaterThan(0);
      await expectKind(page);
      await page.context().close();
    }
  });

  it('without an account and without script', async () => {
    const { number, checkCode } = await receiptOf(await give(village, 20_000));
    const page = await (await visitor(browser, base, { script: false })).newPage();
    await page.goto('/t');
    await page.fill('[name=no]', number);
    await page.fill('[name=code]', checkCode);
    await page.getByRole('button', { name: '查去向' }).click();
    expect(await page.locator('h1').innerText()).toContain('200.00\u00a0元');
    expect([await overflowOf(page), await smallTargetsOn(page)]).toEqual([0, []]);
    await page.context().close();
  });

  it('with one: by the link of the accountant, to the gift, the receipt, the sheet, the picture and the signature', async () => {
    const donorId = await givenDonor(village, COMPANY);
    const giftId = await give(village, 123_400, { donorId });
    await give(village, 60_000, { donorId });
    for (const cause of ['ILLNESS', 'FIRE', 'SCHOOLING'] as const)
      await givenCase(village, { at: 'RUNNING', cause, amountFen: 60_000 });
    const { number } = await receiptOf(giftId);

    const office = await (await visitor(browser, base, { width: 1366 })).newPage();
    await signIn(office, village.at.accountant.login);
    await office.waitForURL((at) => at.pathname === '/s');
    await office.goto(`/s/donors/${donorId}`);
    await office.getByRole('link', { name: '让他自己看去向' }).click();
    await expectKind(office);
    await office.getByRole('button', { name: '发链接' }).click();
    const link = await office.locator('#address').inputValue();
    await expectKind(office);

    const page = await (await visitor(browser, base)).newPage();
    await page.goto(new URL(link).pathname);
    await page.fill('[name=login]', 'liubian');
    for (const field of ['password', 'again']) await page.fill(`[name=${field}]`, PASSWORD);
    await page.getByRole('button', { name: '设好密码' }).click();
    await page.waitForURL((at) => at.pathname === '/sign-in');
    await signIn(page, 'liubian');
    await page.waitForURL((at) => at.pathname === '/d');
    await page.getByText('您一共捐了 1,834.00 元').waitFor();
    await page.getByText(COMPANY.uscc).waitFor();
    await page.getByText('按地方看').click();
    await expectKind(page);

    await page.getByText('公开姓名（单位名称）').click();
    await page.getByRole('button', { name: '保存署名' }).click();
    await page.waitForURL((at) => at.pathname === '/d');
    expect(await page.getByLabel('公开姓名（单位名称）').isChecked()).toBe(true);

    const [sheet] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '下载明细（Excel）' }).click(),
    ]);
    expect(
      readFileSync(await sheet.path())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');

    await page.getByRole('link', { name: '做分享图' }).click();
    const picture = page.locator('img.share__picture');
    await picture.waitFor();
    const width = await picture.evaluate(async (image: HTMLImageElement) => {
      await image.decode();
      return image.naturalWidth;
    });
    expect(width).toBe(1080);
    await expectKind(page);

    await page.goto(`/d/gifts/${giftId}`);
    await page.getByText('一步一步').waitFor();
    await expectKind(page);
    const paper = await page.request.get(
      (await page.getByRole('link', { name: `下载票据 ${number}` }).getAttribute('href')) ?? '',
    );
    expect((await paper.body()).subarray(0, 5).toString()).toBe('%PDF-');
    await page.context().close();
    await office.context().close();
  });
});
