import type { Block, Closing, Imprint } from './blocks.js';
import { typefaceOf } from './faces.js';
import { fontFilesOf } from './font-files.js';
import { layoutOf } from './layout.js';
import type { Layout, Page } from './layout.js';
import type { Area, Mark } from './marks.js';
import { sheet } from './sheet.js';
import { balanced } from './strips.js';

const faces = typefaceOf(fontFilesOf({ fontFangsong: null, fontXiaobiaosong: null }));
const body = (characters: number): Block => ({
  kind: 'paragraph',
  field: '正文',
  text: '公'.repeat(characters),
});
const lines = (count: number): Block => body(28 * count - 10);
const closing: Closing = {
  kind: 'closing',
  name: { field: '署名', text: '柳溪村互助社' },
  date: { field: '成文日期', text: '2026年3月9日' },
  qr: { text: 'https://huzhu.example/n/K7M4Q2XD', captions: [{ field: '说明', text: '扫一扫：验真伪' }] },
};
const imprint: Imprint = {
  kind: 'imprint',
  terms: [
    {
      term: { field: '版记', text: '内容哈希' },
      value: { field: '版记', text: '0123456789abcdef '.repeat(4) },
    },
  ],
};
const textOf = (marks: readonly Mark[]): string =>
  marks.map((mark) => (mark.kind === 'text' ? mark.text : '■')).join('');
const lastOf = (layout: Layout): Page => {
  const page = layout.pages.at(-1);
  if (!page) throw new Error('A paper has a page');
  return page;
};

describe('the grid of GB/T 9704', () => {
  it('D4-36 holds 22 lines of 28 characters of 三号; the 23rd line goes to page 2', () => {
    const { pages } = layoutOf([body(22 * 28 - 2 + 1)], faces);
    expect(pages.map(({ lineCount }) => lineCount)).toEqual([22, 1]);
    const [first] = pages;
    const drawn = first?.marks.filter((mark) => mark.kind === 'text').map(({ text }) => text.length);
    expect(drawn).toEqual([26, ...Array<number>(21).fill(28)]);
  });

  it('would hold only 27 characters at 16 pt', () => {
    expect(28 * 16).toBeGreaterThan(sheet.textWidthPt);
    expect(28 * sheet.bodyPt).toBeLessThan(sheet.textWidthPt);
  });

  it('numbers odd pages on the right, even pages on the left', () => {
    const { pages } = layoutOf([body(22 * 28 * 2)], faces);
    const at = pages.map(({ pageNumber: [mark] }) => mark?.xPt ?? 0);
    expect(pages.map(({ pageNumber }) => textOf(pageNumber))).toEqual(['— 1 —', '— 2 —', '— 3 —']);
    expect(at[0]).toBeGreaterThan(sheet.widthPt / 2);
    expect(at[1]).toBeCloseTo(sheet.leftPt + sheet.bodyPt);
  });
});

describe('the title', () => {
  const widthOf = (text: string): number => text.length;

  it.each([
    [
      ['甲甲甲', '乙乙乙乙', '丙丙丙丙丙丙'],
      9,
      ['甲甲甲乙乙乙乙', '丙丙丙丙丙丙'],
      'lines that differ least',
    ],
    [['短题', '一行'], 9, ['短题一行'], 'one line where it fits'],
    [['甲甲', '乙乙乙'], 4, ['甲甲', '乙乙乙'], 'a trapezoid'],
  ])('%j in %d becomes %j: %s', (pieces, room, expected) => {
    expect(balanced(pieces, widthOf, room)).toEqual(expected);
  });
});

