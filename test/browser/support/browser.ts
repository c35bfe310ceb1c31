import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

// Set by tools/test.mjs; a file run alone looks for itself.
const CHROMIUMS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/google-chrome'];
const path = [process.env['CHROMIUM'], ...CHROMIUMS].find((each) => each && existsSync(each));
if (!path && process.env['REQUIRE_BROWSER'] === '1')
  throw new Error('REQUIRE_BROWSER=1, and there is no Chromium');

/** Counted as `browser` in the summary, and skipped where there is none. */
export const describeInBrowser = (what: string, tests: () => void): void => {
  (path ? describe : describe.skip)('browser', () => {
    describe(what, tests);
  });
};

export function launch(): Promise<Browser> {
  return chromium.launch({
    ...(path ? { executablePath: path } : {}),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
}

export type FontWords = 'standard' | 'large' | 'largest';

/** A phone, or a desk, of someone in China who may have asked for larger letters. */
export async function visitor(
  browser: Browser,
  baseURL: string,
  {
    width = 360,
    font = 'standard',
    script = true,
  }: { width?: number; font?: FontWords; script?: boolean } = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL,
    viewport: { width, height: width < 600 ? 780 : 900 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    javaScriptEnabled: script,
  });
  if (font !== 'standard') await context.addCookies([{ name: 'huzhu_font', value: font, url: baseURL }]);
  return context;
}

/** What axe finds against WCAG 2.2 AA, in words that name the place. */
export async function barriersOn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] }) // what is in order is not carried over
    .setLegacyMode(true) // no second page for the sum of the frames: there are none
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

/** How far a page is wider than its window: nobody scrolls sideways at 320 px (WCAG 1.4.10). */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth));
}

/** What a thumb can't hit: the house wants 44 px, except for words in the middle of a sentence (WCAG 2.5.8). */
export function smallTargetsOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const targets = [
      ...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary'),
    ];
    const isHidden = (element: Element) =>
      element.closest('.govuk-visually-hidden, .govuk-skip-link, [hidden]') !== null;
    const isInSentence = (element: Element) =>
      element.tagName === 'A' && getComputedStyle(element).display === 'inline';
    return targets
      .filter((element) => !isHidden(element) && !isInSentence(element))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.height < 43.5 || box.width < 36))
      .map(({ element, box }) => `${element.outerHTML.slice(0, 80)} ${box.width} × ${box.height}`);
  });
}
