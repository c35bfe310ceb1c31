import { initialsOf } from './pinyin.js';

it.each`
  name                 | initials     | because
  ${'李建明'}          | ${'ljm'}     | ${'the example of the search field'}
  ${'单雄信'}          | ${'sxx'}     | ${'单 as a surname is shan'}
  ${'欧阳娜娜'}        | ${'oynn'}    | ${'a compound surname'}
  ${'阿卜杜拉·买买提'} | ${'abdlmmt'} | ${'the dot has no sound'}
  ${'𬭎明'}            | ${'hm'}      | ${'a rare character outside the BMP'}
`('$name is found by $initials: $because', ({ name, initials }: { name: string; initials: string }) => {
  expect(initialsOf(name)).toBe(initials);
});
