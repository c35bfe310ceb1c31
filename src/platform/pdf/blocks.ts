import { classOf, elementsIn, findIn, getIn, isElement, markupOf, textOf } from './markup.js';
import type { Element } from './markup.js';

export type Align = 'left' | 'center' | 'right';

export type Words = {
  /** Names the words for a person, so that a refusal can say where they stand. */
  readonly field: string;
  readonly text: string;
};
export type Cell = Words & { readonly align: Align };

export type Title = Words & {
  readonly kind: 'title';
  /** Lines are cut only between pieces. */
  readonly pieces: readonly string[];
};
export type Text = Words & {
  readonly kind: 'number' | 'heading' | 'subheading' | 'paragraph' | 'flush' | 'centered' | 'sign';
};
export type Table = {
  readonly kind: 'table';
  /** Rows high enough to sign in. */
  readonly isTall: boolean;
  /** Goes on where the table before it ends, in columns of its own: the boxes of a form. It may have no head. */
  readonly isJoined: boolean;
  readonly shares: readonly number[];
  readonly head: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
};
export type Closing = {
  readonly kind: 'closing';
  readonly name: Words;
  readonly date: Words;
  readonly qr: { readonly text: string; readonly captions: readonly Words[] } | null;
};
export type Imprint = {
  readonly kind: 'imprint';
  readonly terms: readonly { readonly term: Words; readonly value: Words }[];
};
export type Block = Title | Text | Table | Closing | Imprint;

/** The few elements that a paper may hold, as typed blocks. Anything else is a mistake in the template. */
export function blocksOf(html: string): Block[] {
  const article = markupOf(html)
    .filter(isElement)
    .find(({ name }) => name === 'article');
  if (!article) throw new Error('A paper is one <article>');
  return elementsIn(article).map((element, index) => blockOf(element, `第${index + 1}段`));
}

function blockOf(element: Element, place: string): Block {
  const name = `${element.name}.${classOf(element)}`;
  switch (name) {
    case 'h1.':
      return { kind: 'title', ...wordsOf(element, place), pieces: piecesOf(element, 'wbr') };
    case 'p.number':
      return { kind: 'number', ...wordsOf(element, place) };
    case 'h2.':
      return { kind: 'heading', ...wordsOf(element, place) };
    case 'h3.':
      return { kind: 'subheading', ...wordsOf(element, place) };
    case 'p.':
      return { kind: 'paragraph', ...wordsOf(element, place) };
    case 'p.flush':
      return { kind: 'flush', ...wordsOf(element, place) };
    case 'p.centered':
      return { kind: 'centered', ...wordsOf(element, place) };
    case 'p.sign':
      return { kind: 'sign', ...wordsOf(element, place) };
    case 'table.':
    case 'table.tall':
    case 'table.joined':
    case 'table.joined tall':
      return tableOf(element, place);
    case 'section.closing':
      return closingOf(element);
    case 'footer.imprint':
      return imprintOf(element);
    default:
      throw new Error(`A paper has no place for <${name}>`);
  }
}

function tableOf(table: Element, place: string): Table {
  const shares = elementsIn(getIn(table.children, 'colgroup')).map(
    ({ attributes }) => Number.parseFloat(attributes['width'] ?? '') / 100,
  );
  const named = fieldOf(table, place);
  const rowsIn = (part: Element): Cell[][] =>
    elementsIn(part).map((row, line) =>
      elementsIn(row).map((cell, column) => ({
        ...wordsOf(cell, `${named}第${line + 1}行第${column + 1}列`),
        align: alignOf(cell),
      })),
    );
  const classes = classOf(table).split(' ');
  const isJoined = classes.includes('joined');
  const heads = rowsIn(getIn(table.children, 'thead'));
  const head = heads[0] ?? [];
  const rows = rowsIn(getIn(table.children, 'tbody'));
  const isHeadless = isJoined && heads.length === 0;
  if ([...(isHeadless ? [] : [head]), ...rows].some((row) => row.length !== shares.length))
    throw new Error(`The table in ${place} is not even`);
  if (Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) > 0.001)
    throw new Error(`The columns of the table in ${place} are not 100% together`);
  return { kind: 'table', isTall: classes.includes('tall'), isJoined, shares, head, rows };
}

function closingOf(section: Element): Closing {
  const seal = getIn(section.children, 'div', 'seal-place');
  const figure = findIn(section.children, 'figure', 'qr');
  return {
    kind: 'closing',
    name: wordsOf(getIn(seal.children, 'p', 'signature'), '署名'),
    date: wordsOf(getIn(seal.children, 'p', 'date'), '成文日期'),
    qr: figure && {
      text: figure.attributes['data-text'] ?? '',
      captions: piecesOf(getIn(figure.children, 'figcaption'), 'br').map((text) => ({
        field: '二维码说明',
        text,
      })),
    },
  };
}

function imprintOf(footer: Element): Imprint {
  const entries = elementsIn(getIn(footer.children, 'dl'));
  const terms = entries.flatMap((entry, i) => {
    const value = entries[i + 1];
    if (entry.name !== 'dt' || value?.name !== 'dd') return [];
    return [{ term: wordsOf(entry, '版记'), value: wordsOf(value, `版记${textOf(entry)}`) }];
  });
  if (terms.length * 2 !== entries.length) throw new Error('An imprint is a list of <dt> and <dd>, in turn');
  return { kind: 'imprint', terms };
}

function alignOf(cell: Element): Align {
  if (cell.name === 'th' || classOf(cell) === 'center') return 'center';
  return classOf(cell) === 'amount' ? 'right' : 'left';
}

function fieldOf(element: Element, place: string): string {
  return element.attributes['data-field'] ?? place;
}

function wordsOf(element: Element, place: string): Words {
  return { field: fieldOf(element, place), text: textOf(element).trim() };
}

/** A title is cut only where the template says <wbr>: a dictionary would cut differently on each machine. */
function piecesOf(element: Element, joint: 'wbr' | 'br'): string[] {
  const pieces = [''];
  for (const child of element.children) {
    if (isElement(child) && child.name === joint) pieces.push('');
    else pieces.push(`${pieces.pop() ?? ''}${textOf(child)}`);
  }
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
}
