import { Injectable } from '@nestjs/common';
import type { Year } from '../domain/open-books.js';
import { goodsFiguresOf, goodsWords } from '../domain/open-goods.js';
import type { GoodsFigures } from '../domain/open-goods.js';
import { DonorSecrets } from '../donors/donor-secrets.queries.js';
import { UsesOfGifts } from '../trace/uses-of-gifts.js';
import { OpenGoodsQueries } from './open-goods.queries.js';
import type { GoodsBookLine } from './open-goods.queries.js';

export type OpenGoods = { readonly ofYear: GoodsFigures; readonly ofAll: GoodsFigures };
export type WordedGoodsLine = GoodsBookLine & { readonly words: string };

/** Goods in the open books: sums of the ledger's lines of 存货, made anew at each look and kept nowhere. */
@Injectable()
export class OpenGoodsReading {
  constructor(
    private readonly queries: OpenGoodsQueries,
    private readonly secrets: DonorSecrets,
    private readonly uses: UsesOfGifts,
  ) {}

  /** Null where no goods ever came. */
  async figures(societyId: string, year: Year): Promise<OpenGoods | null> {
    const lines = await this.queries.lines(societyId);
    if (lines.length === 0) return null;
    return { ofYear: goodsFiguresOf(lines, year), ofAll: goodsFiguresOf(lines, null) };
  }

  /** Every line of a year, or of all, with the words that everybody may read. */
  async lines(societyId: string, year: Year): Promise<WordedGoodsLine[]> {
    const lines = (await this.queries.lines(societyId)).filter((line) => year === null || line.year === year);
    const names = await this.secrets.publicNames(societyId);
    const threads = lines.flatMap(({ threadId }) => (threadId === null ? [] : [threadId]));
    const causeOf = await this.uses.causes([...new Set(threads)]);
    return lines.map((line) => {
      const { donorId, threadId } = line;
      const donorName = donorId === null ? null : (names.get(donorId) ?? null);
      const cause = threadId === null ? null : (causeOf.get(threadId) ?? null);
      return { ...line, words: goodsWords(line, { donorName, cause }) };
    });
  }
}
