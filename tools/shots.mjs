// Pictures of the pages of a running demo: npm run shots -- [LIST.json] [--base http://localhost:3000] [--out var/shots]
// Without a list it signs in as each person of the demo, follows every link, and takes one picture of each kind of page.
// Then each branch that the demo names in var/demo/summary.json: its page, and every paper that hangs on it.
// `--public /b/CODE,/n/CODE` names pages for whoever passes by.
// LIST is [{ "name", "url", "as" }] or { "accounts": { "secretary": { "login", "password" } }, "pages": [...] }; `as` names
// an account, null is nobody. Each page is taken at 360 and 1366 px, each PDF by its first page, all on one contact sheet.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import sharp from 'sharp';

const WIDTHS = [360, 1366];
const SHEET = { pairs: 3, phone: 260, desk: 520, height: 720, gap: 16, words: 30 };

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    base: { type: 'string', default: 'http://localhost:3000' },
    out: { type: 'string', default: join(import.meta.dirname, '..', 'var', 'shots') },
    font: { type: 'string', default: 'standard' },
    public: { type: 'string', default: '' },
    widths: { type: 'string', default: WIDTHS.join(',') },
  },
});
const list = await listOf(positionals[0]);
const widths = options.widths.split(',').map(Number);

rmSync(options.out, { recursive: true, force: true });
mkdirSync(options.out, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
const shots = [];
const faults = [];
try {
  if (list.pages.length === 0) {
    await discover();
    await addBranches();
  }
  for (const as of new Set(list.pages.map((page) => page.as ?? null))) await takeAs(as);
} finally {
  await browser.close();
}
await contactSheet();
console.log(`${shots.length} pictures in ${options.out}`);
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;

async function listOf(file) {
  if (file) {
    const given = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(given) ? { accounts: {}, pages: given } : given;
  }
  const { SIGN_INS } = await import('../dist/src/demo/play.js');
  return { accounts: Object.fromEntries(SIGN_INS.map((account) => [account.login, account])), pages: [] };
}

/** Follows the links of a page, one address of each kind: what differs in a number or a code is the same kind. */
async function discover() {
  const seen = new Set();
  const found = (as) => (key, url) => {
    seen.add(key);
    const name = `${String(seen.size).padStart(2, '0')}${kindOf(url).replace(/\W+/g, '-')}`;
    list.pages.push({ name, url, as });
  };
  for (const as of [...Object.keys(list.accounts), null]) {
    const context = await newContext();
    const page = await context.newPage();
    const add = found(as);
    if (as !== null) await signIn(page, as);
    const waiting = ['/sign-in', '/verify', ...options.public.split(',').filter(Boolean)];
    if (as !== null) {
      await page.goto('/');
      waiting.splice(0, waiting.length, new URL(page.url()).pathname, ...(await linksOf(page)));
    }
    // The same address is another page for whoever may act there, so each act that a home page offers is taken once.
    for (const { url, words } of as === null ? [] : await actsOf(page)) if (!seen.has(words)) add(words, url);
    while (waiting.length > 0) {
      const url = waiting.shift();
      if (seen.has(kindOf(url))) continue;
      add(kindOf(url), url);
      if (url.endsWith('.pdf')) continue;
      await page.goto(url);
      waiting.push(...(await linksOf(page)));
    }
    await context.close();
  }
}

/** The case on each branch, with the papers of the case, of its rounds and of its notices. */
async function addBranches() {
  const file = join(import.meta.dirname, '..', 'var', 'demo', 'summary.json');
  const { branches = [] } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const pages = new Map();
  for (const [i, { way, page: url, login }] of branches.entries()) {
    const page = pages.get(login) ?? (await signedIn(login));
    pages.set(login, page);
    const name = `branch-${String(i + 1).padStart(2, '0')}-${way.replace(/\W+/g, '-')}`;
    list.pages.push({ name, url, as: login });
    await page.goto(url);
    const links = await linksOf(page);
    const papers = links.filter(isPdf);
    for (const link of links.filter((each) => /^\/s\/(rounds|notices)\/[\w-]+$/.test(each))) {
      await page.goto(link);
      papers.push(...(await linksOf(page)).filter(isPdf));
      const signed = `${link}/notice.pdf`;
      if (link.startsWith('/s/notices/') && (await page.request.get(signed)).ok()) papers.push(signed);
    }
    for (const [n, paper] of [...new Set(papers)].entries())
      list.pages.push({ name: `${name}-paper-${n + 1}`, url: paper, as: login });
  }
  for (const page of pages.values()) await page.context().close();
}

function isPdf(url) {
  return url.split('?')[0].endsWith('.pdf');
}

async function signedIn(as) {
  const page = await (await newContext()).newPage();
  await signIn(page, as);
  return page;
}

function kindOf(url) {
  const [path] = url.split('?');
  return path.replace(/\/(?=[^/]*\d)[\w-]{4,}/g, '/x').replace(/^\/(b|n)\/\w{8}/, '/$1/x');
}

function actsOf(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('.card a.button')].map((link) => ({
      url: new URL(link.href).pathname,
      words: link.innerText,
    })),
  );
}

