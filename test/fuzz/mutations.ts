import type { Random } from './random.js';

/** A request as it goes over the line. A body that is an object goes as JSON or as a form; text goes as it is. */
export type Request = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | null;
};
type Fields = Readonly<Record<string, unknown>>;
/** What a well-meaning program would send to a route. */
export type Sample = {
  readonly route: string;
  readonly path: string;
  /** What stands in the books, by the name that a route gives it. */
  readonly ids: Readonly<Record<string, readonly string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly fields: Fields;
  readonly isForm: boolean;
};

const LONG = 'a'.repeat(120_000);
const TEXTS = [
  ...[
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\ufffe',
    '\u202e文字',
    '👨‍👩‍👧',
    '𠮷',
    '\r\n',
    '../../etc/passwd',
    '%00',
    '%',
    '${7*7}',
  ],
  ...[
    `' OR '1'='1`,
    `"; DROP TABLE cases; --`,
    '{{constructor.constructor "return process"}}',
    '<script>alert(1)</script>',
  ],
  ...[
    '=1+1',
    '-0',
    '0x10',
    '1e309',
    'NaN',
    '9'.repeat(400),
    '2026-02-30',
    '9999-99-99',
    '+275760-09-13',
    'null',
    'true',
  ],
  ...['toString', 'hasOwnProperty', '__proto__', 'constructor', LONG],
];
const NUMBERS = [0, -0, -1, 1.5, 2 ** 53, -(2 ** 63), 1e308, Number.MIN_VALUE, 4_294_967_296];

const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const VALUES: readonly ((random: Random) => unknown)[] = [
  (random) => random.pick(TEXTS),
  (random) => random.pick(NUMBERS),
  () => null,
  () => true,
  () => [],
  () => ({}),
  () => [[[[]]]],
  () => ({ toString: 'no function', valueOf: null }),
  () => ({ length: 1e9 }),
  (random) => Array.from({ length: 300 }, () => random.pick(TEXTS.slice(0, 12))),
];
const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'then',
  'id',
  'societyId',
  'roles',
  'isAdmin',
  '',
  '__v',
];

/** One field, or two, are not what they should be; or one is missing; or there are more. */
function withFields(fields: Fields, random: Random): Record<string, unknown> {
  const changed: Record<string, unknown> = { ...fields };
  const names = Object.keys(changed);
  for (let n = random.below(2) + 1; n > 0 && names.length > 0; n -= 1) {
    const name = random.pick(names);
    if (random.below(6) === 0) Reflect.deleteProperty(changed, name);
    else changed[name] = random.pick(VALUES)(random);
  }
  if (random.below(4) === 0) changed[random.pick(NAMES.slice(1))] = random.pick(VALUES)(random);
  return changed;
}

const JSON_BODIES: readonly ((text: string, random: Random) => string | Buffer)[] = [
  (text) => text,
  (text) => text,
  (text) => text,
  (text, random) => text.slice(0, random.below(text.length + 1)), // cut off
  (text) => text.replace(/^\{/, '{"__proto__":{"polluted":true},'),
  (text) => text.replace(/^\{/, '{"constructor":{"prototype":{"polluted":true}},'),
  (text) => text.replace(/^\{(.*)\}$/s, (_all, inside: string) => `{${inside}${inside ? ',' : ''}${inside}}`), // each name twice
  () => deep(20_000),
  () => `{"a":${deep(5000)}}`,
  () => '',
  () => 'null',
  () => '"text"',
  () => '[1,2',
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  (text) => Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xfe, 0x00])]),
  () => `{"a":"${LONG}${LONG}${LONG}${LONG}${LONG}${LONG}${LONG}${LONG}${LONG}"}`, // over the limit
];

const TYPES = [
  ...[
    'application/json',
    'application/json; charset=utf-16',
    'text/plain',
    'application/xml',
    'image/png',
    '',
  ],
  ...[
    'multipart/form-data',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    '/',
    'application/json,text/html',
  ],
];
const HEADERS: readonly (readonly [string, string])[] = [
  ['idempotency-key', 'x'],
  ['idempotency-key', 'k'.repeat(5000)],
  ['idempotency-key', '"; DROP TABLE commands'],
  ['authorization', 'Bearer '],
  ['authorization', `Bearer ${'x'.repeat(4000)}`],
  ['authorization', 'Basic YTpi'],
  ['cookie', '__Host-huzhu=%E0%A4%A; a=b; =; ;;'],
  ['cookie', `x=${'y'.repeat(3000)}`],
  ['content-encoding', 'gzip'],
  ['accept-encoding', 'br;q=9, *;q=x'],
  ['accept', 'no/such;q=2'],
  ['x-forwarded-for', '999.1.1.1, ::ffff:1, \u00ff'],
  ['range', 'bytes=0-,5-1'],
  ['if-none-match', 'W/"'],
  ['host', 'evil.example:99999'],
  ['origin', 'null'],
];
const QUERIES = [
  '?a=1&a=2',
  '?page=-1',
  '?page=1e9',
  '?after=%00',
  '?year=99999999',
  '?q=%ff',
  '?a[b][c]=1',
  '?__proto__=1',
  '?%',
  '?month=2026-13',
  '?day=x',
  '?state[]=A',
  `?q=${'字'.repeat(300)}`,
];
const IDS = [
  '0',
  '-1',
  'undefined',
  '%00',
  '%2e%2e%2f',
  '%E0%A4%A',
  '00000000-0000-0000-0000-000000000000',
  'x'.repeat(120),
  '9'.repeat(60),
  '2026-0000',
  '2026-99999999',
  'NaN',
  '%F0%A0%AE%B7',
  'a%20b',
  "'",
];

/** One request, wrong in one way or several. */
export function mutated(sample: Sample, random: Random): Request {
  const [method = 'GET'] = sample.route.split(' ');
  const path = sample.path.replace(/:(\w+)/g, (_all, name: string) => {
    const known = sample.ids[name] ?? [];
    return known.length > 0 && random.below(3) > 0 ? random.pick(known) : random.pick(IDS);
  });
  const url = random.below(3) === 0 ? `${path}${random.pick(QUERIES)}` : path;
  const headers: Record<string, string> = { ...sample.headers };
  if (random.below(4) === 0) Object.assign(headers, Object.fromEntries([random.pick(HEADERS)]));
  if (method === 'GET' || method === 'DELETE') return { method, url, headers, body: null };
  const fields = withFields(sample.fields, random);
  headers['content-type'] = sample.isForm ? 'application/x-www-form-urlencoded' : 'application/json';
  const wrong = random.below(8) === 0;
  if (wrong) headers['content-type'] = random.pick(TYPES);
  const body =
    sample.isForm && !wrong ? formOf(fields) : random.pick(JSON_BODIES)(JSON.stringify(fields), random);
  return { method, url, headers, body };
}

function formOf(fields: Record<string, unknown>): string {
  const pairs = new URLSearchParams(); // it makes half a pair of UTF-16 whole
  for (const [name, value] of Object.entries(fields))
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value])
      pairs.append(name, typeof each === 'string' ? each : JSON.stringify(each));
  return pairs.toString();
}
