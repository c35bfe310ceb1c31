import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import {
  barriersOn,
  describeInBrowser,
  launch,
  overflowOf,
  smallTargetsOn,
  visitor,
} from './support/browser.js';
import { SamplePages, samplePaths, SAMPLES } from './support/sample-pages.js';

describeInBrowser('every partial', () => {
  const samples = new SamplePages();
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  const open = async (path: string, options: Parameters<typeof visitor>[2] = {}) => {
    context = await visitor(browser, SAMPLES, options);
    await samples.serve(context, options.font);
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(path);
  };

  beforeAll(async () => {
    browser = await launch();
  });
  beforeEach(() => (samples.posts.length = 0));
  afterEach(() => context.close());
  afterAll(() => browser.close());

  describe.each([
    [320, 'largest'],
    [1366, 'standard'],
  ] as const)('at %i px, letters %s', (width, font) => {
    it.each(samplePaths)('%s has no barrier (WCAG 2.2 AA)', async (path) => {
      await open(path, { width, font });
      expect(await barriersOn(page)).toEqual([]);
    });
  });

  describe.each([
    [320, 'standard'],
    [320, 'largest'],
    [360, 'large'],
    [800, 'largest'],
    [1366, 'largest'],
  ] as const)('at %i px, letters %s', (width, font) => {
    it.each(samplePaths)('%s does not scroll sideways and can be hit with a thumb', async (path) => {
      await open(path, { width, font });
      expect(await overflowOf(page)).toBe(0);
      expect(await smallTargetsOn(page)).toEqual([]);
    });
  });

  it('starts with letters of 20 px, then 24 and 30', async () => {
    for (const [font, size] of [
      ['standard', '20px'],
      ['large', '24px'],
      ['largest', '30px'],
    ] as const) {
      await open('/parts', { font });
      expect(await page.evaluate(() => getComputedStyle(document.body).fontSize)).toBe(size);
      await context.close();
    }
  });

  it('has its menu in one row on a phone, the end of it behind 更多 without script, and whole on a desk', async () => {
    await open('/form', { script: false });
    const menu = page.getByRole('navigation', { name: '主要页面' });
    expect((await menu.boundingBox())?.height).toBeLessThan(60);
    expect(await menu.getByRole('link').allInnerTexts()).toEqual(['今天要办', '案件', '公示', '资金']);
    await menu.getByText('更多').click();
    expect(await menu.getByRole('link', { name: '职务' }).isVisible()).toBe(true);
    await context.close();

    await open('/form', { script: false, width: 1366 });
    const desk = page.getByRole('navigation', { name: '主要页面' });
    expect((await desk.boundingBox())?.height).toBeLessThan(60);
    expect(await desk.getByRole('link').count()).toBe(7);
    expect(await desk.getByText('更多').isVisible()).toBe(false);
  });

  it('has a main button of at least 60 px, as wide as the phone', async () => {
    await open('/form');
    const box = await page.locator('.bar .button').boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(60);
    expect(box?.width).toBe(360 - 32);
  });

  it('sends a form once however often it is tapped', async () => {
    await open('/form');
    await page.evaluate(() => {
      const form = document.querySelector<HTMLFormElement>('form[data-draft]');
      form?.requestSubmit();
      form?.requestSubmit();
    });
    await page.waitForURL('**/sent');
    expect(samples.posts).toHaveLength(1);
  });

  it('sends nothing without a signal, says so, and sends when it is back', async () => {
    await open('/form');
    await context.setOffline(true);
    await page.click('.bar .button');
    expect(await page.locator('form [role=alert]').innerText()).toContain('没有信号');
    await context.setOffline(false);
    await page.click('.bar .button');
    await page.waitForURL('**/sent');
    expect(samples.posts).toHaveLength(1);
  });

  it('keeps a draft on the phone, but no number of an identity, until it is sent', async () => {
    await open('/form');
    await page.fill('[name=who]', '李建明');
    await page.fill('[name=idNumber]', '341702199001011234');
    await page.check('input[value=火灾]');
    await page.getByText('已存在手机里').waitFor();
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('34170219');
    await page.reload();
    expect(await page.inputValue('[name=who]')).toBe('李建明');
    expect(await page.inputValue('[name=idNumber]')).toBe('');
    expect(await page.isChecked('[value=火灾]')).toBe(true);
    await page.click('.bar .button');
    await page.waitForURL('**/sent');
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
  });

  it('fills an amount with one tap', async () => {
    await open('/form');
    await page.click('[data-value="1000"]');
    expect(await page.inputValue('[name=amount]')).toBe('1000');
    expect(await page.getAttribute('[data-value="1000"]', 'aria-pressed')).toBe('true');
  });

  it('suggests names while typing and remembers who was picked', async () => {
    await open('/form');
    await page.locator('[name=who]').pressSequentially('ljm');
    await page.click('.suggestions button');
    expect(await page.inputValue('[name=who]')).toBe('李建明 三组');
    expect(await page.inputValue('[name=personId]')).toBe('p-1');
    await page.locator('[name=who]').pressSequentially('x');
    expect(await page.inputValue('[name=personId]')).toBe('');
  });

  it('shrinks a photo to 1600 px before it leaves the phone', async () => {
    await open('/form');
    const noise = await sharp({
      create: {
        width: 3000,
        height: 2000,
        channels: 3,
        background: '#888',
        noise: { type: 'gaussian', mean: 128, sigma: 30 },
      },
    })
      .jpeg({ quality: 95 })
      .toBuffer();
    await page.setInputFiles('[name=photo]', { name: 'a.jpg', mimeType: 'image/jpeg', buffer: noise });
    await page.waitForFunction((size) => {
      const file = document.querySelector<HTMLInputElement>('[name=photo]')?.files?.[0];
      return file !== undefined && file.size < size;
    }, noise.length);
    const width = await page.evaluate(async () => {
      const file = document.querySelector<HTMLInputElement>('[name=photo]')?.files?.[0];
      return file ? (await createImageBitmap(file)).width : 0;
    });
    expect(width).toBe(1600);
  });

  it('takes the reader of a screen to the mistakes', async () => {
    await open('/mistakes');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('errors');
    expect(await page.title()).toMatch(/^错误：/);
    await page.click('.govuk-error-summary a');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('amount');
  });

  it('is a plain form without script', async () => {
    await open('/form', { script: false });
    expect(await page.isVisible('.chips')).toBe(false);
    await page.fill('[name=amount]', '1000');
    await page.click('.bar .button');
    await page.waitForURL('**/sent');
    expect(samples.posts[0]).toContain('amount=1000');
  });

  it('costs a first visit less than 45 KB, a later page less than 6 KB', async () => {
    await open('/parts');
    const html = gzipSync(samples.page('/form', 'standard')).length;
    expect(html).toBeLessThan(6_000);
    expect(
      html + samples.sizeOf('app.css') + samples.sizeOf('app.js') + samples.sizeOf('icon.svg'),
    ).toBeLessThan(45_000);
    expect(samples.sizeOf('app.js')).toBeLessThan(3 * 1024);
  });
});
