import type { Block, Closing, Imprint } from './blocks.js';
import { typefaceOf } from './faces.js';
import { fontFilesOf } from './font-files.js';
import { layoutOf } from './layout.js';
import type { Layout, Page } from './layout.js';
import type { Area, Mark } from './marks.js';
import { baselineIn, sheets } from './sheet.js';
import type { Sheet } from './sheet.js';
import { balanced } from './strips.js';

const own = { fontFangsong: null, fontXiaobiaosong: null, fontHeiti: null, fontKaiti: null };
const faces = typefaceOf(fontFilesOf(own));
const sheet = sheets.A4;
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
    const { pages } = layoutOf([body(22 * 28 - 2 + 5)], faces);
    expect(pages.map(({ lineCount }) => lineCount)).toEqual([22, 1]);
    const [first] = pages;
    const drawn = first?.marks.filter((mark) => mark.kind === 'text').map(({ text }) => text.length);
    expect(drawn).toEqual([26, ...Array<number>(21).fill(28)]);
  });

  it.each([
    [5, [22, 1], 'five make a line'],
    [4, [21, 2], 'four do not'],
  ])('sends a last line of %d characters over with %j lines on the pages: %s', (left, lines) => {
    const { pages } = layoutOf([body(22 * 28 - 2 + left)], faces);
    expect(pages.map(({ lineCount }) => lineCount)).toEqual(lines);
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

describe('the headings', () => {
  const heading = (kind: 'heading' | 'subheading', text: string): Block => ({ kind, field: '标题', text });

  it('sets 一、 in 黑体, （一） in 楷体, and tags them by their level', () => {
    const { pages, parts } = layoutOf(
      [heading('heading', '一、办法'), heading('subheading', '（一）对象'), lines(1)],
      faces,
    );
    const texts = (pages[0]?.marks ?? []).flatMap((mark) =>
      mark.kind === 'text' ? [[parts[mark.part ?? 0]?.tag, mark.face.name]] : [],
    );
    expect(texts).toEqual([
      ['H2', 'NotoSansSC-Medium'],
      ['H3', 'LXGWWenKai-Regular'],
      ['P', 'NotoSerifSC-Regular'],
    ]);
  });

  it.each(['heading', 'subheading'] as const)('never leaves a %s at the foot of a page', (kind) => {
    for (let before = 18; before <= 23; before++) {
      const { pages } = layoutOf([lines(before), heading(kind, '一、办法'), lines(3)], faces);
      for (const { marks } of pages) expect(textOf(marks).endsWith('一、办法')).toBe(false);
    }
  });
});

describe('the other sheets', () => {
  const title: Block = {
    kind: 'title',
    field: '标题',
    text: '柳溪村互助社公示',
    pieces: ['柳溪村互助社', '公示'],
  };
  const paper = [title, lines(30), closing, imprint];

  it('A3 has the very lines of A4 on the very pages, 1.575 times as large, and nothing off the sheet', () => {
    const [a4, a3] = [layoutOf(paper, faces), layoutOf(paper, faces, sheets.A3)];
    const textsOf = ({ pages }: Layout) =>
      pages.map(({ marks }) => marks.map((mark) => [mark.kind, ...wordsOf(mark)]));
    const wordsOf = (mark: Mark) => (mark.kind === 'text' ? [mark.text, mark.face.name] : []);
    expect(textsOf(a3)).toEqual(textsOf(a4));
    for (const mark of a3.pages.flatMap(({ marks, pageNumber }) => [...marks, ...pageNumber]))
      expectOnSheet(mark, sheets.A3);
    const [small, big] = [a4, a3].map(({ pages }) => pages[0]?.marks.find(({ kind }) => kind === 'text'));
    if (small?.kind !== 'text' || big?.kind !== 'text') throw new Error('A page has text');
    expect(big.sizePt / small.sizePt).toBeCloseTo(1.575);
  });

  it('A3 has body characters that a good eye reads at two metres: 1/250 of the distance', () => {
    expect((sheets.A3.bodyPt * 25.4) / 72).toBeGreaterThan(2000 / 250);
  });

  it('LARGE holds 18 lines of 20 characters of 小一', () => {
    const { pages } = layoutOf([body(18 * 20 - 2 + 5)], faces, sheets.LARGE);
    expect(pages.map(({ lineCount }) => lineCount)).toEqual([18, 1]);
    const drawn = pages[0]?.marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text.length] : []));
    expect(drawn).toEqual([18, ...Array<number>(17).fill(20)]);
  });

  it.each(['A3', 'LARGE'] as const)(
    '%s says the same words, and that it is not the paper of record',
    (variant) => {
      const [own, record] = [layoutOf(paper, faces, sheets[variant]), layoutOf(paper, faces)];
      // The hash is cut at its blanks, a QR is no words.
      const wordsOf = ({ pages }: Layout) => textOf(pages.flatMap(({ marks }) => marks)).replace(/[■ ]/g, '');
      expect(wordsOf(own)).toBe(wordsOf(record));
      for (const { pageNumber } of own.pages) expect(textOf(pageNumber)).toContain('以A4文本为准。');
      for (const { pageNumber } of record.pages) expect(textOf(pageNumber)).toMatch(/^— \d —$/);
    },
  );

  it.each(['A4', 'A3', 'LARGE'] as const)(
    'D4-38 on %s too, two lines go with the signature, whose seal is clear',
    (variant) => {
      const on = sheets[variant];
      for (let count = 8; count <= 28; count++) {
        const page = lastOf(layoutOf([lines(count), closing, imprint], faces, on));
        expect(page.lineCount).toBeGreaterThanOrEqual(2);
        const inside = page.marks.filter((mark) => page.sealPlace && overlaps(mark, page.sealPlace));
        expect(textOf(inside)).toBe('柳溪村互助社2026年3月9日');
        for (const mark of page.marks) expectOnSheet(mark, on);
      }
    },
  );

  it.each(['A4', 'A3', 'LARGE'] as const)(
    '%s sets name and date a little below the middle of the seal',
    (variant) => {
      const { marks, sealPlace } = lastOf(layoutOf([lines(3), closing, imprint], faces, sheets[variant]));
      if (!sealPlace) throw new Error('A closing has a place for the seal');
      const inside = marks.filter((mark) => overlaps(mark, sealPlace)).map(heightOf);
      const middle =
        (Math.min(...inside.map(([from]) => from)) + Math.max(...inside.map(([, to]) => to))) / 2;
      const below = (middle - (sealPlace.yPt + sealPlace.heightPt / 2)) / sealPlace.heightPt;
      expect(below).toBeGreaterThan(0);
      expect(below).toBeLessThan(0.1);
    },
  );
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

  it.each(['title', 'number', 'centered'] as const)(
    'a %s that no line could hold is cut, not pushed over the edge',
    (kind) => {
      const text = '池州市贵池区梅村镇柳溪村民委员会“救急难”互助联合社救公〔2026〕12号';
      const block: Block =
        kind === 'title' ? { kind, field: '标题', text, pieces: [text] } : { kind, field: '文号', text };
      const { marks } = lastOf(layoutOf([block, lines(1)], faces));
      for (const mark of marks) {
        expect(extentOf(mark)[0]).toBeGreaterThan(sheet.leftPt - 0.01);
        expect(extentOf(mark)[1]).toBeLessThan(sheet.leftPt + sheet.textWidthPt + 0.01);
      }
      expect(textOf(marks)).toContain('〔2026〕12号');
    },
  );
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

  it('never cuts a row: all of its lines stand on one page', () => {
    const long = '很长的一格'.repeat(12);
    const rows = Array.from({ length: 30 }, (_, i) => [cell(`${i + 1}${long}`), cell('1.00')]);
    const { pages, parts } = layoutOf([{ ...table, rows }], faces);
    const pageOf = new Map<number, number>();
    pages.forEach(({ marks }, page) => {
      for (const { part } of marks) {
        if (part === null || parts[part]?.tag !== 'TD') continue;
        expect(pageOf.get(part) ?? page).toBe(page);
        pageOf.set(part, page);
      }
    });
    expect(pages.length).toBeGreaterThan(1);
    expect(new Set(pageOf.values()).size).toBe(pages.length);
  });

  it.each([
    ['2026年3月9日', 1, 'a column that holds its date stays a column'],
    ['2026年12月31日', 2, 'one that would cut it makes each row a list'],
  ])('in large letters, with %s: %s', (date, headsOfRows) => {
    const shares = [0.62, 0.38];
    const rows = [[cell('甲'), cell(date)]];
    const narrow: Block = { ...table, shares: [0.72, 0.28], rows };
    const { parts, pages } = layoutOf(
      [{ ...narrow, shares: headsOfRows === 1 ? shares : narrow.shares }],
      faces,
      sheets.LARGE,
    );
    const scopes = new Set(parts.flatMap(({ scope }) => (scope ? [scope] : [])));
    expect([...scopes]).toEqual([headsOfRows === 1 ? 'Column' : 'Row']);
    const texts = (pages[0]?.marks ?? []).flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []));
    expect(texts).toContain(date);
  });

  it('has some air below it, and the lines after it stand on the grid again', () => {
    const after: Block = { kind: 'flush', field: '正文', text: '完' };
    for (let count = 1; count < 20; count++) {
      const { marks } = lastOf(layoutOf([{ ...table, rows: table.rows.slice(0, count) }, after], faces));
      const foot = Math.max(...marks.flatMap((mark) => (mark.kind === 'box' ? [heightOf(mark)[1]] : [])));
      const text = marks.find((mark) => mark.kind === 'text' && mark.text === '完');
      if (text?.kind !== 'text') throw new Error('The text stands below the table');
      expect(heightOf(text)[0] - foot).toBeGreaterThan(
        (sheet.pitchPt - sheet.bodyPt) / 2 + 0.14 * sheet.pitchPt,
      );
      const line = (text.baselinePt - sheet.topPt - baselineIn(sheet.pitchPt, sheet.bodyPt)) / sheet.pitchPt;
      expect(line).toBeCloseTo(Math.round(line), 5);
    }
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

function expectOnSheet(mark: Mark, on: Sheet): void {
  const [[fromX, toX], [fromY, toY]] = [extentOf(mark), heightOf(mark)];
  expect(Math.min(fromX - on.leftPt, on.leftPt + on.textWidthPt - toX)).toBeGreaterThan(-1);
  expect(Math.min(fromY, on.heightPt - toY)).toBeGreaterThan(on.heightPt * 0.035);
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
