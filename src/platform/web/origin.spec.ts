import { isFromElsewhere } from './origin.js';
import type { Sent } from './origin.js';

const PUBLIC = 'https://huzhu.example';

it.each<[Sent['headers'], boolean, string]>([
  [{}, false, 'a program names no origin'],
  [{ origin: 'https://huzhu.example' }, false, 'our own page'],
  [{ origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' }, false, 'the same host by another name'],
  [{ origin: 'https://huzhu.example', 'sec-fetch-site': 'same-origin' }, false, 'our own page, said twice'],
  [{ origin: 'https://huzhu.example:8443' }, true, 'another port'],
  [{ origin: 'http://huzhu.example' }, true, 'without TLS'],
  [{ origin: 'https://evil.example', host: 'huzhu.example' }, true, 'another house'],
  [
    { origin: 'https://huzhu.example.evil.example', host: 'huzhu.example' },
    true,
    'a name that begins like ours',
  ],
  [{ origin: 'null', host: 'huzhu.example' }, true, 'a page that hides what it is'],
  [{ 'sec-fetch-site': 'cross-site' }, true, 'another site, without its name'],
])('%j comes from elsewhere: %s (%s)', (headers, elsewhere) => {
  expect(isFromElsewhere({ headers }, PUBLIC)).toBe(elsewhere);
});
