import { caseNumberText, readCaseNumber } from './case-number.js';

it.each`
  year    | number    | text            | because
  ${2026} | ${12}     | ${'2026-0012'}  | ${'four figures stand in a line'}
  ${2026} | ${12_345} | ${'2026-12345'} | ${'a county may pass ten thousand'}
`(
  'writes and reads $text: $because',
  ({ year, number, text }: { year: number; number: number; text: string }) => {
    expect(caseNumberText({ year, number })).toBe(text);
    expect(readCaseNumber(text)).toEqual({ year, number });
  },
);

it.each(['', '2026', '2026-12', '2026-0000', '2026-00012', '1026-0012', '2026-0012 ', '2026-001२', 'new'])(
  'knows no case %j',
  (text) => {
    expect(readCaseNumber(text)).toBeNull();
  },
);
