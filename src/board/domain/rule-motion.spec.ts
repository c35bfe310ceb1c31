import { day } from '../../kernel/day.js';
import type { Share } from '../../kernel/fen.js';
import { changesBetween, changeWords, earliestFrom, inForceFrom, toChangeCharter } from './rule-motion.js';

const term = (label: string, value: string) => ({ label, value });

it('names what differs, and neither what stays nor the day from which it holds', () => {
  const before = [term('生效日', '2026年1月1日'), term('单笔最多', '3,000 元'), term('公示', '7 个自然日')];
  const after = [term('生效日', '2026年7月1日'), term('单笔最多', '5,000 元'), term('公示', '7 个自然日')];
  expect(changesBetween(before, after)).toEqual([
    { label: '单笔最多', before: '3,000 元', after: '5,000 元' },
  ]);
  expect(changesBetween(before, before)).toEqual([]);
  expect(changesBetween([], [term('公示', '7 个自然日')])).toEqual([
    { label: '公示', before: '没有规定', after: '7 个自然日' },
  ]);
});

it('says a change as the minutes print it', () => {
  expect(changeWords({ label: '单笔最多', before: '3,000 元', after: '5,000 元' })).toBe(
    '单笔最多由“3,000 元”改为“5,000 元”',
  );
});

const share = (numerator: number, denominator: number): Share => ({ numerator, denominator });
it.each`
  held           | asked          | because
  ${share(1, 2)} | ${share(2, 3)} | ${'half is enough for a grant, and not for the charter'}
  ${share(2, 3)} | ${share(2, 3)} | ${'the bound itself'}
  ${share(4, 6)} | ${share(4, 6)} | ${'the same, written otherwise'}
  ${share(3, 4)} | ${share(3, 4)} | ${'a stricter charter stays strict'}
  ${share(1, 1)} | ${share(1, 1)} | ${'all of them'}
`('asks $asked where the charter says $held: $because', ({ held, asked }: { held: Share; asked: Share }) => {
  const terms = toChangeCharter({ quorum: held, majority: held, voteHours: 24 });
  expect(terms).toEqual({ quorum: asked, majority: asked, voteHours: 24 });
});

it.each`
  at                             | hours | earliest        | because
  ${'2026-03-02T09:00:00+08:00'} | ${24} | ${'2026-03-04'} | ${'the vote ends on the 3rd'}
  ${'2026-03-02T00:00:00+08:00'} | ${24} | ${'2026-03-04'} | ${'at 24:00 of the 2nd the 3rd has begun'}
  ${'2026-03-02T00:00:00+08:00'} | ${23} | ${'2026-03-03'} | ${'an hour before midnight is still the 2nd'}
  ${'2026-12-31T20:00:00+08:00'} | ${1}  | ${'2027-01-01'} | ${'into the next year'}
`('lets nothing hold before $earliest: $because', ({ at, hours, earliest }: Earliest) => {
  expect(earliestFrom(new Date(at), hours)).toBe(earliest);
});
type Earliest = { readonly at: string; readonly hours: number; readonly earliest: string };

it.each`
  decided         | from            | because
  ${'2026-03-02'} | ${'2026-03-10'} | ${'as it was voted on'}
  ${'2026-03-09'} | ${'2026-03-10'} | ${'the day before is early enough'}
  ${'2026-03-10'} | ${'2026-03-11'} | ${'the day has begun already'}
  ${'2026-03-20'} | ${'2026-03-21'} | ${'a program that stood still decides late, and not backwards'}
`('holds from $from when decided on $decided: $because', ({ decided, from }: Decided) => {
  expect(inForceFrom(day('2026-03-10'), day(decided))).toBe(from);
});
type Decided = { readonly decided: string; readonly from: string };
