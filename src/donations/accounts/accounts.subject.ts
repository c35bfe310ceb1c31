import { Injectable } from '@nestjs/common';
import type { Duty, DutyCard, DutyThread } from '../../duties/index.js';
import type { Actor, Role } from '../../kernel/actor.js';
import { dayWords } from '../../kernel/chinese/words.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { DutiesService } from '../../duties/index.js';
import { NoticesQueries } from '../../notices/index.js';
import type {
  NoticeFacts,
  NoticeSubject,
  SubjectDescription,
  Upholding,
  Worded,
} from '../../notices/index.js';
import { OfficesQueries } from '../../offices/index.js';
import type { Office } from '../../offices/index.js';
import type { Tx } from '../../platform/database/transactions.js';
import { societyOf } from '../../platform/web/caller.js';
import {
  daysIn,
  periodWords,
  PUBLISH_ANEW_WORKING_DAYS,
  sameAccounts,
  WORK_REPORT_DUE,
} from '../domain/accounts.js';
import { ACCOUNTS } from './accounts.kind.js';
import { ACCOUNT_DRAFTERS } from './accounts.permissions.js';
import { AccountsQueries } from './accounts.queries.js';
import type { ReportRow } from './accounts.queries.js';
import { AccountsReading } from './accounts.reading.js';
import { ACCOUNTS_PAGE, draftHref } from './accounts.views.js';

const SIGNERS: readonly Role[] = ['chair', 'deputy'];
const POSTERS: readonly Role[] = ['secretary', 'clerk'];
/** Whoever keeps the books or the money does not look into what is said against them. */
const BOOKKEEPERS: readonly Office[] = ['ACCOUNTANT', 'CASHIER'];
const SHOWN_TO: readonly Role[] = [...SIGNERS, ...POSTERS, 'accountant', 'supervisor'];

/** What notices and the home page ask about public accounts. */
@Injectable()
export class AccountsSubject implements NoticeSubject, DutyThread {
  constructor(
    private readonly queries: AccountsQueries,
    private readonly reading: AccountsReading,
    private readonly notices: NoticesQueries,
    private readonly duties: DutiesService,
    private readonly offices: OfficesQueries,
    private readonly clock: Clock,
  ) {}

  /** Nobody signs figures that the books do not have any more. */
  async maySign(societyId: string, reportId: string): Promise<string | null> {
    const notice = await this.notices.ofSubject(ACCOUNTS, reportId);
    if (notice?.kind !== 'QUARTERLY_ACCOUNTS' && notice?.kind !== 'ANNUAL') return null;
    const now = await this.wordedNow(await this.queries.report(societyId, reportId));
    return sameAccounts(notice.words, now.words) ? null : '起草以后账目有变动，请会计重新起草这张公示。';
  }

  /** Nobody who kept these books, then or now, nor who wrote or signed a notice of them. */
  async mayInquire(societyId: string, reportId: string, personId: string): Promise<string | null> {
    const { first, last } = daysIn(await this.queries.report(societyId, reportId));
    const days = [first, last, dayOf(this.clock.now())];
    const holders = (await Promise.all(days.map((on) => this.offices.holdersOn(societyId, on)))).flat();
    const own = holders.filter((holder) => holder.personId === personId);
    const kept = own.some(({ offices }) => offices.some((office) => BOOKKEEPERS.includes(office)));
    const isHand = kept || (await this.queries.handsOn(reportId)).includes(personId);
    return isHand ? '记账、管钱、起草或者签发收支公示的人，不能查对它的异议。' : null;
  }

  /** The books are put right, and then the accounts are drafted anew: the accountant owes it until they hang again. */
  async upheld(tx: Tx, { societyId, subjectId }: NoticeFacts, { at: from }: Upholding): Promise<void> {
    const { quarter } = await this.queries.report(societyId, subjectId);
    const kind = quarter === 0 ? 'PUBLISH_ANNUAL' : 'PUBLISH_ACCOUNTS';
    const rule = { unit: 'working-days', count: PUBLISH_ANEW_WORKING_DAYS, from } as const;
    if (await this.duties.restart(tx, { kind, subjectId, rule })) return;
    const about = { societyId, subjectKind: ACCOUNTS, subjectId, threadId: subjectId } as const;
    await this.duties.open(tx, { ...about, kind, ownerRole: 'accountant', rule });
  }

