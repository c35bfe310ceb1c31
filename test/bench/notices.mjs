import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AT, built, paperOf } from './sample.mjs';
import { alternated, measured, spawnable, words } from './measure.mjs';

/*
 * S4 of quality.md: one page of a notice, warm, beside other programs that print the same one in the same run; and the
 * 30,000 of a year on two threads.
 */
const GOALS = { pdfmake: 10, typst: 0.75, manySeconds: 180, manyRssMb: 300 };
const ROOT = process.cwd();
const require = createRequire(import.meta.url);
const NOTO = '@expo-google-fonts/noto-serif-sc';
const FONTS = {
  regular: require.resolve(`${NOTO}/400Regular/NotoSerifSC_400Regular.ttf`),
  bold: require.resolve(`${NOTO}/700Bold/NotoSerifSC_700Bold.ttf`),
};
export async function benchNotices({ rounds, count, say }) {
  const one = await onePage(rounds, say);
  const many = await manyPages(count, say);
  return { node: process.version, one, many };
}

async function onePage(rounds, say) {
  const contenders = { huzhu: await ours(), pdfmake: await pdfmake() };
  const browser = await chromium();
  if (browser) contenders.chromium = browser.print;
  const typst = spawnable('typst') ? 'present, no template of ours for it' : 'not here';
  say(`One page of a notice, warm, ${rounds} rounds in turn:`);
  const taken = await alternated(contenders, { rounds, warmUp: 5 });
  await browser?.close();
  const figures = Object.fromEntries(Object.entries(taken).map(([name, times]) => [name, measured(times)]));
  for (const [name, { medianMs, p95Ms }] of Object.entries(figures))
    say(`  ${name.padEnd(10)} median ${words(medianMs)} ms   p95 ${words(p95Ms)} ms`);
  const times = figures.pdfmake.medianMs / figures.huzhu.medianMs;
  say(
    `  ${words(times)} times pdfmake: goal ≥ ${GOALS.pdfmake}, ${times >= GOALS.pdfmake ? 'met' : 'missed'}`,
  );
  say(`  typst: ${typst}; goal < ${GOALS.typst} of it not measured`);
  if (!browser) say('  Chromium: not here');
  return { ...figures, timesPdfmake: times, isMet: times >= GOALS.pdfmake, typst };
}

async function ours() {
  const { PaperPrinter } = await built('platform/pdf/printer.js');
  const { Config } = await built('platform/config.js');
  const { Templates } = await built('platform/web/templates.js');
  const printer = new PaperPrinter(new Config({}), new Templates(join(ROOT, 'templates')));
  return async (n) => (await printer.print(paperOf(n))).pdf.length;
}

/** The same words in the same fonts, its own tagging and its own table; the symbol by its own means. */
async function pdfmake() {
  const maker = require('pdfmake');
  maker.setUrlAccessPolicy(() => false);
  maker.setLocalAccessPolicy(() => true);
  maker.setFonts({
    Noto: { normal: FONTS.regular, bold: FONTS.bold, italics: FONTS.regular, bolditalics: FONTS.bold },
  });
  return async (n) => (await maker.createPdf(pdfmakeDocument(paperOf(n))).getBuffer()).length;
}

function pdfmakeDocument({ content, facts }) {
  const line = (text, more = {}) => ({ text, leadingIndent: 31.5, margin: [0, 0, 0, 6], ...more });
  const items = content.items.map(
    (item) =>
      `${item.subject}，${item.group ?? ''}，${item.cause}，${item.amountInWords}（¥${item.amount}），${item.paidOn}${item.paidHow}。`,
  );
  return {
    pageSize: 'A4',
    pageMargins: [79.4, 104.9, 73.7, 99.2],
    info: { title: facts.title, author: facts.author, creationDate: AT },
    lang: 'zh-CN',
    defaultStyle: { font: 'Noto', fontSize: 15.75, lineHeight: 1.3 },
    content: [
      ...content.title.map((text) => ({ text, bold: true, fontSize: 22, alignment: 'center' })),
      { text: content.number, alignment: 'center', margin: [0, 12, 0, 12] },
      ...[content.basis, ...items, content.period, content.objection].map((text) => line(text)),
      { text: content.issuer, alignment: 'right', margin: [0, 24, 0, 0] },
      { text: content.signedOn, alignment: 'right' },
      { qr: content.verifyUrl, fit: 99, eccLevel: 'M' },
      { text: `校验码${content.code}　${content.verifyUrl}`, fontSize: 8.5 },
    ],
  };
}

/** What the browser would print of the same markup, with the fonts of the machine: one page that is used again. */
async function chromium() {
  const path = [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ].find((each) => each && existsSync(each));
  if (!path) return null;
  const playwright = await import('playwright-core');
  const browser = await playwright.chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
  const page = await browser.newPage();
  const { PaperPrinter } = await built('platform/pdf/printer.js');
  const { Config } = await built('platform/config.js');
  const { Templates } = await built('platform/web/templates.js');
  const printer = new PaperPrinter(new Config({}), new Templates(join(ROOT, 'templates')));
  const style =
    '<style>@page{size:A4;margin:37mm 26mm 35mm 28mm}body{font:15.75pt/29pt serif}h1{font-size:22pt;text-align:center}</style>';
  return {
    print: async (n) => {
      await page.setContent(`<!doctype html><html lang="zh-CN">${style}${printer.html(paperOf(n))}</html>`);
      return (await page.pdf({ preferCSSPageSize: true })).length;
    },
    close: () => browser.close(),
  };
}

/** In a process of its own: what the other programs have left in memory is not ours. */
async function manyPages(count, say) {
  say(`${count} notices on two threads:`);
  const child = fork(fileURLToPath(new URL('notices-many.mjs', import.meta.url)), [String(count)]);
  const [told] = await once(child, 'message');
  const { seconds, bytes, failed, rssMb } = told;
  const yearSeconds = (seconds / count) * 30_000;
  const met = { time: yearSeconds <= GOALS.manySeconds, rss: rssMb <= GOALS.manyRssMb };
  say(
    `  ${words(seconds)} s, ${words((seconds / count) * 1000)} ms each, ${words(bytes / 1e6)} MB of paper, ${failed} failed`,
  );
  say(`  30,000 take ${words(yearSeconds)} s: goal ≤ ${GOALS.manySeconds}, ${met.time ? 'met' : 'missed'}`);
  say(`  RSS at most ${words(rssMb)} MB: goal ≤ ${GOALS.manyRssMb}, ${met.rss ? 'met' : 'missed'}`);
  return { ...told, count, yearSeconds, isMet: met.time && met.rss };
}
