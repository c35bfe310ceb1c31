import { atomOf } from './atom.js';

const at = new Date('2026-03-09T01:00:00Z');
const feed = {
  id: 'urn:uuid:0192f000-0000-7000-8000-000000000001',
  title: '柳溪村互助社公示栏',
  author: '柳溪村互助社',
  self: 'https://huzhu.example/b/K7M4Q2XD/feed.atom',
  page: 'https://huzhu.example/b/K7M4Q2XD',
  updated: at,
  entries: [],
};
const entry = {
  id: 'urn:uuid:0192f000-0000-7000-8000-000000000002',
  title: '救助公示 柳溪救公〔2026〕3号',
  href: 'https://huzhu.example/n/K7M4Q2XE',
  ...{ updated: at, published: at, category: '救助公示', summary: '公示中' },
};

it('says whose board it is, and where to read it', () => {
  expect(atomOf(feed)).toBe(`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">
<id>urn:uuid:0192f000-0000-7000-8000-000000000001</id>
<title>柳溪村互助社公示栏</title>
<author><name>柳溪村互助社</name></author>
<link rel="self" type="application/atom+xml" href="https://huzhu.example/b/K7M4Q2XD/feed.atom"/>
<link rel="alternate" type="text/html" href="https://huzhu.example/b/K7M4Q2XD"/>
<updated>2026-03-09T01:00:00.000Z</updated>
</feed>
`);
});

it('holds what RFC 4287 wants of an entry', () => {
  const text = atomOf({ ...feed, entries: [entry] });
  for (const part of [
    '<id>urn:uuid:0192f000-0000-7000-8000-000000000002</id>',
    '<title>救助公示 柳溪救公〔2026〕3号</title>',
    '<link rel="alternate" type="text/html" href="https://huzhu.example/n/K7M4Q2XE"/>',
    '<published>2026-03-09T01:00:00.000Z</published>\n<updated>2026-03-09T01:00:00.000Z</updated>',
    '<category term="救助公示"/>\n<summary>公示中</summary>\n</entry>',
  ])
    expect(text).toContain(part);
});

it.each`
  words                             | written                                                     | because
  ${'<script>alert("1")</script>&'} | ${'&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;'} | ${'nothing opens an element or an entity'}
  ${"]]>'"}                         | ${']]&gt;&apos;'}                                           | ${'nothing ends a section or an attribute'}
  ${'柳\u0000溪\u001b村\u{FFFF}社'} | ${'柳溪村社'}                                               | ${'XML cannot hold a control, not even as a reference'}
  ${'𬭎\u{D83D}社'}                 | ${'𬭎社'}                                                   | ${'a rare character stays, half a pair goes'}
`('writes $words as $written: $because', ({ words, written }: { words: string; written: string }) => {
  const text = atomOf({ ...feed, title: words, entries: [{ ...entry, category: words, summary: words }] });
  expect(text.split(written)).toHaveLength(4);
});
