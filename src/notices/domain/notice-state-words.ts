import { dayShort, remainingWords } from '../../kernel/chinese/words.js';
import { startOfDay } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import type { NoticeState } from './notice-state.js';

type Timed = {
  readonly state: NoticeState;
  readonly plannedPostingOn: Day | null;
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
  readonly endsAt: Date | null;
  readonly provisional: boolean;
};

export type StateWords = {
  /** 公示中 */
  readonly tag: string;
  /** 还剩 5 天（11-24 至 11-30） */
  readonly rest: string;
};

/** Where a notice is, for everybody who looks at it. */
export function stateWordsOf(notice: Timed, now: Date): StateWords {
  const { state, plannedPostingOn, firstDay, lastDay, endsAt } = notice;
  const days = firstDay && lastDay ? `（${firstDay.slice(5)} 至 ${lastDay.slice(5)}）` : '';
  switch (state) {
    case 'DRAFT':
      return { tag: '待签发', rest: '' };
    case 'SIGNED':
      return { tag: '待张贴', rest: plannedPostingOn ? `计划 ${dayShort(plannedPostingOn)}张贴` : '' };
    case 'POSTED':
      return { tag: '已张贴', rest: '还没有张贴照片，公示期没有开始' };
    case 'RUNNING':
      return { tag: '公示中', rest: `${runningWords(firstDay, endsAt, now)}${days}${provisoOf(notice)}` };
    case 'ENDED':
    case 'ARCHIVED':
      return { tag: '公示结束', rest: days };
    case 'SUSPENDED':
      return { tag: '已撤下', rest: '内容已经撤下，文号保留' };
    case 'DISCARDED':
      return { tag: '已收回', rest: '没有签发，也不再签发' };
  }
}

function runningWords(firstDay: Day | null, endsAt: Date | null, now: Date): string {
  if (!firstDay || !endsAt) return '';
  if (now < startOfDay(firstDay)) return `${dayShort(firstDay)}起公示`;
  return now < endsAt ? remainingWords(now, endsAt) : '期满';
}

const provisoOf = ({ provisional }: Timed): string => (provisional ? '，最后一天等放假安排公布后再定' : '');
