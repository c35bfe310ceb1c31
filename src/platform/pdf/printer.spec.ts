import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { canReadPapers, wordsOfPaper } from '../../../test/support/paper.js';
import { Config } from '../config.js';
import { Templates } from '../web/templates.js';
import { blocksOf } from './blocks.js';
import { typefaceOf } from './faces.js';
import { fontFilesOf } from './font-files.js';
import { layoutOf } from './layout.js';
import { MissingGlyph } from './pdf.errors.js';
import { PaperPrinter } from './printer.js';

const printerWith = (settings = {}) => new PaperPrinter(new Config(settings), new Templates('templates'));
const printer = printerWith();
const content = JSON.parse(readFileSync('test/pinned/grant-post.json', 'utf8')) as Record<string, unknown>;
const facts = {
  title: '关于急难救助情况的公示',
  author: '柳溪村“救急难”互助社',
  at: new Date('2026-03-09T01:00:00Z'),
};
const paper = { template: 'notices/grant-post', content, facts };
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

it('D4-39 gives the same bytes on each run', async () => {
  const [one, other] = [await printer.print(paper), await printerWith().print(paper)];
  expect(sha256(one.pdf)).toBe(sha256(other.pdf));
  expect(one.contentHash).toBe(other.contentHash);
});

it('D4-39 gives the bytes that were committed', async () => {
  expect(sha256((await printer.print(paper)).pdf)).toBe(
    readFileSync('test/pinned/grant-post.sha256', 'utf8').trim(),
  );
});

it('is tagged, titled and in Chinese', async () => {
  const pdf = (await printer.print(paper)).pdf.toString('latin1');
  for (const sign of [
    '/MarkInfo',
    '/Marked true',
    '/StructTreeRoot',
    '(zh-CN)',
    '/DisplayDocTitle true',
    '%PDF-1.7',
  ])
    expect(pdf).toContain(sign);
  for (const tag of ['H1', 'P', 'Figure', 'L', 'LI']) expect(pdf).toContain(`/S /${tag}\n`);
});

it.each(['𬭎', '䶮'])('D4-35 embeds the rare character %s', async (char) => {
  const { pdf } = await printer.print({ ...paper, content: { ...content, issuer: `${char}塘村互助社` } });
  const utf16 = Buffer.from(char, 'utf16le')
    .swap16()
    .toString('hex')
    .replace(/(.{4})(?=.)/g, '$1 ');
  expect(pdf.toString('latin1')).toContain(`<${utf16}>`);
});

it('D4-35 takes a character that the first font lacks from the second', async () => {
  const { pdf } = await printer.print({ ...paper, content: { ...content, issuer: '𠮷塘村互助社' } });
  expect(pdf.toString('latin1')).toContain('+LXGWWenKai');
});

it('D4-35 refuses a character that no font has, and names code point and field', async () => {
  const print = printer.print({ ...paper, content: { ...content, issuer: '\u{E123}塘村互助社' } });
  await expect(print).rejects.toThrow(MissingGlyph);
  await expect(print).rejects.toMatchObject({ details: { codePoint: 'U+E123', field: '署名' } });
});

it('puts the licensed fonts of the office first', async () => {
  const wenkai = 'build/fonts/LXGWWenKai-Medium.ttf';
  const { pdf } = await printerWith({ FONT_FANGSONG: wenkai, FONT_XIAOBIAOSONG: wenkai }).print(paper);
  expect(pdf.toString('latin1')).not.toContain('NotoSerifSC-Regular');
});

it('takes the 仿宋 of the office for a character that only it has, in the title too', () => {
  const wenkai = 'build/fonts/LXGWWenKai-Medium.ttf';
  const { fontFangsong, ...others } = new Config({ FONT_FANGSONG: wenkai });
  expect(fontFilesOf({ ...others, fontFangsong }).title.slice(1)).toEqual(expect.arrayContaining([wenkai]));
});

