import { spawnSync } from 'node:child_process';
import sharp from 'sharp';
import { blocksOf } from './blocks.js';
import { typefaceOf } from './faces.js';
import { fontFilesOf } from './font-files.js';
import { layoutOf } from './layout.js';
import { paint } from './painter.js';
import { NoSuchPage } from './pdf.errors.js';
import { pictureOf, svgOf } from './picture.js';
import { sheets } from './sheet.js';

const own = { fontFangsong: null, fontXiaobiaosong: null, fontHeiti: null, fontKaiti: null };
const faces = typefaceOf(fontFilesOf(own));
const facts = { title: '公示', author: '柳溪村互助社', at: new Date('2026-03-09T01:00:00Z') };
const sentence =
  '根据本社章程第十四条，经2026年3月5日理事会表决（理事5人，回避1人），对下列对象先行给予救助。';
const row = '<tr><td>张*三</td><td class="amount">1,000.00</td></tr>';
const html = `<article class="notice"><h1>柳溪村<wbr>公示</h1><p class="number">柳溪救公〔2026〕3号</p><h2>一、对象</h2>
${`<p>${sentence}</p>`.repeat(6)}
<table><colgroup><col width="50%"><col width="50%"></colgroup><thead><tr><th>姓名</th><th>金额</th></tr></thead><tbody>${row.repeat(8)}</tbody></table>
<section class="closing"><figure class="qr" data-text="https://huzhu.example/n/K7M4Q2XD"><figcaption>扫一扫</figcaption></figure>
<div class="seal-place"><p class="signature">𬭎塘村互助社</p><p class="date">2026年3月9日</p></div></section></article>`;
const blocks = blocksOf(html);

/** Grey values, eight by eight dots taken together: two renderers set a letter a part of a dot apart. */
async function greysOf(image: Buffer, { width, height }: { width: number; height: number }): Promise<Buffer> {
  return sharp(image)
    .extract({ left: 0, top: 0, width, height }) // pdftoppm rounds up where a dot is cut
    .flatten({ background: '#fff' })
    .greyscale()
    .resize(Math.round(width / 8), Math.round(height / 8), { fit: 'fill' })
    .raw()
    .toBuffer();
}

const canDraw = spawnSync('pdftoppm', ['-v']).status === 0;

describe.each([
  ['A4', 1240, 1754],
  ['LARGE', 1240, 1754],
  ['A3', 1754, 2480],
] as const)('%s as a picture', (variant, width, height) => {
  const layout = layoutOf(blocks, faces, sheets[variant]);

  it(`is a PNG of ${width} × ${height} dots, small enough for a bad line`, async () => {
    for (let page = 1; page <= layout.pages.length; page++) {
      const png = await pictureOf(layout, page);
      expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width, height });
      expect(png.length).toBeLessThan(200_000);
    }
  });

  (canDraw ? it : it.skip)('shows what the PDF shows', async () => {
    const pdf = await paint(layout, facts);
    for (let page = 1; page <= layout.pages.length; page++) {
      const asked = ['-r', '150', '-f', `${page}`, '-l', `${page}`, '-png', '-'];
      const drawn = spawnSync('pdftoppm', asked, { input: pdf, maxBuffer: 1e8 }).stdout;
      const [ours, theirs] = [await pictureOf(layout, page), drawn];
      const [a, b] = [await greysOf(ours, { width, height }), await greysOf(theirs, { width, height })];
      const differences = a.map((value, i) => Math.abs(value - (b[i] ?? 0)));
      const mean = differences.reduce((sum, each) => sum + each, 0) / a.length / 255;
      const ink = a.reduce((sum, value) => sum + 255 - value, 0) / a.length / 255;
      expect(ink).toBeGreaterThan(0.01);
      expect(mean / ink).toBeLessThan(0.15); // 0.12 where all is alike; one line of text more or less is 0.03
    }
  });
});

it('writes each letter once, and needs no font where it is shown', () => {
  const layout = layoutOf(blocks, faces);
  const [page] = layout.pages;
  if (!page) throw new Error('A paper has a page');
  const svg = svgOf(layout, page);
  expect(svg).not.toMatch(/<text|font-family/);
  const ids = Array.from(svg.matchAll(/<path id="(\w+)"/g), ([, id]) => id);
  const used = Array.from(svg.matchAll(/<use href="#(\w+)"/g), ([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(used)).toEqual(new Set(ids));
  expect(used.length).toBeGreaterThan(ids.length * 3);
});

it.each([0, 2.5, 9, NaN])('knows no page %d', async (page) => {
  await expect(pictureOf(layoutOf(blocks, faces), page)).rejects.toThrow(NoSuchPage);
});
