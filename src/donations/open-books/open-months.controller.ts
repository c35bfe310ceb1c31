import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Clock } from '../../kernel/clock.js';
import { dayOf, yearOf } from '../../kernel/day.js';
import { MonthsQueries } from '../../ledger/index.js';
import type { MonthFigures, PartFigures, PlaceFigures } from '../../ledger/index.js';
import { monthsOf } from './open-months.pages.js';
import { yearOfQuery } from './open-books.views.js';

export type OpenMonthsAnswer = {
  /** Null for all places together. */
  readonly place: PlaceFigures | null;
  readonly year: number;
  /** In fen; months in which nothing moved are left out. */
  readonly months: readonly MonthFigures[];
  readonly parts: readonly PartFigures[];
};

@ApiTags('open books')
@Controller('api/v1/open-books/months')
export class OpenMonthsController {
  constructor(
    private readonly months: MonthsQueries,
    private readonly clock: Clock,
  ) {}

  /** For everybody, without a token: income, spending and grants of a place and its parts, month by month. */
  @Get()
  @ApiQuery({
    name: 'place',
    required: false,
    description: 'Its number in the list of divisions; none for all',
  })
  @ApiQuery({ name: 'year', required: false })
  @ApiOperation({ operationId: 'readOpenMonths', summary: '各地每月收支' })
  async read(@Query('place') wanted: unknown, @Query('year') year: unknown): Promise<OpenMonthsAnswer> {
    const today = yearOf(dayOf(this.clock.now()));
    return monthsOf(this.months, wanted, yearOfQuery(year, today) ?? today);
  }
}
