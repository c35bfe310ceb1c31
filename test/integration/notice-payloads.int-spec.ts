import { contentOf } from '../../src/notices/domain/notice-content.js';
import { filled, TEXT_KEYS } from '../../src/notices/domain/notice-texts.js';
import { textFault } from '../../src/notices/domain/text-rules.js';
import { inOwnWords, keptOf } from '../../src/notices/domain/notice-words.js';
import type { Worded } from '../../src/notices/domain/notice-words.js';
import { Config } from '../../src/platform/config.js';
import { markupOf, textOf } from '../../src/platform/pdf/markup.js';
import { PaperPrinter } from '../../src/platform/pdf/printer.js';
import { Templates } from '../../src/platform/web/templates.js';
import { canReadPapers, wordsOfPaper } from '../support/paper.js';
import { wordsOf, WORDED } from '../support/notices.js';

/*
 * Whatever somebody writes where a notice takes words, it is words: no code runs, no property of an object is reached, no
 * element is opened, and the paper says what was written (quality.md, G16).
 */

const HANDLEBARS = [
  ...[
    '{{7*7}}',
    '{{this}}',
    '{{{this}}}',
    '{{@root}}',
    '{{@root.content}}',
    '{{.}}',
    '{{..}}',
    '{{../title}}',
  ],
  ...[
    '{{constructor}}',
    '{{constructor.constructor}}',
    '{{__proto__}}',
    '{{__lookupGetter__}}',
    '{{toString}}',
  ],
  ...[
    '{{lookup . "constructor"}}',
    '{{lookup this "__proto__"}}',
    '{{#with "s" as |s|}}{{s.sub.apply}}{{/with}}',
  ],
  ...[
    '{{#each this}}{{@key}}{{/each}}',
    '{{#if 1}}x{{/if}}',
    '{{else}}',
    '{{/if}}',
    '{{> layout}}',
    '{{> (lookup . "x")}}',
  ],
  ...[
    '{{!-- gone --}}',
    '{{! gone }}',
    '\\{{raw}}',
    '{{{{raw}}}}x{{{{/raw}}}}',
    '{{log "x"}}',
    '{{helperMissing}}',
  ],
  ...[
    '{{blockHelperMissing}}',
    '{{#constructor}}x{{/constructor}}',
    '{{"x"}}',
    '{{~this~}}',
    '{{&this}}',
    '{{',
    '}}',
    '{{{',
  ],
];
const MARKUP = [
  ...[
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '</p><p>',
    '</article>',
  ],
  ...[
    '<b>粗</b>',
    '<h1>题</h1>',
    '<table><tr><td>1</td></tr></table>',
    '<!-- gone -->',
    '<![CDATA[x]]>',
    '<br>',
    '<wbr>',
  ],
  ...[
    '<p class="date">假</p>',
    '<a href="javascript:1">x</a>',
    '" onclick="x',
    "' onclick='x",
    '`onclick=`',
    '&lt;b&gt;',
  ],
  ...[
    '&amp;',
    '&nbsp;',
    '&#65;',
    '&#x41;',
    '&',
    '<',
    '>',
    '"',
    "'",
    '=',
    '`',
    '<<>>',
    '&amp;amp;',
    '<?xml?>',
    '<!DOCTYPE x>',
  ],
];
const OTHERS = [
  ...[
    '${7*7}',
    '#{7*7}',
    '<%= 7*7 %>',
    '%{x}',
    '[[x]]',
    '$&',
    '$1',
    '$$',
    "$'",
    '\\u0041',
    '\\n',
    '%3Cb%3E',
    '../../x',
  ],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'hasOwnProperty',
    'toString',
    'null',
    'undefined',
    '[object Object]',
    'NaN',
  ],
];
const PLACES: readonly ((payload: string) => string)[] = [
  (payload) => payload,
  (payload) => `救助${payload}对象`,
  (payload) => `${payload}${payload}`,
  (payload) => `【${payload}】`,
];
const PAYLOADS = [...HANDLEBARS, ...MARKUP, ...OTHERS].flatMap((payload) =>
  PLACES.map((place) => place(payload)),
);

