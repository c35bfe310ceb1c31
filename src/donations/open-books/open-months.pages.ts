import { Controller, Get, Query, Render } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { dayOf, yearOf } from '../../kernel/day.js';
import { MonthsQueries } from '../../ledger/index.js';
import type { PlaceMonths } from '../../ledger/index.js';
import { BooksNotFound } from '../domain/open-books.errors.js';
import { openMonthsView } from './open-months.views.js';
import type { OpenMonthsView } from './open-months.views.js';
import { yearOfQuery } from './open-books.views.js';

/** 各地收支: what moved month by month in a place and in each part of it, for everybody. A nation costs what a town costs. */
@Controller('open/months')
export class OpenMonthsPages {
  constructor(
    private readonly months: MonthsQueries,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Render('donations/open-months')
  async page(@Query('place') place: unknown, @Query('year') year: unknown): Promise<OpenMonthsView> {
    const today = yearOf(dayOf(this.clock.now()));
    return openMonthsView(await monthsOf(this.months, place, yearOfQuery(year, today) ?? today), today);
  }
}

/** What is no place is not found, and nothing typed is all places. */
export async function monthsOf(queries: MonthsQueries, place: unknown, year: number): Promise<PlaceMonths> {
  const code = typeof place === 'string' && place.trim() !== '' ? place.trim() : null;
  const found = code === null || /^\d{6,12}$/.test(code) ? await queries.ofPlace(code, year) : null;
  if (!found) throw new BooksNotFound();
  return found;
}
