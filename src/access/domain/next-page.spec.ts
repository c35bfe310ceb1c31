import { nextPage } from './next-page.js';

it.each([
  ['/s/cases?state=open#top', '/s/cases?state=open#top'],
  ['/admin', '/admin'],
  ['//evil.example/s', null],
  ['/\\evil.example', null],
  ['https://evil.example/', null],
  ['javascript:alert(1)', null],
  ['/s\r\nset-cookie: x', null],
  ['/\t/evil.example', null],
  ['/s/cases?q=李建明', null],
  ['/s/cases?q=%E6%9D%8E', '/s/cases?q=%E6%9D%8E'],
  ['/sign-in?next=/s', null],
  ['/sign-out', null],
  ['/api/v1/societies', null],
  [`/${'x'.repeat(400)}`, null],
  ['', null],
  [null, null],
])('after signing in, %j leads to %j', (asked, next) => {
  expect(nextPage(asked)).toBe(next);
});
