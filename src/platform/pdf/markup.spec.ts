import { getIn, isElement, markupOf, textOf } from './markup.js';

const first = (html: string) => markupOf(html).find(isElement) ?? { name: '', attributes: {}, children: [] };

it('reads elements, attributes, empty elements and what Handlebars escapes', () => {
  const article = first('<article class="a"><h1>甲<wbr>乙 &amp; &quot;丙&quot;</h1><br></article>');
  expect(article.attributes).toEqual({ class: 'a' });
  expect(article.children.filter(isElement).map(({ name }) => name)).toEqual(['h1', 'br']);
  expect(textOf(article)).toBe('甲乙 & "丙"');
});

it.each([
  ['校验码 K7M4', '校验码 K7M4', 'a space beside Latin letters is meant'],
  ['公示期\n    为七日', '公示期为七日', 'a line end of the template is no space between Chinese characters'],
  ['a\n  b', 'a b', 'between Latin words it is one'],
])('%j reads %j: %s', (html, text) => {
  expect(textOf(first(`<p>${html}</p>`))).toBe(text);
});

it.each([
  ['<p>', 'what is not closed'],
  ['<p></b>', 'what closes another'],
  ['<p class=a></p>', 'an attribute without quotes'],
  ['<p>&nbsp;</p>', 'an entity that Handlebars never writes'],
  ['a < b', 'a bare bracket'],
])('refuses %j: %s', (html) => {
  expect(() => markupOf(html)).toThrow();
});

it('names the element that a paper needs', () => {
  expect(() => getIn([], 'p', 'date')).toThrow('A paper needs <p class="date">');
});
