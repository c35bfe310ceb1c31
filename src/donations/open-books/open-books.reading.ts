import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { dayOf, yearOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import type { Fen } from '../../kernel/fen.js';
import { codeFrom } from '../../kernel/ids.js';
import { UNCLAIMED } from '../../ledger/index.js';
import { sha256 } from '../../platform/crypto/hash.js';
import { SocietiesQueries } from '../../societies/index.js';
import type { Society } from '../../societies/index.js';
import {
  causesOf,
  figuresOf,
  lineWords,
  managedIn,
  MANAGEMENT_WORDS,
  monthsOf,
  yearsOf,
} from '../domain/open-books.js';
import type { CauseSum, Figures, Month, MonthSum, Year } from '../domain/open-books.js';
import { BooksNotFound } from '../domain/open-books.errors.js';
import { DonorSecrets } from '../donors/donor-secrets.queries.js';
import { OpenBooksFigures } from './open-books.figures.js';
import { OpenBooksQueries } from './open-books.queries.js';
import type { BookLine, Holding, LineCursor } from './open-books.queries.js';
import { OpenGoodsReading } from './open-goods.reading.js';
import type { OpenGoods } from './open-goods.reading.js';
import { UsesOfGifts } from '../trace/uses-of-gifts.js';

/** A purse by its own address: a code that names nothing and cannot be counted through. */
export type OpenPurse = Holding & { readonly code: string };
export type WordedBookLine = BookLine & { readonly words: string };

export type OpenBooksWanted = {
  readonly boardCode: string;
  readonly purseCode: string | null;
  readonly year: Year;
  readonly after: LineCursor | null;
};

/** All that a page, a program or a file shows of the books of one organisation. */
export type OpenBooks = {
  readonly society: Society;
  readonly publicPhone: string;
  readonly today: Day;
  readonly lastBooked: Day | null;
  /** Null for the whole organisation. */
  readonly purse: OpenPurse | null;
  readonly purses: readonly OpenPurse[];
  readonly year: Year;
  readonly years: readonly number[];
  readonly ofYear: Figures;
  readonly ofAll: Figures;
  readonly months: readonly Month[];
  readonly causes: readonly CauseSum[];
  readonly lines: readonly WordedBookLine[];
  /** Beside the money; null where none ever came, and on the page of one purse. */
  readonly goods: OpenGoods | null;
  readonly next: LineCursor | null;
};

export const CAUSE_UNKNOWN = '救助';
const VOUCHERS_ON_A_PAGE = 30;
const VOUCHERS_AT_ONCE = 500;

const CODE = /^[2-9A-HJ-NP-Z]{8}$/;

/** Puts the open books together: figures are sums of the ledger's lines, made anew at each look and kept nowhere. */
@Injectable()
export class OpenBooksReading {
  constructor(
    private readonly queries: OpenBooksQueries,
    private readonly figures: OpenBooksFigures,
    private readonly societies: SocietiesQueries,
    private readonly secrets: DonorSecrets,
    private readonly uses: UsesOfGifts,
    private readonly goods: OpenGoodsReading,
    private readonly clock: Clock,
  ) {}

  today(): Day {
    return dayOf(this.clock.now());
  }

  async read({ boardCode, purseCode, year, after }: OpenBooksWanted): Promise<OpenBooks> {
    const { society, purse, purses } = await this.find(boardCode, purseCode);
    const today = this.today();
    const sums = (await this.figures.sums(society.id)).filter((sum) => purse === null || isOf(sum, purse));
    const page = await this.queries.lines(society.id, { year, purse, after, limit: VOUCHERS_ON_A_PAGE });
    const { publicContactPhone } = await this.societies.charterOn(society.id, today);
    return {
      society,
      publicPhone: publicContactPhone,
      today,
      lastBooked: await this.queries.lastBooked(society.id),
      ...{ purse, purses, year },
      years: yearsIn(sums, today),
      ofYear: figuresOf(sums, year),
      ofAll: figuresOf(sums, null),
      months: monthsOf(sums, year ?? yearOf(today)),
      causes: withManagement(await this.causes(society.id, year, purse), managedIn(sums, year)),
      lines: await this.worded(society.id, page.lines),
      goods: purse === null ? await this.goods.figures(society.id, year) : null,
      next: page.next,
    };
  }

  /** Every line of an organisation or of a purse of it, a few hundred at a time. */
  async *lines(wanted: Omit<OpenBooksWanted, 'after'>): AsyncGenerator<readonly WordedBookLine[]> {
    const { boardCode, purseCode, year } = wanted;
    const { society, purse } = await this.find(boardCode, purseCode);
    for (let after: LineCursor | null = null, more = true; more;) {
      const page: { lines: readonly BookLine[]; next: LineCursor | null } = await this.queries.lines(
        society.id,
        { year, purse, after, limit: VOUCHERS_AT_ONCE },
      );
      yield await this.worded(society.id, page.lines);
      more = page.next !== null;
      after = page.next;
    }
  }

  /** Whoever is not there, and a purse of somebody else, is not found. */
  async find(
    boardCode: string,
    purseCode: string | null,
  ): Promise<{ society: Society; purse: OpenPurse | null; purses: readonly OpenPurse[] }> {
    const society = CODE.test(boardCode) ? await this.societies.byBoardCode(boardCode) : null;
    if (!society) throw new BooksNotFound();
    const purses = (await this.queries.holdings(society.id))
      .filter(({ fund }) => fund !== UNCLAIMED.fund)
      .map((holding) => ({ ...holding, code: purseCodeOf(holding.id) }));
    const purse = purses.find(({ code }) => code === purseCode) ?? null;
    if (purses.length === 0 || (purseCode !== null && purse === null)) throw new BooksNotFound();
    return { society, purse, purses };
  }

  private async causes(societyId: string, year: Year, purse: OpenPurse | null): Promise<CauseSum[]> {
    const spent = await this.figures.spent(societyId, year, purse);
    const causeOf = await this.uses.causes(spent.map(({ threadId }) => threadId));
    return causesOf(spent, causeOf, CAUSE_UNKNOWN);
  }

  private async worded(societyId: string, lines: readonly BookLine[]): Promise<WordedBookLine[]> {
    const names = lines.some(({ donorId }) => donorId !== null)
      ? await this.secrets.publicNames(societyId)
      : new Map<string, string>();
    const paid = lines.flatMap(({ kind, threadId }) =>
      kind === 'PAID' && threadId !== null ? [threadId] : [],
    );
    const causeOf = paid.length > 0 ? await this.uses.causes([...new Set(paid)]) : new Map<string, string>();
    return lines.map((line) => {
      const donorName = line.donorId === null ? null : (names.get(line.donorId) ?? null);
      const cause = line.threadId === null ? null : (causeOf.get(line.threadId) ?? null);
      return { ...line, words: lineWords({ ...line, donorName, cause }) };
    });
  }
}

/** No case, and so none is counted. */
function withManagement(causes: readonly CauseSum[], spentFen: Fen): CauseSum[] {
  return spentFen === 0 ? [...causes] : [...causes, { cause: MANAGEMENT_WORDS, spentFen, cases: 0 }];
}

const isOf = (sum: MonthSum, { fund, restriction }: OpenPurse): boolean =>
  sum.fund === fund && sum.restriction === restriction;

/** This year stands there from its first day, with nothing in it yet. */
function yearsIn(sums: readonly MonthSum[], today: Day): number[] {
  const years = yearsOf(sums);
  return years.includes(yearOf(today)) ? years : [yearOf(today), ...years];
}

export function purseCodeOf(purseId: string): string {
  return codeFrom(Buffer.from(sha256(`open-purse:${purseId}`), 'hex').subarray(0, 8));
}
