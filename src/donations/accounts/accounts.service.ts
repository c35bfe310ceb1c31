import { Injectable } from '@nestjs/common';
import { Commands } from '../../audit/index.js';
import type { Trail } from '../../audit/index.js';
import { DutiesService } from '../../duties/index.js';
import type { Caller } from '../../kernel/actor.js';
import { dayWords } from '../../kernel/chinese/words.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { Ids } from '../../kernel/ids.js';
import { NoticesQueries, NoticesService } from '../../notices/index.js';
import type { Notice, Worded } from '../../notices/index.js';
import type { Tx } from '../../platform/database/transactions.js';
import { societyOf } from '../../platform/web/caller.js';
import { SocietiesQueries } from '../../societies/index.js';
import {
  AccountsFundWrong,
  AccountsNotOver,
  AccountsUnchanged,
  NoBooksYet,
} from '../domain/accounts.errors.js';
import { daysIn, isOver, lastEnded, periodWords, publishingRule, sameAccounts } from '../domain/accounts.js';
import type { AccountsPeriod } from '../domain/accounts.js';
import type { AccountReport } from './account-report.entity.js';
import { ACCOUNTS } from './accounts.kind.js';
import { AccountsQueries } from './accounts.queries.js';
import { AccountsReading } from './accounts.reading.js';
import { AccountsStore } from './accounts.store.js';

export type AccountsAsked = AccountsPeriod & { readonly fund: string | null };
export type AccountsDrafted = { readonly reportId: string; readonly noticeId: string };

/** 季度收支公示 and 年度报告: drafted here from the ledger alone; signed, printed and posted like every notice. */
@Injectable()
export class AccountsService {
  private askedOn: Day | null = null;

