import type { Browser, BrowserContext, Page } from 'playwright-core';
import { PASSWORD } from '../../support/officers.js';
import { overflowOf, smallTargetsOn, visitor } from './browser.js';

/** How somebody walks: on which screen, and whether scripts run there. */
export type Gait = {
  readonly width: number;
  readonly height: number;
  readonly script: boolean;
};

/** What a stop of the road must show, and with which answer. */
type Stop = {
  readonly words: readonly string[];
  readonly never?: readonly string[];
  readonly status?: number;
};

const PATIENCE = 30_000;

/**
 * One person at one screen, who looks at each page before pressing anything. What the console says is remembered: under
 * a strict policy of content a refused style or script is heard nowhere else.
 */
export class Walker {
  /** Every form that was sent, by its path. */
  readonly sent: string[] = [];
  private readonly said: string[] = [];
  private status = 0;

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.setDefaultTimeout(PATIENCE);
    page.on('pageerror', (error) => this.said.push(error.message));
    page.on('console', (line) => {
      // The browser itself reports a page of mistakes; whether its status is right, `faults` judges.
      const isOfPage = line.text().includes('status of 4') && line.location().url === page.url();
      if (line.type() === 'error' && !isOfPage) this.said.push(line.text());
    });
    page.on('request', (request) => {
      if (request.method() === 'POST') this.sent.push(new URL(request.url()).pathname);
    });
    page.on('response', (response) => {
      const isPage = response.request().isNavigationRequest();
      if (isPage && response.status() !== 303) this.status = response.status();
    });
  }

  static async enter(browser: Browser, base: string, { width, height, script }: Gait): Promise<Walker> {
    const context = await visitor(browser, base, { width, script });
    const page = await context.newPage();
    await page.setViewportSize({ width, height });
    return new Walker(context, page);
  }

  async goto(path: string): Promise<void> {
    await this.page.goto(path);
  }

  async signIn(login: string): Promise<void> {
    await this.goto('/sign-in');
    await this.page.fill('[name=login]', login);
    await this.page.fill('[name=password]', PASSWORD);
    await this.press('登录');
    await this.page.waitForURL((url) => url.pathname === '/s');
  }

  async signOut(): Promise<void> {
    await this.press('退出');
    await this.page.goto('/s');
    await this.page.waitForURL((url) => url.pathname === '/sign-in');
  }

  /** A button or a link by the words on it; the next page is there afterwards. */
  async press(words: string): Promise<void> {
    await Promise.all([this.page.waitForEvent('load'), this.act(words).click()]);
  }

  /** Two taps, as an impatient thumb does; ends on the page that the act leads to. */
  async pressTwice(words: string, leadsTo: RegExp): Promise<void> {
    await this.act(words).dblclick();
    // The second press may abort the navigation of the first: then it is the next one that counts.
    await this.page.waitForURL(leadsTo).catch(() => this.page.waitForURL(leadsTo));
  }

  async photograph(field: string, jpeg: Buffer): Promise<void> {
    await this.page.setInputFiles(`[name=${field}]`, {
      name: '照片.jpg',
      mimeType: 'image/jpeg',
      buffer: jpeg,
    });
  }

  async tick(name: string, value: string): Promise<void> {
    await this.page.check(`[name="${name}"][value="${value}"]`);
  }

  get path(): string {
    return new URL(this.page.url()).pathname;
  }

  /** What is wrong with the page that is open; empty when somebody can read it and go on. */
  async faults({ words, never = [], status = 200 }: Stop): Promise<string[]> {
    const { page } = this;
    await page.waitForLoadState('load');
    const text = await page.locator('body').innerText();
    const overflow = await overflowOf(page);
    const found = [
      ...(this.status === status ? [] : [`status ${this.status}, not ${status}`]),
      ...words.filter((each) => !text.includes(each)).map((each) => `lacks “${each}”`),
      ...never.filter((each) => text.includes(each)).map((each) => `shows “${each}”`),
      ...(overflow > 0 ? [`${overflow} px too wide`] : []),
      ...(await smallTargetsOn(page)).map((each) => `hard to hit: ${each}`),
      ...this.said.splice(0).map((each) => `console: ${each}`),
    ];
    return found.map((fault) => `${this.path}: ${fault}`);
  }

  private act(words: string) {
    const { page } = this;
    return page
      .getByRole('button', { name: words, exact: true })
      .or(page.getByRole('link', { name: words, exact: true }))
      .first();
  }
}