  /** What was owed to the public hangs. */
  async posted(tx: Tx, { kind, subjectId, at }: NoticeFacts): Promise<void> {
    if (kind !== 'QUARTERLY_ACCOUNTS' && kind !== 'ANNUAL') return;
    const owed = kind === 'ANNUAL' ? 'PUBLISH_ANNUAL' : 'PUBLISH_ACCOUNTS';
    await this.duties.settle(tx, { kind: owed, subjectId, at, byPersonId: null });
  }

  ended(): Promise<void> {
    return Promise.resolve();
  }

  /** For a correction or a new issue: the same accounts as the books have them now. */
  async wordsNow(societyId: string, reportId: string): Promise<Worded | null> {
    const report = await this.queries.find(societyId, reportId);
    return report && this.wordedNow(report);
  }

  async describe(societyId: string, reportId: string): Promise<SubjectDescription> {
    const report = await this.queries.report(societyId, reportId);
    const { first, last } = daysIn(report);
    return {
      title: titleOf(report),
      facts: [
        { label: '从哪天', value: dayWords(first) },
        { label: '到哪天', value: dayWords(last) },
      ],
      href: ACCOUNTS_PAGE,
    };
  }

  async cardOf(actor: Actor, duty: Duty): Promise<DutyCard | null> {
    if (duty.threadId === null || !actor.roles.some((role) => SHOWN_TO.includes(role))) return null;
    const report = await this.queries.find(societyOf(actor), duty.threadId);
    if (!report || isWaiting(duty, report)) return null;
    const { doers, waiting, href } = actOf(duty, report);
    return {
      title: titleOf(report),
      href: report.noticeId === null ? ACCOUNTS_PAGE : `/s/notices/${report.noticeId}`,
      lines: report.quarter === 0 ? [WORK_REPORT] : [],
      actHref: actor.roles.some((role) => doers.includes(role)) ? href : null,
      waiting,
    };
  }

  private wordedNow({ societyId, fund, year, quarter }: ReportRow): Promise<Worded> {
    return this.reading.worded({ societyId, fund, period: { year, quarter } }, null);
  }
}

const WORK_REPORT = `年度工作报告要在 ${WORK_REPORT_DUE.month} 月 ${WORK_REPORT_DUE.date} 日前交给业务主管单位`;

const titleOf = (report: ReportRow): string =>
  `${report.fund ?? ''}${periodWords(report)}${report.quarter === 0 ? '报告' : '收支公示'}`;

/**
 * Once a notice is drafted, its own duties say what comes next; and nobody posts what nobody has signed. Accounts that hang
 * are owed again when an objection to them was upheld.
 */
function isWaiting({ kind }: Duty, { noticeState }: ReportRow): boolean {
  if (kind === 'PUBLISH_ACCOUNTS' || kind === 'PUBLISH_ANNUAL')
    return noticeState === 'DRAFT' || noticeState === 'SIGNED';
  return kind === 'POST_NOTICE' && noticeState === 'DRAFT';
}

type Act = { readonly doers: readonly Role[]; readonly waiting: string; readonly href: string };

function actOf({ kind, subjectId }: Duty, report: ReportRow): Act {
  const notice = `/s/notices/${report.noticeId ?? ''}`;
  if (kind === 'PUBLISH_ACCOUNTS' || kind === 'PUBLISH_ANNUAL')
    return { doers: ACCOUNT_DRAFTERS, waiting: '等会计起草', href: draftHref(report) };
  if (kind === 'SIGN_NOTICE') return { doers: SIGNERS, waiting: '等理事长签发', href: notice };
  if (kind === 'TAKE_DOWN_PAPER' || kind === 'REISSUE_NOTICE')
    return { doers: POSTERS, waiting: '等秘书长处理', href: `/s/notices/${subjectId}/incident` };
  return { doers: POSTERS, waiting: '等秘书长张贴', href: notice };
}