function linksOf(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('main a[href], nav a[href]')]
      .map((link) => new URL(link.href))
      .filter(
        ({ origin, pathname }) =>
          origin === location.origin && !/^\/(api|assets|s\/files)\/|\.(xlsx|csv|json|png)$/.test(pathname),
      )
      .map(({ pathname, search }) => pathname + search),
  );
}

function newContext() {
  return browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', baseURL: options.base });
}

async function takeAs(as) {
  const context = await newContext();
  if (options.font !== 'standard')
    await context.addCookies([{ name: 'huzhu_font', value: options.font, url: options.base }]);
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${page.url()}: ${message.text()}`);
  });
  if (as !== null) await signIn(page, as);
  for (const { name, url } of list.pages.filter((each) => (each.as ?? null) === as)) {
    if (new URL(url, options.base).pathname.endsWith('.pdf')) await takePdf(context, name, url);
    else for (const width of widths) await takePage(page, name, url, width);
  }
  await context.close();
}

async function signIn(page, as) {
  const account = list.accounts[as];
  if (!account) throw new Error(`The list has no account ${as}`);
  await page.goto('/sign-in');
  await page.fill('[name=login]', account.login);
  await page.fill('[name=password]', account.password);
  await Promise.all([page.waitForNavigation(), page.press('[name=password]', 'Enter')]);
}

async function takePage(page, name, url, width) {
  await page.setViewportSize({ width, height: width < 600 ? 780 : 900 });
  const answer = await page.goto(url);
  if (!answer || answer.status() >= 500) faults.push(`${url}: ${answer?.status() ?? 'no answer'}`);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (overflow > 0) faults.push(`${url}: ${overflow} px wider than ${width}`);
  const file = join(options.out, `${name}-${width}.png`);
  // As tall as the page, so that what sticks to the foot of a phone is taken at the foot of the page.
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height });
  await page.screenshot({ path: file });
  shots.push({ name, file, wide: width >= 600 });
}

async function takePdf(context, name, url) {
  const answer = await context.request.get(url);
  if (!answer.ok()) return void faults.push(`${url}: ${answer.status()}`);
  const file = join(options.out, name);
  writeFileSync(`${file}.pdf`, await answer.body());
  execFileSync('pdftoppm', ['-r', '80', '-png', '-f', '1', '-l', '1', '-singlefile', `${file}.pdf`, file]);
  if (existsSync(`${file}.png`)) shots.push({ name, file: `${file}.png`, wide: true });
}

/** Rows of pictures of one height, each with its name above; what is longer than the row is cut below. */
async function contactSheet() {
  const tiles = [];
  for (const { name, file, wide } of shots) {
    const width = wide ? SHEET.desk : SHEET.phone;
    const scaled = await sharp(file).resize({ width }).png().toBuffer({ resolveWithObject: true });
    const height = Math.min(scaled.info.height, SHEET.height);
    const picture = await sharp(scaled.data).extract({ left: 0, top: 0, width, height }).png().toBuffer();
    tiles.push({ name, width, picture });
  }
  const limit = SHEET.pairs * (SHEET.phone + SHEET.desk + 2 * SHEET.gap) + SHEET.gap;
  const composed = [];
  let left = SHEET.gap;
  let top = SHEET.gap;
  for (const { name, width, picture } of tiles) {
    if (left + width + SHEET.gap > limit) {
      left = SHEET.gap;
      top += SHEET.height + SHEET.words + SHEET.gap;
    }
    composed.push({ input: wordsOf(name, width), left, top });
    composed.push({ input: picture, left, top: top + SHEET.words });
    left += width + SHEET.gap;
  }
  const height = top + SHEET.height + SHEET.words + SHEET.gap;
  const sheet = sharp({ create: { width: limit, height, channels: 3, background: '#8a918e' } });
  await sheet.composite(composed).png({ compressionLevel: 9 }).toFile(join(options.out, 'contact-sheet.png'));
}

function wordsOf(name, width) {
  const words = name.replace(/[<&>]/g, '');
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${SHEET.words}"><text x="0" y="20" font-family="Noto Sans CJK SC" font-size="16" fill="#fff">${words}</text></svg>`,
  );
}
