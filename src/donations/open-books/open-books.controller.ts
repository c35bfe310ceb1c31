import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Day } from '../../kernel/day.js';
import { yearOf } from '../../kernel/day.js';
import type { Fen } from '../../kernel/fen.js';
import { purseName } from '../../ledger/index.js';
import type { CauseSum, Figures, LineKind, Month } from '../domain/open-books.js';
import type { GoodsFigures } from '../domain/open-goods.js';
import { OpenBooksReading } from './open-books.reading.js';
import type { OpenBooks } from './open-books.reading.js';
import { cursorText, lineCursorOf, yearOfQuery } from './open-books.views.js';

type Line = {
  readonly day: Day;
  readonly voucher: number;
  readonly kind: LineKind;
  /** A giver's full name with consent, else 爱心人士; of a payment the class of its cause. */
  readonly words: string;
  readonly purse: string;
  /** Above zero for what came in. */
  readonly amountFen: Fen;
};
type PurseAnswer = {
  readonly code: string;
  readonly name: string;
  readonly balanceFen: Fen;
  readonly reservedFen: Fen;
  readonly frozenFen: Fen;
};
export type OpenBooksAnswer = {
  readonly boardCode: string;
  readonly name: string;
  readonly lastBooked: Day | null;
  /** Null for all years together. */
  readonly year: number | null;
  readonly years: readonly number[];
  readonly figures: Figures;
  readonly figuresOfAllYears: Figures;
  readonly purses: readonly PurseAnswer[];
  readonly months: readonly Month[];
  readonly causes: readonly CauseSum[];
  readonly lines: readonly Line[];
  /** Beside the money, at the value at which they came; null where none ever came, or a purse was asked for. */
  readonly goods: { readonly figures: GoodsFigures; readonly figuresOfAllYears: GoodsFigures } | null;
  readonly next: string | null;
};

@ApiTags('open books')
@Controller('api/v1/open-books')
export class OpenBooksController {
  constructor(private readonly reading: OpenBooksReading) {}

  /** For everybody, without a token: figures, purses and lines of one organisation; `year` is a year or `all`. */
  @Get(':boardCode')
  @ApiOperation({ operationId: 'readOpenBooks' })
  async read(
    @Param('boardCode') boardCode: string,
    @Query('purse') purse: unknown,
    @Query('year') year: unknown,
    @Query('after') after: unknown,
  ): Promise<OpenBooksAnswer> {
    const purseCode = typeof purse === 'string' && purse !== '' ? purse : null;
    const wanted = yearOfQuery(year, yearOf(this.reading.today()));
    return answerOf(
      await this.reading.read({ boardCode, purseCode, year: wanted, after: lineCursorOf(after) }),
    );
  }
}

function answerOf(books: OpenBooks): OpenBooksAnswer {
  const { society, lastBooked, year, years, months, causes, next } = books;
  return {
    boardCode: society.boardCode,
    name: society.name,
    ...{ lastBooked, year, years },
    figures: books.ofYear,
    figuresOfAllYears: books.ofAll,
    purses: books.purses.map(({ code, balanceFen, reservedFen, frozenFen, ...purse }) => ({
      ...{ code, name: purseName(purse), balanceFen, reservedFen, frozenFen },
    })),
    ...{ months, causes },
    lines: books.lines.map((line) => ({
      day: line.day,
      voucher: line.number,
      kind: line.kind,
      words: line.words,
      purse: purseName(line),
      amountFen: line.amountFen,
    })),
    goods: books.goods && { figures: books.goods.ofYear, figuresOfAllYears: books.goods.ofAll },
    next: next && cursorText(next),
  };
}
