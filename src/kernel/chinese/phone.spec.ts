import { maskPhone, readMobile } from './phone.js';

it.each([
  ['as it is', '13800001234'],
  ['in groups', '138 0000 1234'],
  ['with hyphens', '138-0000-1234'],
  ['full-width digits', '１３８００００１２３４'],
  ['+86', '+86 138 0000 1234'],
  ['0086', '008613800001234'],
  ['86', '8613800001234'],
])('reads %s', (_, typed) => {
  expect(readMobile(typed)).toEqual({ ok: true, number: '13800001234' });
});

it.each([
  ['ten digits', '1380000123'],
  ['twelve digits', '138000012345'],
  ['no mobile prefix', '12800001234'],
  ['a telephone on a desk', '0566-1234567'],
  ['letters', '1380000123a'],
  ['empty', ''],
])('refuses %s', (_, typed) => {
  expect(readMobile(typed)).toEqual({ ok: false });
});

it.each([
  ['a mobile number', '13800001234', '138****1234'],
  ['a shorter number', '05661234', '****1234'],
  ['four digits', '1234', '****'],
  ['nothing', '', ''],
])('masks %s', (_, number, masked) => {
  expect(maskPhone(number)).toBe(masked);
});
