import { instantShort } from '../kernel/chinese/words.js';
import { row } from '../platform/web/views.js';
import type { SummaryRow } from '../platform/web/views.js';
import type { RoundDirectorView, SaidView } from './board.queries.js';
import { reasonWords } from './domain/electorate.js';
import { CHOICE_WORDS, UNCONFIRMED_WORDS, WAY_WORDS } from './domain/vote-words.js';
import type { OpenReason } from './minutes.service.js';

/** 同意（链接）; 同意（电话·由秘书长代录·待本人确认）; 回避（同一户）, with what was changed before. */
export function saidWords({ said }: RoundDirectorView): string {
  const last = said.at(-1);
  if (!last) return '还没投';
  const earlier = said.slice(0, -1).map(briefly);
  return `${wordsOf(last)}${earlier.length > 0 ? `；先前：${earlier.join('、')}` : ''}`;
}

/** 举手, 链接, 本人登录, 会议; 电话 where it is not yet confirmed. */
export function wayWords({ how, byLink }: Pick<SaidView, 'how' | 'byLink'>): string {
  if (how === 'OPENING' || how === 'DECLARED') return byLink ? '链接' : '回避';
  return how === 'OWN' ? (byLink ? '链接' : '本人登录') : WAY_WORDS[how];
}

function wordsOf(stance: SaidView): string {
  const { choice, reason, unconfirmed, recorderName } = stance;
  if (reason !== null) return `回避（${reasonWords(reason)}）`;
  if (choice === null) return '还没投（代录的票已撤回）';
  if (unconfirmed) return `${CHOICE_WORDS[choice]}（${UNCONFIRMED_WORDS}）`;
  const recorder = recorderName === null ? '' : `，${recorderName}代录`;
  return `${CHOICE_WORDS[choice]}（${wayWords(stance)}${recorder}）`;
}

function briefly(stance: SaidView): string {
  const { choice, at } = stance;
  const words = choice === null ? '撤回' : CHOICE_WORDS[choice];
  return `${words}（${wayWords(stance)} ${instantShort(at)}）`;
}

export type ReasonsView = {
  readonly title: string;
  readonly back: string;
  readonly reasons: readonly SummaryRow[];
};

export function reasonsView(roundId: string, reasons: readonly OpenReason[]): ReasonsView {
  return {
    title: '不同意的理由',
    back: `/s/rounds/${roundId}`,
    reasons: reasons.map(({ name, why, at }) => row(`${name} ${instantShort(at)}`, why)),
  };
}
