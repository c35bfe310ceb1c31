import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blocksOf } from './blocks.js';
import { typefaceOf } from './faces.js';
import { fontFilesOf } from './font-files.js';
import { layoutOf } from './layout.js';
import { markupOf } from './markup.js';
import { paint } from './painter.js';
import { TrueTypeFile } from './truetype.js';

const faces = typefaceOf(
  fontFilesOf({ fontFangsong: null, fontXiaobiaosong: null, fontHeiti: null, fontKaiti: null }),
);
const rows = Array.from(
  { length: 40 },
  (_, i) => `<tr><td>张*三</td><td class="amount">${i},000.00</td></tr>`,
).join('');
const html = `<article class="notice"><h1>柳溪村<wbr>公示</h1><h2>一、对象</h2><h3>（一）名单</h3><p>“救急难” 互助：ABC。</p>
<table><colgroup><col width="50%"><col width="50%"></colgroup><thead><tr><th>姓名</th><th>金额</th></tr></thead><tbody>${rows}</tbody></table>
<section class="closing"><figure class="qr" data-text="https://huzhu.example/n/K7M4Q2XD"><figcaption>扫一扫</figcaption></figure>
<div class="seal-place"><p class="signature">𬭎塘村互助社</p><p class="date">2026年3月9日</p></div></section>
<footer class="imprint"><dl><dt>内容哈希</dt><dd>0123456789abcdef</dd></dl></footer></article>`;
const facts = { title: '甲&乙<丙>公示', author: '柳溪村互助社', at: new Date('2026-03-09T01:02:03.456Z') };

/** The objects of a file by their number, found as a reader finds them: by its table of offsets. */
function objectsOf(pdf: string): Map<number, string> {
  const table = Number(/startxref\n(\d+)\n%%EOF/.exec(pdf)?.[1]);
  const entries = pdf
    .slice(table)
    .split('\n')
    .filter((line) => line.endsWith(' 00000 n '));
  const starts = entries.map((line) => Number(line.slice(0, 10)));
  const ends = [...starts, table].sort((a, b) => a - b);
  return new Map(
    starts.map((start, i) => [
      i + 1,
      pdf.slice(
        start,
        ends.find((end) => end > start),
      ),
    ]),
  );
}
const referenceIn = (object: string, name: string): number =>
  Number(new RegExp(`/${name} (?:\\[)?(\\d+) 0 R`).exec(object)?.[1]);
const streamOf = (object: string): Buffer =>
  Buffer.from(object.slice(object.indexOf('stream\n') + 7, object.lastIndexOf('\nendstream')), 'latin1');

let bytes: Buffer;
let pdf: string;
let objects: Map<number, string>;
beforeAll(async () => {
  bytes = await paint(layoutOf(blocksOf(html), faces), facts);
  pdf = bytes.toString('latin1');
  objects = objectsOf(pdf);
});
const get = (number: number): string => {
  const object = objects.get(number);
  if (object === undefined) throw new Error(`The file has no object ${number}`);
  return object;
};
const catalog = (): string => get(Number(/\/Root (\d+) 0 R/.exec(pdf)?.[1]));
const ofType = (type: string): string[] =>
  [...objects.values()].filter((each) => each.includes(`/Type /${type}\n`));

