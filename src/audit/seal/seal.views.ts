import { instantWords } from '../../kernel/chinese/words.js';
import { row, table } from '../../platform/web/views.js';
import type { SummaryRow, TableView } from '../../platform/web/views.js';
import { printedHead } from './seal-file.js';
import type { Batch, Lag } from './seal.queries.js';

export type BatchJson = {
  readonly number: number;
  readonly head: string;
  readonly previous: string;
  readonly root: string;
  readonly firstRow: number;
  readonly lastRow: number;
  readonly sealedAt: string;
};

export type SealView = {
  readonly title: string;
  readonly facts: readonly SummaryRow[];
  readonly batches: TableView;
  readonly older: string | null;
};

export type WatchView = {
  readonly title: string;
  readonly facts: readonly SummaryRow[];
  /** Why somebody should look; null where all is well. */
  readonly warning: string | null;
};

/** A seal that lags behind by more than this does not run (quality.md G19: at most 5 s). */
const LATE_S = 60;

const headOf = ({ number, head }: Batch): string => printedHead({ batch: number, head });

/** The number before which a page of batches ends; the newest page for whatever is no number. */
export function batchBefore(text: unknown): number {
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

export function batchJson({ number, head, previous, root, firstRow, lastRow, sealedAt }: Batch): BatchJson {
  return { number, head, previous, root, firstRow, lastRow, sealedAt: sealedAt.toISOString() };
}

export function sealView(last: Batch | null, batches: readonly Batch[], page: number): SealView {
  const oldest = batches.at(-1);
  return {
    title: '记录封存',
    facts: last ? lastRows(last) : [],
    batches: table(
      '每一批的封存号',
      ['封存号', '封存时间', '条数:'],
      batches.map((batch) => [
        headOf(batch),
        instantWords(batch.sealedAt),
        String(batch.lastRow - batch.firstRow + 1),
      ]),
      '还没有封存过。有了第一笔记录，几秒钟内就会封存。',
    ),
    older: oldest && batches.length === page && oldest.number > 1 ? `/seal?before=${oldest.number}` : null,
  };
}

function lastRows(last: Batch): SummaryRow[] {
  return [
    row('最新的封存号', headOf(last)),
    row('封存时间', instantWords(last.sealedAt)),
    row('一共封存', `${last.lastRow} 条记录`),
    row('完整的封存号', (last.head.match(/.{16}/g) ?? []).join(' ')),
  ];
}

export function watchView(last: Batch | null, lag: Lag, now: Date): WatchView {
  const seconds = Math.floor(lag.oldestMs / 1000);
  const waiting = lag.rows === 0 ? '没有，都封存好了' : `${lag.rows} 条${lag.isMore ? '以上' : ''}`;
  return {
    title: '记录封存',
    facts: [
      row('还没封存的', waiting),
      row('等了最久的', lag.rows === 0 ? '—' : `${seconds} 秒`),
      ...(last ? lastRows(last) : []),
      row('现在', instantWords(now)),
    ],
    warning:
      seconds > LATE_S
        ? '封存没有跟上：正常情况 5 秒之内就会封存。请查看程序日志里“sealing the trail”的报错，再运行 npm run huzhu -- verify。'
        : null,
  };
}
