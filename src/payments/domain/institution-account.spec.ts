import fc from 'fast-check';
import { holdsAccountNumber, readInstitutionAccount } from './institution-account.js';
import { shownName } from './payee.js';

it.each`
  typed                                 | number                                | because
  ${'34050166880800001234'}             | ${'34050166880800001234'}             | ${'a settlement account of 20 digits'}
  ${'10020030'}                         | ${'10020030'}                         | ${'8 are the fewest'}
  ${'12345678901234567890123456789012'} | ${'12345678901234567890123456789012'} | ${'32 are the most'}
  ${'00000000'}                         | ${'00000000'}                         | ${'there is no check digit, and noughts in front count'}
  ${'3405 0166 8808 0000 1234'}         | ${'34050166880800001234'}             | ${'groups of four are for the eye'}
  ${' 3405-0166-8808 0000-1234\t'}      | ${'34050166880800001234'}             | ${'so are hyphens, and what was copied around it'}
  ${'3405–0166—8808－00001234'}         | ${'34050166880800001234'}             | ${'a dash of any width is a dash'}
  ${'３４０５　０１６６８８０８'}       | ${'340501668808'}                     | ${'full-width digits, and the full-width space'}
`('reads $typed, since $because', ({ typed, number }: { typed: string; number: string }) => {
  expect(readInstitutionAccount(typed)).toEqual({ ok: true, number });
});

it.each`
  typed                                  | because
  ${''}                                  | ${'nothing is no number'}
  ${' - '}                               | ${'nor is what is only for the eye'}
  ${'1234567'}                           | ${'7 digits are too few'}
  ${'123456789012345678901234567890123'} | ${'33 are too many'}
  ${'3405016688O800001234'}              | ${'the letter O is no nought'}
  ${'34050166.88080000'}                 | ${'a full stop is no dash'}
  ${'34050166/88080000'}                 | ${'two numbers are not one'}
  ${'账号34050166880800001234'}          | ${'words are no digits'}
  ${'٣٤٠٥٠١٦٦٨٨'}                        | ${'digits of another script are not ours'}
  ${'-34050166.5e3'}                     | ${'it is no amount'}
`('refuses $typed, since $because', ({ typed }: { typed: string }) => {
  expect(readInstitutionAccount(typed)).toEqual({ ok: false });
});

it('takes every length from 8 to 32 and no other, however it is cut up', () => {
  const digits = fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 40 });
  const between = fc.constantFrom('', ' ', '-', '　', '—');
  fc.assert(
    fc.property(digits, between, (number, separator) => {
      const read = readInstitutionAccount(number.join(separator));
      const right = number.length >= 8 && number.length <= 32;
      expect(read).toEqual(right ? { ok: true, number: number.join('') } : { ok: false });
    }),
  );
});

it.each`
  text                              | holds    | because
  ${'演示县人民医院'}               | ${false} | ${'a name is words'}
  ${'演示县第110医院 1958'}         | ${false} | ${'short numbers belong to names'}
  ${'人民医院34050166'}             | ${true}  | ${'8 digits are an account'}
  ${'人民医院 3405 0166-8808 0000'} | ${true}  | ${'also when they are cut up'}
  ${'农行３４０５０１６６'}         | ${true}  | ${'also in full width'}
`('$text: $holds, since $because', ({ text, holds }: { text: string; holds: boolean }) => {
  expect(holdsAccountNumber(text)).toBe(holds);
});

it('shows an institution by its name, and a person masked', () => {
  expect(shownName('INSTITUTION', '演示县人民医院')).toBe('演示县人民医院');
  expect(shownName('PERSON', '李建明')).toBe('李*明');
});
