import { day, endOfDay } from '../../kernel/day.js';
import { stateWordsOf } from './notice-state-words.js';

const running = {
  state: 'RUNNING' as const,
  plannedPostingOn: day('2026-11-23'),
  firstDay: day('2026-11-24'),
  lastDay: day('2026-11-30'),
  endsAt: endOfDay(day('2026-11-30')),
  provisional: false,
};
const at = (text: string) => new Date(`${text}+08:00`);

it.each`
  now                      | rest
  ${'2026-11-23T18:00:00'} | ${'11月24日起公示（11-24 至 11-30）'}
  ${'2026-11-25T09:00:00'} | ${'还剩 5 天（11-24 至 11-30）'}
  ${'2026-11-30T23:00:00'} | ${'还剩 1 小时（11-24 至 11-30）'}
  ${'2026-12-01T00:00:00'} | ${'期满（11-24 至 11-30）'}
`('at $now: $rest', ({ now, rest }: { now: string; rest: string }) => {
  expect(stateWordsOf(running, at(now))).toEqual({ tag: '公示中', rest });
});

it('says that a guessed last day may move', () => {
  expect(stateWordsOf({ ...running, provisional: true }, at('2026-11-25T09:00:00')).rest).toContain(
    '放假安排',
  );
});

it.each`
  state         | tag           | rest
  ${'DRAFT'}    | ${'待签发'}   | ${''}
  ${'SIGNED'}   | ${'待张贴'}   | ${'计划 11月23日张贴'}
  ${'POSTED'}   | ${'已张贴'}   | ${'还没有张贴照片，公示期没有开始'}
  ${'ENDED'}    | ${'公示结束'} | ${'（11-24 至 11-30）'}
  ${'ARCHIVED'} | ${'公示结束'} | ${'（11-24 至 11-30）'}
`('$state: $tag $rest', ({ state, tag, rest }: { state: 'DRAFT'; tag: string; rest: string }) => {
  expect(stateWordsOf({ ...running, state }, at('2026-12-02T09:00:00'))).toEqual({ tag, rest });
});
