import { noticeNumberOf, readCode, sameNumber } from './notice-number.js';

it('is the word of the charter, the year and the running number', () => {
  expect(noticeNumberOf('柳溪', 2026, 3)).toBe('柳溪救公〔2026〕3号');
  expect(() => noticeNumberOf('柳溪', 2026, 0)).toThrow(RangeError);
});

it.each`
  typed                       | same     | because
  ${'柳溪救公〔2026〕3号'}    | ${true}  | ${'as printed'}
  ${'柳溪救公[2026]3号'}      | ${true}  | ${'brackets of a keyboard'}
  ${'柳溪救公（２０２６）３'} | ${true}  | ${'full width, without 号'}
  ${' 柳溪救公 〔2026〕 3号'} | ${true}  | ${'spaces'}
  ${'柳溪救公〔2026〕13号'}   | ${false} | ${'another number'}
  ${'河西救公〔2026〕3号'}    | ${false} | ${'another society'}
`('$typed: $same, $because', ({ typed, same }: { typed: string; same: boolean }) => {
  expect(sameNumber(typed, '柳溪救公〔2026〕3号')).toBe(same);
});

it.each`
  typed          | code          | because
  ${'k7m4q2xd'}  | ${'K7M4Q2XD'} | ${'small letters'}
  ${'K7M4 Q2XD'} | ${'K7M4Q2XD'} | ${'a space in the middle'}
  ${'K7M4Q2X'}   | ${null}       | ${'one too few'}
  ${'K7M4Q2X0'}  | ${null}       | ${'no code has a 0'}
`('reads $typed as $code: $because', ({ typed, code }: { typed: string; code: string | null }) => {
  expect(readCode(typed)).toBe(code);
});
