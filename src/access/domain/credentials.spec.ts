import { passwordFault, passwordText, readLogin } from './credentials.js';

it.each([
  ['Wang.Fang', 'wang.fang'],
  ['　ｗａｎｇ１２　', 'wang12'],
  ['王芳', '王芳'],
  ['王', null],
  ['wang fang', null],
  ["x' OR 1=1", null],
  ['a'.repeat(41), null],
])('reads the login %j as %j', (typed, login) => {
  expect(readLogin(typed)).toBe(login);
});

it.each([
  ['short', '123456789', /至少 10/],
  ['ten of the same', 'aaaaaaaaaaaa', /重复/],
  ['the first in every list', '1234567890', /太常见/],
  ['the same with a mark after it', 'password123!', /太常见/],
  ['a common word, dressed up', 'Woaini@1314520', /太常见/],
  ['another, its digits between the letters', 'p@ssw0rd-2026', /太常见/],
  ['a mobile number', '13905660000', /只用数字/],
  ['a birthday', '1968-03-07-1968', /只用数字/],
  ['an ID number', '34170219680307001x', /只用数字/],
  ['it holds the login', 'wangfang2026', /登录名/],
  ['too long for a hash', 'aB3$'.repeat(33), /最多/],
])('refuses a password: %s', (_because, password, words) => {
  expect(passwordFault(password, 'wangfang')).toMatch(words);
});

it.each(['love of my village 7', '柳溪村头三棵老槐树下', 'correct horse battery', '村口-7棵-柿子'.repeat(2)])(
  'takes %s',
  (password) => {
    expect(passwordFault(password, 'wangfang')).toBeNull();
  },
);

it('is the same password from an input method that gives full-width digits', () => {
  expect(passwordText('柳溪１２３４ ')).toBe(passwordText('柳溪1234'));
});