const UNKNOWN = '\u{E123}';
const MARKUP = `<h1 data-field="标题">标</h1><p class="number" data-field="文号">文</p><h2 data-field="一级">一</h2>
<h3 data-field="二级">二</h3><p data-field="正文">正</p><p class="sign" data-field="签名">签</p><table data-field="名单"><colgroup><col width="100%"></colgroup>
<thead><tr><th>头</th></tr></thead><tbody><tr><td data-field="姓名">名</td></tr></tbody></table>
<section class="closing"><figure class="qr" data-text="u"><figcaption>码</figcaption></figure><div class="seal-place">
<p class="signature">社</p><p class="date">日</p></div></section><footer class="imprint"><dl><dt>记</dt><dd>值</dd></dl></footer>`;

it.each([
  ['标', '标题'],
  ['文', '文号'],
  ['一', '一级'],
  ['二', '二级'],
  ['正', '正文'],
  ['签', '签名'],
  ['头', '名单第1行第1列'],
  ['名', '姓名'],
  ['码', '二维码说明'],
  ['社', '署名'],
  ['日', '成文日期'],
  ['记', '版记'],
  ['值', '版记记'],
])('D4-35 refuses a missing character in place of “%s”, and names the field %s', (char, field) => {
  const faces = typefaceOf(fontFilesOf(new Config({})));
  const html = `<article>${MARKUP.replace(`>${char}<`, `>${UNKNOWN}<`)}</article>`;
  let refusal: unknown;
  try {
    layoutOf(blocksOf(html), faces);
  } catch (thrown) {
    refusal = thrown;
  }
  expect(refusal).toBeInstanceOf(MissingGlyph);
  expect(refusal).toMatchObject({ details: { codePoint: 'U+E123', field } });
});

describe.each(['A3', 'LARGE'] as const)('%s', (variant) => {
  it('D4-39 gives the same bytes on each run, and leaves the record alone', async () => {
    const [one, other] = [
      await printer.print({ ...paper, variant }),
      await printerWith().print({ ...paper, variant }),
    ];
    expect(sha256(one.pdf)).toBe(sha256(other.pdf));
    const record = await printer.print(paper);
    expect(one).toMatchObject({ html: record.html, contentHash: record.contentHash });
    expect(sha256(record.pdf)).toBe(sha256((await printer.print({ ...paper, variant: 'A4' })).pdf));
  });

  (canReadPapers ? it : it.skip)('says the words of the record, and that it is not the record', async () => {
    const [own, record] = [await printer.print({ ...paper, variant }), await printer.print(paper)];
    const note = /本件为(放大张贴件|大字版)，以A4文本为准。/g;
    const withoutFoot = (pdf: Buffer) =>
      Array.from(wordsOfPaper(pdf).replace(note, '').replace(/—\d—/g, '')).sort();
    expect(withoutFoot(own.pdf)).toEqual(withoutFoot(record.pdf));
    expect(wordsOfPaper(own.pdf).match(note)).toHaveLength(own.pages);
    expect(wordsOfPaper(record.pdf)).not.toMatch(note);
  });
});

it('draws a page as a picture, by the same layout', async () => {
  const png = await printer.picture(paper);
  expect(png.toString('latin1', 1, 4)).toBe('PNG');
  await expect(printer.picture(paper, 2)).rejects.toMatchObject({ details: { page: 2, pages: 1 } });
});

it('shows the page the same words as the paper', async () => {
  const { html, contentHash } = await printer.print(paper);
  expect(html).toBe(printer.html(paper));
  for (const words of ['张*三', '人民币壹仟元整（¥1,000.00）', 'K7M4Q2XD', contentHash.slice(0, 16)])
    expect(html).toContain(words);
});

it('escapes what a content may hold', () => {
  const html = printer.html({ ...paper, content: { ...content, basis: '<script>alert(1)</script>' } });
  expect(html).not.toContain('<script>');
});
