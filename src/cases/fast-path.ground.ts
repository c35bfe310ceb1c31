import { Injectable } from '@nestjs/common';
import { BreachesQueries, StandingBreaches } from '../breaches/index.js';
import { DutiesQueries } from '../duties/index.js';
import type { Duty, DutyKind } from '../duties/index.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import type { Day } from '../kernel/day.js';
import { OfficesQueries } from '../offices/index.js';
import type { Tx } from '../platform/database/transactions.js';
import { SocietiesQueries } from '../societies/index.js';
import { CaseGround } from './case-ground.js';
import { CasesQueries } from './cases.queries.js';
import type { CaseFacts } from './cases.queries.js';
import { trioOf } from './domain/fast-path.js';
import type { FastPathGrounds, OfficeHolder, Trio } from './domain/fast-path.js';
import type { Ties } from './domain/visitors.js';
import { FastPathQueries } from './fast-path.queries.js';

const PAPER_DUTIES: readonly DutyKind[] = ['PAPERS', 'ID_NUMBER'];

/** What a fast path would be opened on, and what speaks against it: the same for the page and for the act. */
@Injectable()
export class FastPathGround {
  constructor(
    private readonly queries: FastPathQueries,
    private readonly cases: CasesQueries,
    private readonly ground: CaseGround,
    private readonly duties: DutiesQueries,
    private readonly offices: OfficesQueries,
    private readonly societies: SocietiesQueries,
    private readonly breaches: BreachesQueries,
    private readonly standing: StandingBreaches,
    private readonly clock: Clock,
  ) {}

  async of(
    known: CaseFacts,
    openerId: string | null,
  ): Promise<{ readonly grounds: FastPathGrounds; readonly ties: Ties }> {
    const { societyId, applicantId, payeeId, amountFen } = known;
    const now = this.clock.now();
    const holders = await this.offices.holdersOn(societyId, dayOf(now));
    const ties = await this.ground.tiesOf(
      known,
      holders.map(({ personId }) => personId),
    );
    const isBound = (id: string) => id === applicantId || id === payeeId || ties.has(id);
    const opener = holders.find(({ personId }) => personId === openerId);
    const attempts = await this.queries.ofCase(known.id);
    const overdue = await this.duties.overdue(societyId, now);
    const grounds: FastPathGrounds = {
      amountFen,
      limitFen: (await this.societies.charterOn(societyId, dayOf(now))).fastPathLimitFen,
      opensAsSecretary: opener?.offices.includes('SECRETARY_GENERAL') ?? false,
      wasStopped: attempts.some(({ state }) => state === 'STOPPED'),
      trio: trioOf(holders, openerId ?? '', isBound),
      suspended: await this.queries.suspendedIn(societyId),
      papersOverdue: await this.numbersOf(
        societyId,
        overdue.filter(({ kind }) => PAPER_DUTIES.includes(kind)),
      ),
      ratificationOverdue: await this.numbersOf(
        societyId,
        overdue.filter(({ kind }) => kind === 'RATIFY'),
      ),
      breaches: await this.breachesOf(known, holders, dayOf(now)),
    };
    return { grounds, ties };
  }

  /** The flags that stand as the last of the three signs: in that unit, since the opening two hours may have passed. */
  async flaggedNow(
    tx: Tx,
    { societyId, applicantId, payeeId }: Pick<CaseFacts, 'societyId' | 'applicantId' | 'payeeId'>,
    { chairId, secretaryId, supervisorId }: Trio,
    today: Day,
  ): Promise<FastPathGrounds['breaches']> {
    const asking = [applicantId, payeeId];
    const ids = [...new Set([...asking, chairId, secretaryId, supervisorId])];
    const standing = await this.standing.among(tx, societyId, ids, today);
    return standing.map((flag) => ({ ...flag, asks: asking.includes(flag.personId) }));
  }

  /** Of whoever asks or is paid, and of whoever could sign. */
  private async breachesOf(
    { societyId, applicantId, payeeId }: CaseFacts,
    holders: readonly OfficeHolder[],
    today: Day,
  ): Promise<FastPathGrounds['breaches']> {
    const asking = [applicantId, payeeId];
    const ids = [...new Set([...asking, ...holders.map(({ personId }) => personId)])];
    const standing = await this.breaches.standingOf(societyId, ids, today);
    return standing.map(({ personId, untilOn }) => ({
      ...{ personId, untilOn },
      asks: asking.includes(personId),
    }));
  }

  /** A case that owes two things is one case. */
  private async numbersOf(societyId: string, duties: readonly Duty[]): Promise<string[]> {
    const ids = [...new Set(duties.map(({ subjectId }) => subjectId))];
    const cases = await Promise.all(ids.map((id) => this.cases.case(societyId, id)));
    return cases.map(({ text }) => text).sort();
  }
}
