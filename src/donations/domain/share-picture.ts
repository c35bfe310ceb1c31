import type { Fen } from '../../kernel/fen.js';
import { yuanShort } from '../../kernel/fen.js';

/** What of his gifts a donor may show around: no place, no family, and no amount unless he wants it. */
export type Shared = {
  readonly households: number;
  readonly causes: readonly { readonly words: string; readonly households: number }[];
  readonly amountFen: Fen;
  /** The name in public, or 爱心人士. */
  readonly signature: string;
};

export type Line = {
  readonly words: string;
  readonly size: number;
  readonly weight: 'title' | 'regular' | 'bold';
};
/** A row of the list; without a number it stands alone in the middle. */
export type Row = { readonly words: string; readonly count: string | null };
export type PictureWords = {
  readonly head: readonly Line[];
  readonly rows: readonly Row[];
  readonly foot: readonly Line[];
};

/** The words of the picture, from above. `showsAmount` only where the donor asked for it: people give in quiet. */
export function pictureWords(shared: Shared, showsAmount: boolean): PictureWords {
  const { households, causes, amountFen, signature } = shared;
  const helped = households > 0;
  return {
    head: [
      { words: '“救急难”互助', size: 50, weight: 'regular' },
      {
        words: helped ? `我捐的钱，帮到了 ${households} 户人家` : '我给“救急难”捐了一笔钱',
        size: 72,
        weight: 'title',
      },
    ],
    rows: [
      ...(showsAmount ? [{ words: '捐款', count: `${yuanShort(amountFen)} 元` }] : []),
      ...(helped
        ? causes.map(({ words, households: count }) => ({ words, count: `${count} 户` }))
        : [{ words: '有家庭遇到急难，就会用上', count: null }]),
    ],
    foot: [
      { words: `—— ${signature}`, size: 50, weight: 'regular' },
      { words: '每一分钱用到了哪里，都查得到', size: 40, weight: 'regular' },
    ],
  };
}
