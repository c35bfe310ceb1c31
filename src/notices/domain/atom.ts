/** One thing of a feed. Its id never changes, whatever becomes of it. */
export type AtomEntry = {
  readonly id: string;
  readonly title: string;
  readonly href: string;
  readonly updated: Date;
  readonly published: Date;
  readonly category: string;
  readonly summary: string;
};

export type AtomFeed = {
  readonly id: string;
  readonly title: string;
  readonly author: string;
  /** Its own address, and that of the page it follows. */
  readonly self: string;
  readonly page: string;
  readonly updated: Date;
  readonly entries: readonly AtomEntry[];
};

/** RFC 4287. Everything that a person or a setting may have written is escaped; what XML cannot hold is left out. */
export function atomOf(feed: AtomFeed): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
    element('id', feed.id),
    element('title', feed.title),
    `<author>${element('name', feed.author)}</author>`,
    link('self', 'application/atom+xml', feed.self),
    link('alternate', 'text/html', feed.page),
    element('updated', feed.updated.toISOString()),
    ...feed.entries.map(entryOf),
    '</feed>',
    '',
  ].join('\n');
}

function entryOf({ id, title, href, updated, published, category, summary }: AtomEntry): string {
  return [
    '<entry>',
    element('id', id),
    element('title', title),
    link('alternate', 'text/html', href),
    element('published', published.toISOString()),
    element('updated', updated.toISOString()),
    `<category term="${escaped(category)}"/>`,
    element('summary', summary),
    '</entry>',
  ].join('\n');
}

const element = (name: string, text: string): string => `<${name}>${escaped(text)}</${name}>`;

const link = (rel: string, type: string, href: string): string =>
  `<link rel="${rel}" type="${type}" href="${escaped(href)}"/>`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** No character that XML 1.0 (2.2) leaves out, even as a reference: a half of a pair, or a control other than tab and line ends. */
const NOT_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

function escaped(text: string): string {
  return text.replace(NOT_XML, '').replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
}
