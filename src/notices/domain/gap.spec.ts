import { day, endOfDay } from '../../kernel/day.js';
import { daysLost, gapFault } from './gap.js';

const at = (text: string) => new Date(`2026-03-${text}:00+08:00`);
const hanging = {
  postedAt: at('09T08:40'),
  firstDay: day('2026-03-10'),
  endsAt: endOfDay(day('2026-03-16')),
};
const now = at('15T18:00');
const earlier = [{ goneAt: at('11T08:00'), upAt: at('11T20:00') }];

type Row = { gone: string; up: string; fault: string | null };

it.each`
  gone          | up            | fault               | because
  ${'12T08:00'} | ${'13T08:00'} | ${null}             | ${'it hung before, and hangs again'}
  ${'11T20:00'} | ${'11T21:00'} | ${null}             | ${'it fell down again at once'}
  ${'10T08:00'} | ${'11T08:00'} | ${null}             | ${'it ended when the other began'}
  ${'12T08:00'} | ${'12T08:00'} | ${'backwards'}      | ${'a gap takes time'}
  ${'13T08:00'} | ${'12T08:00'} | ${'backwards'}      | ${'it cannot hang again before it fell'}
  ${'15T08:00'} | ${'15T18:01'} | ${null}             | ${'a minute is forgiven'}
  ${'15T08:00'} | ${'15T18:02'} | ${'future'}         | ${'it does not hang yet'}
  ${'09T08:39'} | ${'10T08:00'} | ${null}             | ${'a minute is forgiven'}
  ${'09T08:38'} | ${'10T08:00'} | ${'before-posting'} | ${'nothing hung there'}
  ${'11T10:00'} | ${'11T12:00'} | ${'overlap'}        | ${'it lies inside the other'}
  ${'11T07:00'} | ${'11T21:00'} | ${'overlap'}        | ${'the other lies inside it'}
  ${'11T19:59'} | ${'12T08:00'} | ${'overlap'}        | ${'they meet by a minute'}
`('from $gone to $up: $fault, $because', ({ gone, up, fault }: Row) => {
  expect(gapFault({ goneAt: at(gone), upAt: at(up) }, hanging, earlier, now)).toBe(fault);
});

it.each`
  gone          | up            | lost | because
  ${'11T08:00'} | ${'11T09:00'} | ${0} | ${'an hour is written down and no more'}
  ${'11T08:00'} | ${'12T08:00'} | ${0} | ${'one day to the minute'}
  ${'11T08:00'} | ${'12T08:01'} | ${2} | ${'a day that has begun counts'}
  ${'11T08:00'} | ${'13T08:00'} | ${2} | ${'two days to the minute'}
  ${'11T08:00'} | ${'14T09:00'} | ${4} | ${'three days and an hour'}
  ${'09T09:00'} | ${'10T12:00'} | ${0} | ${'the day of the posting is no day of the period'}
  ${'09T09:00'} | ${'11T00:00'} | ${0} | ${'of the period one day'}
  ${'09T09:00'} | ${'11T00:01'} | ${2} | ${'of the period more than a day'}
  ${'16T12:00'} | ${'20T12:00'} | ${0} | ${'behind the last day there was nothing to lose'}
  ${'15T12:00'} | ${'20T12:00'} | ${2} | ${'of the period a day and a half'}
  ${'17T12:00'} | ${'20T12:00'} | ${0} | ${'the period was over, and only an objection held it up'}
`('from $gone to $up: $lost days, $because', ({ gone, up, lost }: Row & { lost: number }) => {
  expect(daysLost({ goneAt: at(gone), upAt: at(up) }, hanging)).toBe(lost);
});
