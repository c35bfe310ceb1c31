import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Config } from '../config.js';
import { Templates } from '../web/templates.js';
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

it('refuses a font file that is no TrueType', async () => {
  const print = printerWith({ FONT_FANGSONG: 'package.json' }).print(paper);
  await expect(print).rejects.toThrow(/package.json is no TrueType font file/);
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
