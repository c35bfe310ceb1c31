import { fen } from '../../kernel/fen.js';
import { goodsFiguresOf, goodsKindOf, goodsWords } from './open-goods.js';
import type { GoodsLine, GoodsLineKind } from './open-goods.js';

const line = (
  day: string,
  kind: GoodsLineKind,
  amount: number,
  threadId: string | null = null,
): GoodsLine => ({
  ...{ day, kind, threadId },
  amountFen: fen(amount),
});

const LINES = [
  line('2025-11-01', 'RECEIVED', 100_000),
  line('2025-12-01', 'ISSUED', -30_000, 'one'),
  line('2026-01-05', 'RECEIVED', 20_000),
  line('2026-02-01', 'ISSUED', -10_000, 'two'),
  line('2026-02-02', 'ISSUED', -5_000, 'two'),
  line('2026-03-01', 'DISPOSED', -4_000),
];

it.each`
  year    | opening   | received   | issued    | disposed | stock     | cases
  ${2025} | ${0}      | ${100_000} | ${30_000} | ${0}     | ${70_000} | ${1}
  ${2026} | ${70_000} | ${20_000}  | ${15_000} | ${4_000} | ${71_000} | ${1}
  ${2027} | ${71_000} | ${0}       | ${0}      | ${0}     | ${71_000} | ${0}
  ${null} | ${0}      | ${120_000} | ${45_000} | ${4_000} | ${71_000} | ${2}
`(
  'of $year: $opening + $received − $issued − $disposed = $stock',
  (row: Record<string, number> & { year: number | null }) => {
    expect(goodsFiguresOf(LINES, row.year)).toEqual({
      ...{ openingFen: row['opening'], receivedFen: row['received'], issuedFen: row['issued'] },
      ...{ disposedFen: row['disposed'], stockFen: row['stock'], cases: row['cases'] },
    });
  },
);

it.each`
  account   | kind          | because
  ${'4101'} | ${'RECEIVED'} | ${'they are income of the day'}
  ${'5101'} | ${'ISSUED'}   | ${'they went to somebody in need'}
  ${'5401'} | ${'DISPOSED'} | ${'they are a cost'}
  ${'1002'} | ${null}       | ${'goods are never paid for'}
`(
  'beside $account is $kind: $because',
  ({ account, kind }: { account: string; kind: GoodsLineKind | null }) => {
    expect(goodsKindOf(account)).toBe(kind);
  },
);

it.each`
  kind          | donorName     | cause     | words
  ${'RECEIVED'} | ${'演示公司'} | ${null}   | ${'演示公司 捐物资'}
  ${'RECEIVED'} | ${null}       | ${null}   | ${'爱心人士 捐物资'}
  ${'ISSUED'}   | ${null}       | ${'火灾'} | ${'发放物资 · 火灾'}
  ${'ISSUED'}   | ${null}       | ${null}   | ${'发放物资'}
  ${'DISPOSED'} | ${null}       | ${null}   | ${'处置物资：过期或者损坏'}
`(
  '$kind is said as “$words”',
  ({
    kind,
    donorName,
    cause,
    words,
  }: {
    kind: GoodsLineKind;
    donorName: string | null;
    cause: string | null;
    words: string;
  }) => {
    expect(goodsWords({ kind }, { donorName, cause })).toBe(words);
  },
);