const printer = new PaperPrinter(new Config({}), new Templates('templates'));
const facts = { title: '样', author: '柳溪社', at: new Date('2026-03-09T01:00:00Z') };
const signing = {
  version: 1,
  number: '柳溪救公〔2026〕4号',
  signedOn: null,
  period: '',
  code: '',
  verifyUrl: null,
};
const contentWith = (worded: Worded) => contentOf(keptOf(worded), signing);
const squeezed = (text: string): string => text.replace(/\s/g, '');
const tagsIn = (html: string): string[] => html.match(/<[a-z]+/g) ?? [];

/** Every place of a notice that holds words of a society, a person or a list, filled with one payload. */
function noticeOf(payload: string): Worded {
  const contact = { office: payload, phone: '0000-1234567', address: payload };
  const words = wordsOf({
    title: ['柳溪社', payload],
    basis: payload,
    items: [
      {
        ...{ person: payload, group: payload, cause: payload, amountInWords: '壹元整', amount: '1.00' },
        ...{ paidOn: payload, paidHow: payload },
      },
    ],
    ...{ objection: payload, issuer: '柳溪社', contact },
  });
  return inOwnWords(
    { kind: 'GRANT_POST', words },
    { CLOSING: payload, OBJECTION: `【联系处】${payload}【地址】` },
  );
}

const CLEAN = tagsIn(printer.html({ template: 'notices/grant-post', content: contentWith(noticeOf('字')) }));

it('are more than three hundred', () => {
  expect(new Set(PAYLOADS).size).toBeGreaterThan(300);
});

it.each(PAYLOADS)('on the page %s is words', (payload) => {
  const html = printer.html({ template: 'notices/grant-post', content: contentWith(noticeOf(payload)) });
  expect(tagsIn(html)).toEqual(CLEAN);
  const said = squeezed(markupOf(html).map(textOf).join(''));
  // Title, basis, person, group, cause, day, way; office, sentence and address of the objection; the closing sentence.
  expect(said.split(squeezed(payload)).length - 1).toBeGreaterThanOrEqual(11);
});

const chunks = Array.from({ length: Math.ceil(PAYLOADS.length / 12) }, (_, i) =>
  PAYLOADS.slice(i * 12, i * 12 + 12),
);

(canReadPapers ? it : it.skip).each(chunks.map((chunk, i) => [i, chunk] as const))(
  'on paper, sheet %d, stands what was written',
  async (_, chunk) => {
    const items = chunk.map((payload) => ({
      ...{ person: '张*三', group: '三组', cause: payload, amountInWords: '壹元整', amount: '1.00' },
      ...{ paidOn: '', paidHow: '' },
    }));
    const content = contentWith({ kind: 'GRANT_POST', words: wordsOf({ items }) });
    const { pdf } = await printer.print({ template: 'notices/grant-post', content, facts });
    const said = wordsOfPaper(pdf).replace(/—\d+—/g, '');
    for (const payload of chunk) expect(said).toContain(squeezed(payload));
  },
);

it.each(TEXT_KEYS)('as the text %s of a society are all refused', (key) => {
  expect(PAYLOADS.filter((payload) => textFault(key, payload) === null)).toEqual([]);
  expect(
    PAYLOADS.filter(
      (payload) => textFault(key, `有异议请匿名向【联系处】反映，电话【电话】${payload}。`) === null,
    ),
  ).toEqual([]);
});

it('open no slot but those of the list, and no slot opens another', () => {
  for (const payload of PAYLOADS)
    expect(filled(`【联系处】${payload}`, { 联系处: payload, 电话: '0000-1' })).toBe(`${payload}${payload}`);
});

it('keep a rejection as it is', () => {
  for (const payload of HANDLEBARS.slice(0, 20)) {
    const content = contentWith(inOwnWords(WORDED.REJECTION, { REJECTION_NOTE: payload }));
    const html = printer.html({ template: content.template, content });
    expect(markupOf(html).map(textOf).join('')).toContain(payload.replace(/\s+/g, ' '));
  }
});