  constructor(
    private readonly store: AccountsStore,
    private readonly queries: AccountsQueries,
    private readonly reading: AccountsReading,
    private readonly notices: NoticesService,
    private readonly noticesQueries: NoticesQueries,
    private readonly duties: DutiesService,
    private readonly societies: SocietiesQueries,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Drafts the accounts as the books stand now. A draft that waits gets the newer figures; accounts that were signed are
   * published anew only where something was booked since, and then say which notice they take the place of.
   */
  async draftAccounts(caller: Caller, asked: AccountsAsked): Promise<AccountsDrafted> {
    const societyId = societyOf(caller.actor);
    const { fund, year, quarter } = asked;
    const period = { year, quarter };
    await this.assertMayBe(societyId, asked);
    const signed = await this.latestSigned(societyId, asked);
    const number = signed?.issue?.number ?? null;
    const worded = await this.reading.worded({ societyId, period, fund }, number);
    const { postWorkingDays } = await this.societies.charterOn(societyId, dayOf(this.clock.now()));
    return this.commands.run(caller, { act: 'draftAccountReport', body: asked }, async (tx, trail) => {
      // Not sooner: asked again after it was signed, it is answered as before.
      if (signed && number !== null && sameAccounts(signed.words, worded.words))
        throw new AccountsUnchanged(number);
      const report = await this.begun(tx, { societyId, fund: fund ?? '', ...period });
      const noticeId = await this.redrafted(tx, report, worded);
      if (noticeId !== null) return this.drafted(trail, report, noticeId);
      const { accountId, personId } = caller.actor;
      const draft = await this.notices.draft(tx, {
        ...{ societyId, subjectKind: ACCOUNTS, subjectId: report.id, threadId: report.id },
        author: { accountId, personId },
        ...worded,
        ...(signed ? { earlier: { noticeId: signed.id, relation: 'CORRECTS' } } : {}),
      });
      await this.owe(tx, report, draft.noticeId, postWorkingDays);
      return this.drafted(trail, report, draft.noticeId);
    });
  }

  /** Asks every house for the accounts that are due, once each; the timer calls it, and it looks once a day. */
  async askDue(now: Date): Promise<number> {
    const today = dayOf(now);
    if (this.askedOn === today) return 0;
    let asked = 0;
    const { quarter, year } = lastEnded(today);
    for (const period of [quarter, year])
      for (const { societyId, fund } of await this.queries.unasked(period, daysIn(period).last)) {
        await this.commands.timer('askForAccounts', async (tx, trail) => {
          const report = await this.begun(tx, { societyId, fund, ...period });
          trail.on('accounts', report.id, {
            threadId: report.id,
            words: `${fund}${periodWords(period)}收支待公示`,
          });
        });
        asked++;
      }
    this.askedOn = today;
    return asked;
  }

  private async assertMayBe(societyId: string, { year, quarter, fund }: AccountsAsked): Promise<void> {
    const period = { year, quarter };
    const { last } = daysIn(period);
    const span = periodWords(period);
    if (!isOver(period, dayOf(this.clock.now()))) throw new AccountsNotOver(span, dayWords(last));
    const { kind } = await this.societies.society(societyId);
    const isFederation = kind === 'FEDERATION';
    const isKnown = fund !== null && (await this.queries.funds(societyId)).includes(fund);
    if (isFederation ? !isKnown : fund !== null) throw new AccountsFundWrong(isFederation);
    if (!(await this.queries.hasBooks(societyId, last, fund))) throw new NoBooksYet(span);
  }

  private async latestSigned(societyId: string, { fund, ...period }: AccountsAsked): Promise<Notice | null> {
    const report = await this.queries.of(societyId, period, fund);
    if (!report) return null;
    const all = await this.noticesQueries.allOfSubject(ACCOUNTS, report.id);
    const signed = all.find(({ issue, kind }) => issue !== null && kind !== 'CORRECTION');
    return signed ? this.noticesQueries.notice(societyId, signed.id) : null;
  }

  /** The accounts and the duty to publish them: there from whoever came first, the timer or a person. */
  private async begun(
    tx: Tx,
    of: Pick<AccountReport, 'societyId' | 'fund' | 'year' | 'quarter'>,
  ): Promise<AccountReport> {
    const known = await this.store.find(tx, of);
    if (known) return known;
    const { societyId, fund, year, quarter } = of;
    const report = { id: this.ids.next(), societyId, fund, year, quarter, createdAt: this.clock.now() };
    await this.store.insert(tx, report);
    await this.duties.open(tx, {
      ...{
        societyId,
        subjectKind: ACCOUNTS,
        subjectId: report.id,
        threadId: report.id,
        ownerRole: 'accountant',
      },
      kind: quarter === 0 ? 'PUBLISH_ANNUAL' : 'PUBLISH_ACCOUNTS',
      rule: publishingRule({ year, quarter }),
    });
    return report;
  }

  private async redrafted(tx: Tx, report: AccountReport, worded: Worded): Promise<string | null> {
    const series = { kind: worded.kind, subjectKind: ACCOUNTS, subjectId: report.id };
    const noticeId = await this.notices.draftOf(tx, series);
    if (noticeId !== null) await this.notices.redraft(tx, { noticeId, ...worded });
    return noticeId;
  }

  private async owe(
    tx: Tx,
    { id: threadId, societyId }: AccountReport,
    noticeId: string,
    count: number,
  ): Promise<void> {
    for (const [kind, ownerRole] of [
      ['SIGN_NOTICE', 'chair'],
      ['POST_NOTICE', 'secretary'],
    ] as const)
      await this.duties.open(tx, {
        ...{ societyId, kind, ownerRole, subjectKind: 'notice', subjectId: noticeId, threadId },
        rule: { unit: 'working-days', count, from: this.clock.now() },
      });
  }

  private drafted(trail: Trail, report: AccountReport, noticeId: string): AccountsDrafted {
    const { id, fund, year, quarter } = report;
    const words = `起草${fund}${periodWords({ year, quarter })}收支公示`;
    trail.on('accounts', id, { threadId: id, after: { year, quarter, noticeId }, words });
    return { reportId: id, noticeId };
  }
}
