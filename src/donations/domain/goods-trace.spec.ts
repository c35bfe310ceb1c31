import { day } from '../../kernel/day.js';
import { fen } from '../../kernel/fen.js';
import { goodsFault, goodsTraceOf, piecesWords } from './goods-trace.js';
import type { TracedItem, TracedMove } from './goods-trace.js';

const item = (itemId: string, inStock: number, more: Partial<TracedItem> = {}): TracedItem => ({
  ...{ giftId: 'g', itemId, name: '大米', unit: '袋', accepted: 20, inStock, unitValueFen: fen(6_000) },
  ...more,
});
const move = (
  kind: TracedMove['kind'],
  quantity: number,
  threadId: string | null = null,
  more: Partial<TracedMove> = {},
): TracedMove => ({
  ...{ itemId: 'rice', kind, quantity, amountFen: fen(quantity * 6_000), threadId },
  ...{ day: day('2026-03-05'), ...more },
});

it('leads every piece to a case, to the shelf, or out of the house', () => {
  const trace = goodsTraceOf(
    [item('rice', 13)],
    [
      move('STOCKED', 20),
      move('ISSUED', 2, 'one'),
      move('ISSUED', 3, 'two'),
      move('ISSUED', 1, 'one', { day: day('2026-04-01') }),
      move('DISPOSED', 1),
    ],
  );
  expect(goodsFault(trace)).toBeNull();
  expect(trace).toMatchObject({
    receivedFen: 120_000,
    issuedFen: 36_000,
    disposedFen: 6_000,
    stockFen: 78_000,
  });
  expect(trace.items).toEqual([
    { name: '大米', unit: '袋', received: 20, issued: 6, disposed: 1, inStock: 13 },
  ]);
  expect(trace.issues.map(({ threadId, quantity, on }) => [threadId, quantity, on])).toEqual([
    ['one', 3, '2026-04-01'],
    ['two', 3, '2026-03-05'],
  ]);
  expect(piecesWords(3, { name: '大米', unit: '袋' })).toBe('大米 3 袋');
});

it.each`
  name                           | because
  ${'轮椅 13812345678'}          | ${'a phone stands in it'}
  ${'341702198503140010 的棉被'} | ${'an identity number stands in it'}
  ${'白血病专用药'}              | ${'a disease stands in it'}
`('says “物资” for “$name”: $because', ({ name }: { name: string }) => {
  const trace = goodsTraceOf([item('rice', 19, { name })], [move('STOCKED', 20), move('ISSUED', 1, 'one')]);
  expect([trace.items[0]?.name, trace.issues[0]?.name]).toEqual(['物资', '物资']);
});

it.each`
  stock | because
  ${14} | ${'a piece too many lies there'}
  ${12} | ${'a piece is missing'}
`('finds that $because', ({ stock }: { stock: number }) => {
  const moves = [move('STOCKED', 20), move('ISSUED', 7, 'one')];
  expect(goodsFault(goodsTraceOf([item('rice', stock)], moves))).not.toBeNull();
  expect(goodsFault(goodsTraceOf([item('rice', 13)], moves))).toBeNull();
});
