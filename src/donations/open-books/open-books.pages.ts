import { Readable } from 'node:stream';
import { Controller, Get, Header, Param, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { yearOf } from '../../kernel/day.js';
import { ageWords } from '../domain/open-books.js';
import { csvHead, csvRows, goodsCsv } from './open-books.csv.js';
import { OpenBooksIndexQueries } from './open-books-index.queries.js';
import { OpenGoodsReading } from './open-goods.reading.js';
import { OpenBooksReading } from './open-books.reading.js';
import type { OpenBooksWanted } from './open-books.reading.js';
import { lineCursorOf, openBooksView, openIndexView, yearOfQuery } from './open-books.views.js';
import type { OpenBooksView, OpenIndexView } from './open-books.views.js';

/** Whoever takes his consent back is not to be found by his name for ever. */
const UNLISTED = ['x-robots-tag', 'noindex, noarchive'] as const;
const SOCIETIES_ON_A_PAGE = 30;
const LONGEST_SEARCH = 60;

const textOf = (typed: unknown): string => (typeof typed === 'string' ? typed.trim() : '');

/** 收支公开: what each society has, where it came from, and what it was used for, for everybody and without signing in. */
@Controller('open')
export class OpenBooksPages {
  constructor(
    private readonly reading: OpenBooksReading,
    private readonly index: OpenBooksIndexQueries,
    private readonly goods: OpenGoodsReading,
  ) {}

  @Get()
  @Render('donations/open-index')
  async list(
    @Query('q') q: unknown,
    @Query('place') place: unknown,
    @Query('after') after: unknown,
  ): Promise<OpenIndexView> {
    const text = textOf(q).slice(0, LONGEST_SEARCH);
    const placeCode = /^\d{6,12}$/.test(textOf(place)) ? textOf(place) : null;
    const from = textOf(after) || null;
    const page = await this.index.page({ placeCode, text, after: from, limit: SOCIETIES_ON_A_PAGE });
    const asked = { text, placeCode, isFirst: from === null };
    const today = this.reading.today();
    return openIndexView(page, await this.index.places(), asked, (last) => ageWords(last, today));
  }

  @Get(':boardCode.csv')
  @Header(...UNLISTED)
  async file(
    @Param('boardCode') boardCode: string,
    @Query('year') year: unknown,
    @Query('purse') purse: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const wanted = { boardCode, purseCode: textOf(purse) || null, year: this.yearIn(year) };
    const { society } = await this.reading.find(wanted.boardCode, wanted.purseCode);
    const ofYear = wanted.year === null ? 'all' : String(wanted.year);
    await reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="open-books-${society.boardCode}-${ofYear}.csv"`)
      .header('x-content-type-options', 'nosniff')
      .send(Readable.from(this.csvOf(wanted)));
  }

  @Get(':boardCode/goods.csv')
  @Header(...UNLISTED)
  async goodsFile(
    @Param('boardCode') boardCode: string,
    @Query('year') year: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { society } = await this.reading.find(boardCode, null);
    const wanted = this.yearIn(year);
    const name = `open-goods-${society.boardCode}-${wanted === null ? 'all' : String(wanted)}`;
    await reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${name}.csv"`)
      .header('x-content-type-options', 'nosniff')
      .send(goodsCsv(await this.goods.lines(society.id, wanted)));
  }

  @Get(':boardCode')
  @Header(...UNLISTED)
  @Render('donations/open-books')
  async ofSociety(
    @Param('boardCode') boardCode: string,
    @Query('year') year: unknown,
    @Query('after') after: unknown,
  ): Promise<OpenBooksView> {
    return this.page({ boardCode, purseCode: null, year: this.yearIn(year), after: lineCursorOf(after) });
  }

  @Get(':boardCode/:purseCode')
  @Header(...UNLISTED)
  @Render('donations/open-books')
  async ofPurse(
    @Param('boardCode') boardCode: string,
    @Param('purseCode') purseCode: string,
    @Query('year') year: unknown,
    @Query('after') after: unknown,
  ): Promise<OpenBooksView> {
    return this.page({ boardCode, purseCode, year: this.yearIn(year), after: lineCursorOf(after) });
  }

  private async page(wanted: OpenBooksWanted): Promise<OpenBooksView> {
    return openBooksView(await this.reading.read(wanted), wanted.after === null);
  }

  private yearIn(typed: unknown): number | null {
    return yearOfQuery(typed, yearOf(this.reading.today()));
  }

  private async *csvOf(wanted: Omit<OpenBooksWanted, 'after'>): AsyncGenerator<string> {
    yield csvHead();
    for await (const lines of this.reading.lines(wanted)) yield csvRows(lines);
  }
}
