import { lineOf, printCodeEnd, printCodeFrom, readPrintCode, spacedCode } from './print-code.js';

it.each`
  typed             | code        | because
  ${'482913'}       | ${'482913'} | ${'as shown'}
  ${' 482 913 '}    | ${'482913'} | ${'as read aloud'}
  ${'４８２９１３'} | ${'482913'} | ${'from a Chinese keyboard'}
  ${'482-913'}      | ${'482913'} | ${'with a dash'}
  ${'48291'}        | ${null}     | ${'five digits'}
  ${'4829133'}      | ${null}     | ${'seven'}
  ${'K7M4Q2XD'}     | ${null}     | ${'a check code'}
  ${''}             | ${null}     | ${'nothing'}
`('reads “$typed”: $because', ({ typed, code }: { typed: string; code: string | null }) => {
  expect(readPrintCode(typed)).toBe(code);
});

it('has six digits always, and is shown in two groups', () => {
  expect(printCodeFrom('0'.repeat(64))).toBe('000000');
  expect(printCodeFrom('f'.repeat(64))).toMatch(/^\d{6}$/);
  expect(spacedCode('004291')).toBe('004 291');
});

it('is valid for ten minutes', () => {
  expect(printCodeEnd(new Date('2026-03-09T01:00:00Z'))).toEqual(new Date('2026-03-09T01:10:00Z'));
});

it.each`
  address                   | line              | because
  ${'203.0.113.9'}          | ${'203.0.113.9'}  | ${'IPv4 is one line'}
  ${'::ffff:203.0.113.9'}   | ${'203.0.113.9'}  | ${'the same, written otherwise'}
  ${'2001:db8:1:2:3:4:5:6'} | ${'2001:db8:1:2'} | ${'one house has 64 bits'}
  ${'2001:db8:1:2:ffff::1'} | ${'2001:db8:1:2'} | ${'another address of that house'}
  ${'2001:db8::1'}          | ${'2001:db8:0:0'} | ${'zeros are left out'}
  ${'::1'}                  | ${'0:0:0:0'}      | ${'this machine'}
`('counts $address as $line: $because', ({ address, line }: { address: string; line: string }) => {
  expect(lineOf(address)).toBe(line);
});