describe('the closing', () => {
  it('D4-38 never stands alone: two lines of text go with it, wherever the page ends', () => {
    for (let count = 8; count <= 36; count++) {
      const page = lastOf(layoutOf([lines(count), closing, imprint], faces));
      expect(page.sealPlace).not.toBeNull();
      expect(page.lineCount).toBeGreaterThanOrEqual(2);
    }
  });

  it('D4-38 has the spacing closed up where that saves the page', () => {
    const layouts = Array.from({ length: 22 }, (_, i) => layoutOf([lines(i + 1), closing, imprint], faces));
    const fits = layouts.filter(({ pages }) => pages.length === 1);
    const tightened = fits.filter(({ pitchPt }) => pitchPt < sheet.pitchPt);
    expect(tightened.length).toBeGreaterThanOrEqual(1);
    for (const { pitchPt } of tightened) expect(pitchPt).toBeGreaterThan(sheet.pitchPt * 0.9 - 0.001);
    expect(layouts[fits.length]).toMatchObject({ pitchPt: sheet.pitchPt });
  });

  it('keeps the 45 mm of the seal clear of all but name and date, wherever the page ends', () => {
    for (let count = 8; count <= 34; count++) {
      const { marks, sealPlace } = lastOf(layoutOf([lines(count), closing, imprint], faces));
      const inside = marks.filter((mark) => sealPlace && overlaps(mark, sealPlace));
      expect(textOf(inside)).toBe('柳溪村互助社2026年3月9日');
      expect((sealPlace?.yPt ?? 0) + sheet.sealPt).toBeLessThan(sheet.topPt + sheet.textHeightPt);
    }
  });

  it('sets a long name in two lines, and never over the QR', () => {
    const name = { field: '署名', text: '池州市贵池区梅村镇柳溪村“救急难”互助联合社' };
    const { marks } = lastOf(layoutOf([lines(3), { ...closing, name }], faces));
    const named = marks.filter((mark) => mark.kind === 'text' && mark.part === 1);
    expect(new Set(named.map((mark) => (mark.kind === 'text' ? mark.baselinePt : 0))).size).toBe(2);
    for (const mark of named)
      expect(extentOf(mark)[0]).toBeGreaterThan(sheet.leftPt + sheet.qrPt + sheet.bodyPt);
  });

  it('draws the QR 35 mm wide with nothing within four modules', () => {
    const { marks } = lastOf(layoutOf([lines(9), closing, imprint], faces));
    const modules = marks.filter((mark) => mark.kind === 'box' && mark.part !== null);
    const [xs, ys] = [modules.map((mark) => extentOf(mark)), modules.map((mark) => heightOf(mark))];
    const qr = {
      xPt: Math.min(...xs.map(([from]) => from)),
      yPt: Math.min(...ys.map(([from]) => from)),
      toX: Math.max(...xs.map(([, to]) => to)),
      toY: Math.max(...ys.map(([, to]) => to)),
    };
    expect(((qr.toX - qr.xPt) * 25.4) / 72).toBeCloseTo(35);
    const quietPt = 4 * Math.min(...ys.map(([from, to]) => to - from));
    const zone = {
      xPt: qr.xPt - quietPt,
      yPt: qr.yPt - quietPt,
      widthPt: qr.toX - qr.xPt + 2 * quietPt,
      heightPt: qr.toY - qr.yPt + 2 * quietPt,
    };
    expect(textOf(marks.filter((mark) => !modules.includes(mark) && overlaps(mark, zone)))).toBe('');
  });
});

describe('a table', () => {
  const cell = (text: string) => ({ field: '表', text, align: 'left' as const });
  const table: Block = {
    kind: 'table',
    isTall: false,
    isJoined: false,
    shares: [0.5, 0.5],
    head: [cell('项目'), cell('金额')],
    rows: Array.from({ length: 60 }, (_, i) => [cell(`第${i + 1}行`), cell('1.00')]),
  };

  it('repeats its head on each page, once for the eye and once for the ear', () => {
    const { pages, parts } = layoutOf([table], faces);
    const heads = pages.map(({ marks }) =>
      marks.filter((mark) => mark.kind === 'text' && mark.text === '项目'),
    );
    expect(heads.map((marks) => marks.length)).toEqual(pages.map(() => 1));
    expect(heads.map(([mark]) => mark?.part === null)).toEqual([false, ...pages.slice(1).map(() => true)]);
    expect(parts.filter(({ tag }) => tag === 'TR')).toHaveLength(61);
  });

  it('stands right below the one before it where it is joined, and needs no head then', () => {
    const rows = table.rows.slice(0, 1);
    const form: Block[] = [
      { ...table, rows },
      { ...table, rows, head: [], isJoined: true },
    ];
    const [page] = layoutOf(form, faces).pages;
    const texts = (page?.marks ?? []).flatMap((mark) => (mark.kind === 'text' ? [mark.baselinePt] : []));
    const [head, first, joined] = [...new Set(texts)];
    expect((joined ?? 0) - (first ?? 0)).toBeCloseTo((first ?? 0) - (head ?? 0), 5);
    expect(page?.lineCount).toBe(3);
  });

  it('keeps its last rows with the signature', () => {
    for (let count = 20; count < 60; count++) {
      const layout = layoutOf([{ ...table, rows: table.rows.slice(0, count) }, closing, imprint], faces);
      expect(lastOf(layout).lineCount).toBeGreaterThanOrEqual(2);
      expect(lastOf(layout).sealPlace).not.toBeNull();
    }
  });
});

function extentOf(mark: Mark): [number, number] {
  if (mark.kind === 'box') return [mark.xPt, mark.xPt + mark.widthPt];
  const widthPt = Array.from(mark.text).reduce(
    (sum, char) => sum + mark.face.advanceOf(char) * mark.sizePt + mark.spacingPt,
    -mark.spacingPt,
  );
  return [mark.xPt, mark.xPt + widthPt];
}

function heightOf(mark: Mark): [number, number] {
  return mark.kind === 'box'
    ? [mark.yPt, mark.yPt + mark.heightPt]
    : [mark.baselinePt - mark.sizePt * 0.88, mark.baselinePt + mark.sizePt * 0.12];
}

function overlaps(mark: Mark, area: Area): boolean {
  const [fromX, toX] = extentOf(mark);
  const [fromY, toY] = heightOf(mark);
  const { xPt, yPt, widthPt, heightPt } = area;
  return (
    fromX < xPt + widthPt - 0.01 && toX > xPt + 0.01 && fromY < yPt + heightPt - 0.01 && toY > yPt + 0.01
  );
}
