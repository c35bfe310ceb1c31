import { Controller, Get, Render } from '@nestjs/common';
import { BoardQueries } from '../board/index.js';
import { DutiesQueries, DutyThreads } from '../duties/index.js';
import type { Duty } from '../duties/index.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { groupedBy } from '../kernel/grouped.js';
import { LedgerQueries } from '../ledger/index.js';
import { NoticesQueries } from '../notices/index.js';
import { PaymentsQueries, RecoveriesQueries } from '../payments/index.js';
import { PeopleQueries } from '../people/index.js';
import { By, societyOf } from '../platform/web/caller.js';
import { SocietiesQueries } from '../societies/index.js';
import { isRipe, isShownTo } from './case-acts.js';
import type { Targets } from './case-acts.js';
import { CasesQueries } from './cases.queries.js';
import type { CaseFacts } from './cases.queries.js';
import { answersIn } from './domain/fast-path.js';
import { missingOf, PAPER_WORDS, unconfirmedOf } from './domain/papers.js';
import { FastPathQueries } from './fast-path.queries.js';
import { RATIFICATION } from './fast-path.service.js';
import { homeView } from './home.views.js';
import type { HomeFacts, HomeItem, HomeView, NamedCase, OtherItem } from './home.views.js';
import { TownDesk } from './town-desk.reading.js';

/** “今天要办”: what is owed, the most urgent first, each with its next act for whoever may do it. */
@Controller('s')
export class HomePages {
  constructor(
    private readonly queries: CasesQueries,
    private readonly fastPaths: FastPathQueries,
    private readonly duties: DutiesQueries,
    private readonly people: PeopleQueries,
    private readonly board: BoardQueries,
    private readonly payments: PaymentsQueries,
    private readonly recoveries: RecoveriesQueries,
    private readonly notices: NoticesQueries,
    private readonly societies: SocietiesQueries,
    private readonly ledger: LedgerQueries,
    private readonly desk: TownDesk,
    private readonly threads: DutyThreads,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Render('cases/home')
  async home(@By() actor: Actor): Promise<HomeView> {
    const societyId = societyOf(actor);
    const { roles, accountId } = actor;
    const recent = await this.queries.page(societyId, { limit: 5 });
    const leads = await this.queries.leads(societyId);
    const draft = accountId === null ? null : await this.queries.latestDraft(societyId, accountId);
    return homeView({
      roles,
      now: this.clock.now(),
      ...(await this.owedBy(actor, societyId)),
      freeFen: (await this.ledger.fund(societyId)).freeFen,
      recent: await this.named(recent.cases),
      leadsWaiting: leads.filter(({ caseId }) => caseId === null).length,
      draftId: draft?.id ?? null,
      desk: await this.desk.home(actor),
      isFederation: (await this.societies.society(societyId)).kind === 'FEDERATION',
    });
  }

  private async owedBy(actor: Actor, societyId: string): Promise<Pick<HomeFacts, 'items' | 'others'>> {
    const { roles } = actor;
    const open = await this.duties.open(societyId);
    const owing = open.flatMap(({ threadId }) => threadId ?? []);
    const found = await this.named(await this.queries.open(societyId, owing));
    const cases = new Map(found.map((row) => [row.id, row]));
    const items: HomeItem[] = [];
    const known = new Map<string, Targets>();
    for (const duty of open) {
      const row = cases.get(duty.threadId ?? '');
      if (!row || !isShownTo(duty, roles)) continue;
      const targets = known.get(row.id) ?? (await this.targetsOf(row));
      known.set(row.id, targets);
      if (!isRipe(duty, row.paidAt !== null, targets)) continue;
      items.push({ duty, case: row, targets, lines: await this.linesOf(duty, row) });
    }
    const others = [
      ...open.filter(({ threadId }) => !cases.has(threadId ?? '')),
      ...(await this.threads.beyond(actor)),
    ];
    return { items, others: await this.othersOf(actor, others) };
  }

  /** What is owed about things of other rooms: they say it themselves. */
  private async othersOf(actor: Actor, open: readonly Duty[]): Promise<OtherItem[]> {
    const found = await Promise.all(
      fewOfEachKind(open).map(async ({ duty, more }) => {
        const card = await this.threads.cardOf(actor, duty);
        if (!card) return [];
        const lines = more === 0 ? card.lines : [...card.lines, `同样的还有 ${more} 件`];
        return [{ duty, card: { ...card, lines } }];
      }),
    );
    return found.flat();
  }

  private async targetsOf(row: CaseFacts): Promise<Targets> {
    const order = row.approvedAt === null ? null : await this.payments.ofSubject('case', row.id);
    return {
      number: row.text,
      state: row.state,
      applicantId: row.applicantId,
      orderId: order?.id ?? null,
      recoveryId: await this.recoveryOf(row),
      toApprove: order?.state === 'TO_APPROVE',
      papersHandedIn: missingOf(await this.queries.papers(row.id)).length === 0,
      notices: await this.notices.allOfSubject('case', row.id),
    };
  }

  private async recoveryOf({ id, state }: CaseFacts): Promise<string | null> {
    return state === 'REVOKED' ? ((await this.recoveries.ofSubject('case', id))?.id ?? null) : null;
  }

  private async linesOf(duty: Duty, row: CaseFacts): Promise<string[]> {
    if (duty.kind === 'PAPERS') {
      const missing = missingOf(await this.queries.papers(row.id)).map((kind) => PAPER_WORDS[kind]);
      return missing.length > 0 ? [`缺：${missing.join('、')}`] : [];
    }
    if (duty.kind === 'CONFIRM_WAIVER') {
      const waived = unconfirmedOf(await this.queries.papers(row.id)).map((kind) => PAPER_WORDS[kind]);
      return [`免交：${waived.join('、')}`];
    }
    if (duty.kind === 'CLOSE_ROUND') {
      const { subjectKind, counts, electors } = await this.board.round(row.societyId, duty.subjectId);
      const votes = `投了 ${counts.yes + counts.no + counts.abstain}/${electors}`;
      return subjectKind === RATIFICATION ? ['追认紧急快办', votes] : [votes];
    }
    if (duty.kind === 'SIGN_FAST') {
      const path = await this.fastPaths.latest(row.id);
      return path ? [`签了 ${answersIn(path).filter((said) => said !== null).length}/3`] : [];
    }
    if (duty.kind === 'DECIDE_ANEW' && row.state === 'REVOKED')
      return ['对撤销的异议成立：请镇联合社核销要追回的钱；撤销没有错的，由监事确认维持原样'];
    return duty.kind === 'END_NOTICE' ? ['到期那天再拍一张照'] : [];
  }

  private async named(cases: readonly CaseFacts[]): Promise<NamedCase[]> {
    return Promise.all(
      cases.map(async (row) => {
        const { maskedName } = await this.people.person(row.societyId, row.applicantId);
        return { ...row, maskedName };
      }),
    );
  }
}

const MOST_OF_A_KIND = 30;

/** Three hundred receipts that are due make thirty cards, and the last says how many more there are. */
function fewOfEachKind(open: readonly Duty[]): { readonly duty: Duty; readonly more: number }[] {
  return [...groupedBy(open, ({ kind }) => kind).values()].flatMap((ofKind) =>
    ofKind.slice(0, MOST_OF_A_KIND).map((duty, i) => ({
      duty,
      more: i === MOST_OF_A_KIND - 1 ? ofKind.length - MOST_OF_A_KIND : 0,
    })),
  );
}
