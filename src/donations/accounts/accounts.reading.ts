import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { dayOf, endOfDay, startOfDay } from '../../kernel/day.js';
import type { Worded, WorkLine } from '../../notices/index.js';
import { OFFICE_WORDS, OfficesQueries } from '../../offices/index.js';
import type { Office } from '../../offices/index.js';
import { SocietiesQueries } from '../../societies/index.js';
import { accountFigures, daysIn, monthsIn, quarterlyAccounts } from '../domain/accounts.js';
import type { AccountFigures, AccountsPeriod } from '../domain/accounts.js';
import { annualReport } from '../domain/annual.js';
import { figuresIn } from '../domain/open-books.js';
import type { MonthSum } from '../domain/open-books.js';
import { OpenBooksFigures } from '../open-books/open-books.figures.js';
import { UsesOfGifts } from '../trace/uses-of-gifts.js';
import { AccountsQueries } from './accounts.queries.js';
import { YearWork } from './year-work.js';

export type AccountsWanted = {
  readonly societyId: string;
  readonly period: AccountsPeriod;
  /** Null for the whole house. */
  readonly fund: string | null;
};

/** Makes the accounts from the very sums that the open books show, and keeps none of them. */
@Injectable()
export class AccountsReading {
  constructor(
    private readonly queries: AccountsQueries,
    private readonly books: OpenBooksFigures,
    private readonly uses: UsesOfGifts,
    private readonly work: YearWork,
    private readonly societies: SocietiesQueries,
    private readonly offices: OfficesQueries,
    private readonly clock: Clock,
  ) {}

  async figures({ societyId, period, fund }: AccountsWanted): Promise<AccountFigures> {
    const days = daysIn(period);
    const spent = await this.queries.spent(societyId, days, fund);
    return accountFigures({
      period,
      sums: await this.sums(societyId, fund),
      spent,
      causeOf: await this.uses.causes(spent.map(({ threadId }) => threadId)),
    });
  }

  /** The notice as it would read now. */
  async worded(wanted: AccountsWanted, replaces: string | null): Promise<Worded> {
    const { societyId, period, fund } = wanted;
    const { name: societyName } = await this.societies.society(societyId);
    const charter = await this.societies.charterOn(societyId, dayOf(this.clock.now()));
    const account = await this.figures(wanted);
    const facts = { period, societyName, charter, fund, account, replaces };
    if (period.quarter !== 0) return { kind: 'QUARTERLY_ACCOUNTS', words: quarterlyAccounts(facts) };
    const before = monthsIn({ year: period.year - 1, quarter: 0 });
    const { incomeFen: lastIncomeFen } = figuresIn(await this.sums(societyId, fund), before);
    const work = await this.workIn(societyId, period);
    return { kind: 'ANNUAL', words: annualReport({ ...facts, lastIncomeFen, work }) };
  }

  private async sums(societyId: string, fund: string | null): Promise<readonly MonthSum[]> {
    const sums = await this.books.sums(societyId);
    return fund === null ? sums : sums.filter((sum) => sum.fund === fund);
  }

  /** Of the whole house, also where one fund of it reports; offices as they were held on the last day. */
  private async workIn(societyId: string, period: AccountsPeriod): Promise<readonly WorkLine[]> {
    const { first, last } = daysIn(period);
    const span = { from: startOfDay(first), until: endOfDay(last) };
    const done = await this.work.of(societyId, span);
    const notices = await this.queries.noticesSigned(societyId, span.from, span.until);
    const { raised, upheld } = await this.queries.objections(societyId, span.from, span.until);
    const holders = await this.offices.holdersOn(societyId, last);
    const held = holders.flatMap(({ offices }) => offices);
    const officers = [...new Set(held)].map((office: Office) => ({
      label: `年末在任${OFFICE_WORDS[office]}`,
      count: `${held.filter((each) => each === office).length}人`,
    }));
    return [
      ...done,
      { label: '签发公示', count: `${notices}张` },
      { label: '收到对公示的异议和投诉', count: `${raised}件` },
      { label: '其中成立的', count: `${upheld}件` },
      ...officers,
    ];
  }
}
