/** One paper as the index shows it. */
export type Shown = {
  readonly name: string;
  readonly title: string;
  readonly pages: number;
  readonly hasPictures: boolean;
};

const STYLE =
  'body{font-family:sans-serif;margin:2rem;background:#8a918e}h2{font-size:1rem;margin:2rem 0 .5rem}' +
  'img{width:22rem;max-width:100%;margin:0 .75rem .75rem 0;background:#fff;vertical-align:top}a{color:#fff}';

/** A page without a script that shows every page of every paper. */
export function indexPage(shown: readonly Shown[]): string {
  return [
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>公示和文书样张</title>',
    `<style>${STYLE}</style><h1>公示和文书样张（${shown.length}份）</h1>`,
    ...shown.map(sectionOf),
    '</html>\n',
  ].join('\n');
}

function sectionOf({ name, title, pages, hasPictures }: Shown): string {
  const places = Array.from({ length: hasPictures ? pages : 0 }, (_, i) => pictureOf(name, i + 1, pages));
  const pictures = places.map((file) => `<img src="${file}" alt="" loading="lazy">`).join('');
  return `<section><h2><a href="${name}.pdf">${name}</a> ${escaped(title)}（${pages}页）</h2>${pictures}</section>`;
}

/** As pdftoppm calls them: all numbers of a paper are equally long. */
const pictureOf = (name: string, page: number, pages: number): string =>
  `${name}-${String(page).padStart(String(pages).length, '0')}.png`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
