import fc from 'fast-check';
import { maskName } from './name-mask.js';

it.each([
  ['D4-30 张伟', '张伟', '张*'],
  ['D4-30 欧阳娜娜', '欧阳娜娜', '欧阳*娜'],
  ['D4-30 阿卜杜拉·买买提: a star for each hidden character', '阿卜杜拉·买买提', '阿***·**提'],
  ['D5 three characters', '张小三', '张*三'],
  ['four characters', '张王小三', '张**三'],
  ['five characters, the surname single', '范徐丽泰子', '范***子'],
  ['one character', '张', '*'],
  ['nothing', '', '*'],
  ['a compound surname and one character', '欧阳娜', '欧阳*'],
  ['a compound surname and three', '欧阳娜娜子', '欧阳**子'],
  ['a compound surname alone is read as surname and name', '欧阳', '欧*'],
  ['a surname of three', '破多罗娜娜', '破多罗*娜'],
  ['the old form of the characters', '歐陽娜娜', '歐陽*娜'],
  ['D4-35 rare characters outside the BMP', '𬭎𬭎', '𬭎*'],
  ['D4-35 three of them', '𬭎䶮𬭎', '𬭎*𬭎'],
  ['a variation selector is no character of its own', '葛\u{E0100}伟', '葛\u{E0100}*'],
  ['a space that pads a short name', '张　伟', '张*'],
  ['blanks around', ' 张伟 ', '张*'],
  ['the dot of another keyboard', '阿卜杜拉•买买提', '阿***·**提'],
  ['the half-width katakana dot', '阿卜杜拉･买买提', '阿***·**提'],
  ['two dots', '阿依·古丽·买买提', '阿*·**·**提'],
  ['a dot and two characters: the second is hidden too', '阿·提', '阿·*'],
  ['a dot and three', '阿·买提', '阿·*提'],
  ['a dot and one', '阿·', '*·'],
  ['Latin letters', 'John Smith', 'J*** ****h'],
  ['a letter with a mark', 'E\u0301mile Zola', 'E\u0301**** ***a'],
])('%s', (_, name, masked) => {
  expect(maskName(name)).toBe(masked);
});

const han = fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCodePoint(code));
const rare = fc.integer({ min: 0x20000, max: 0x2a6df }).map((code) => String.fromCodePoint(code));
const names = fc
  .tuple(
    fc.constantFrom('', '欧阳', '上官'),
    fc.array(fc.oneof({ weight: 4, arbitrary: han }, rare), { minLength: 1, maxLength: 8 }),
    fc.constantFrom('', '·买', '·买买提'),
  )
  .map((parts) => parts.flat().join(''));

it('keeps the length, changes nothing but into a star, and always hides a character', () => {
  fc.assert(
    fc.property(names, (name) => {
      const before = Array.from(name);
      const after = Array.from(maskName(name));
      expect(after).toHaveLength(before.length);
      expect(after.every((character, i) => character === '*' || character === before[i])).toBe(true);
      expect(after).toContain('*');
    }),
  );
});

it('shows at most the surname and one character more', () => {
  fc.assert(
    fc.property(names, (name) => {
      const shown = Array.from(maskName(name)).filter((character) => character !== '*' && character !== '·');
      expect(shown.length).toBeLessThanOrEqual(3);
    }),
  );
});

it('leaves a masked name as it is', () => {
  fc.assert(
    fc.property(names, (name) => {
      expect(maskName(maskName(name))).toBe(maskName(name));
    }),
  );
});