describe('PDF/A-2a', () => {
  const xmp = () => streamOf(get(referenceIn(catalog(), 'Metadata'))).toString('utf8');

  it('claims itself in an XMP that is whole', () => {
    const text = xmp();
    expect(text).toMatch(/^<\?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"\?>/);
    expect(text).toMatch(/<\?xpacket end="w"\?>$/);
    expect(text).toContain('<pdfaid:part>2</pdfaid:part>');
    expect(text).toContain('<pdfaid:conformance>A</pdfaid:conformance>');
    expect(text).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(text).toContain(
      '<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>',
    );
    const elements = text
      .replace(/<\?[\s\S]*?\?>/g, '')
      .replace(/<(\/?)([\w]+):([\w]+)/g, (_, slash, space, name) => `<${slash}${space}${name}`.toLowerCase())
      .replace(/\s[\w:]+="[^"]*"/g, '');
    expect(() => markupOf(elements)).not.toThrow(); // every element is closed, in turn
  });

  it('says the same in XMP and dictionary, with no letter of the title taken for markup', () => {
    const text = xmp();
    expect(text).toContain('<rdf:li xml:lang="x-default">甲&amp;乙&lt;丙&gt;公示</rdf:li>');
    expect(text).toContain('<rdf:li>柳溪村互助社</rdf:li>');
    for (const date of ['CreateDate', 'ModifyDate'])
      expect(text).toContain(`<xmp:${date}>2026-03-09T01:02:03Z</xmp:${date}>`);
    const info = get(Number(/\/Info (\d+) 0 R/.exec(pdf)?.[1]));
    for (const date of ['CreationDate', 'ModDate'])
      expect(get(referenceIn(info, date))).toContain('(D:20260309010203Z)');
    const title = Buffer.from('\uFEFF甲&乙<丙>公示', 'utf16le').swap16().toString('latin1');
    expect(get(referenceIn(info, 'Title'))).toContain(`(${title.replace(/[()\\]/g, '\\$&')})`);
  });

  it('carries the colours it is meant in', () => {
    const intent = get(referenceIn(catalog(), 'OutputIntents'));
    expect(intent).toContain('/S /GTS_PDFA1');
    const profile = get(referenceIn(intent, 'DestOutputProfile'));
    expect(profile).toContain('/N 3');
    const icc = streamOf(profile);
    expect(icc.length).toBe(icc.readUInt32BE(0));
    expect([icc.toString('latin1', 16, 20), icc.toString('latin1', 36, 40)]).toEqual(['RGB ', 'acsp']);
  });

  it('has an identifier, and nothing that PDF/A forbids', () => {
    expect(pdf).toMatch(/^%PDF-1\.7\n%[\x80-\xff]{4}\n/);
    expect(pdf).toMatch(/\/ID \[<[0-9a-f]{32}> <[0-9a-f]{32}>\]/);
    for (const forbidden of [
      ...['/Encrypt', '/JavaScript', '/Launch', '/EmbeddedFiles', '/LZWDecode', '/AcroForm', '/OpenAction'],
      ...['/SMask', '/Transparency', '/DeviceCMYK', '/Annots', '/Filter'],
    ])
      expect(pdf).not.toContain(forbidden);
  });

  it('embeds each font, with widths that agree and a letter for each glyph', () => {
    const fonts = ofType('Font').filter((font) => font.includes('/Subtype /Type0'));
    expect(fonts.length).toBe(4);
    for (const font of fonts) {
      const descendant = get(referenceIn(font, 'DescendantFonts'));
      expect(descendant).toContain('/CIDToGIDMap /Identity');
      const file = streamOf(get(referenceIn(get(referenceIn(descendant, 'FontDescriptor')), 'FontFile2')));
      const embedded = new TrueTypeFile(file, 'embedded');
      const widths = (/\/W \[0 \[([\d. ]+)\]\]/.exec(descendant)?.[1] ?? '').split(' ').map(Number);
      const unitsPerEm = embedded.get('head').readUInt16BE(18);
      widths.forEach((width, glyph) => {
        expect(width).toBeCloseTo((embedded.metricOf(glyph).readUInt16BE(0) * 1000) / unitsPerEm, 3);
      });
      const letters = streamOf(get(referenceIn(font, 'ToUnicode'))).toString('latin1');
      const mapped =
        /beginbfrange\n([\s\S]*)endbfrange/
          .exec(letters)?.[1]
          ?.match(/\[.*\]/g)
          ?.join('') ?? '';
      expect(mapped.match(/<[0-9a-f ]+>/g)).toHaveLength(widths.length);
      expect(mapped).not.toMatch(/<(0000|feff|fffe)>/);
    }
  });
});

describe('tags', () => {
  it('mark every word and every line on every page', () => {
    const pages = ofType('Page');
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) {
      expect(page).toContain('/Tabs /S');
      let depth = 0;
      for (const line of streamOf(get(referenceIn(page, 'Contents')))
        .toString('latin1')
        .split('\n')) {
        if (/BDC|BMC/.test(line)) depth++;
        if (line === 'EMC') depth--;
        if (/TJ$|Tj$|^f$|^S$| re$/.test(line)) expect(depth).toBe(1);
      }
      expect(depth).toBe(0);
    }
  });

  it('say what a head is the head of, and that the labels of the imprint are words', () => {
    const heads = [...objects.values()].filter((each) => each.includes('/S /TH\n'));
    expect(heads).toHaveLength(2);
    for (const head of heads) expect(head).toMatch(/\/O \/Table\n\/Scope \/Column/);
    const lists = [...objects.values()].filter((each) => each.includes('/S /L\n'));
    expect(lists).toHaveLength(1);
    expect(lists[0]).toContain('/ListNumbering /None');
  });

  it('stand for the language, the title and the picture', () => {
    expect(catalog()).toContain('/Lang (zh-CN)');
    expect(get(referenceIn(catalog(), 'ViewerPreferences'))).toContain('/DisplayDocTitle true');
    const figures = [...objects.values()].filter((each) => each.includes('/S /Figure\n'));
    expect(figures.every((each) => each.includes('/Alt ('))).toBe(true);
    for (const tag of ['H1', 'H2', 'H3', 'P', 'Table', 'TR', 'TD', 'L', 'LI', 'Lbl', 'LBody'])
      expect(pdf).toContain(`/S /${tag}\n`);
  });
});

const hasQpdf = spawnSync('qpdf', ['--version']).status === 0;

(hasQpdf ? it : it.skip)('qpdf finds no fault', () => {
  const directory = mkdtempSync(join(tmpdir(), 'huzhu-pdf-'));
  try {
    const file = join(directory, 'paper.pdf');
    writeFileSync(file, bytes);
    const { status, stdout, stderr } = spawnSync('qpdf', ['--check', file], { encoding: 'utf8' });
    expect(`${stdout}${stderr}`).not.toMatch(/WARNING|error:/);
    expect(status).toBe(0);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
