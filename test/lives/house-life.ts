import { randomUUID } from 'node:crypto';
import { RoundsService } from '../../src/board/index.js';
import {
  AmendmentsService,
  CasesQueries,
  CasesService,
  EndingsService,
  HandoversService,
  RevocationsService,
  WriteOffsService,
} from '../../src/cases/index.js';
import { LAST_STATES } from '../../src/cases/domain/emergency-procedure.js';
import type { CaseAct } from '../../src/cases/domain/emergency-procedure.js';
import { dayOf } from '../../src/kernel/day.js';
import { fen } from '../../src/kernel/fen.js';
import { LedgerQueries, LedgerService } from '../../src/ledger/index.js';
import { NoticesQueries, NoticesService } from '../../src/notices/index.js';
import {
  BankAnswersService,
  PaymentsQueries,
  PaymentsService,
  RecoveriesQueries,
  RecoveriesService,
} from '../../src/payments/index.js';
import { boardSays, openFast, signFast } from '../support/fast-path.js';
import { as, givenCase, handsOf, photo } from '../support/village.js';
import type { GivenCase, Village } from '../support/village.js';
import { eventsFrom, lived, newLife } from './case-life.js';
import type { CaseLife, LifeEvent } from './case-life.js';

/** Acts that somebody does. The others happen: to a round that nobody comes to, and to a case whose tracks have ended. */
export const DONE_BY_SOMEBODY = [
  'verify',
  'openRound',
  'approve',
  'reject',
  'escalate',
  'askReview',
  'openFastPath',
  'approveFast',
  'stopFast',
  'amend',
  'withdraw',
  'terminate',
  'refer',
  'pay',
  'payBack',
  'revoke',
  'writeOff',
] as const satisfies readonly CaseAct[];
export type DoneBySomebody = (typeof DONE_BY_SOMEBODY)[number];

const DAY_MS = 86_400_000;

export type HouseEvent =
  | { readonly act: DoneBySomebody | 'instalment'; readonly amountFen: number }
  | { readonly act: 'finishTracks' };

/** A case in a village of a real house, beside the life that it should have. */
export class HouseLife {
  private given: GivenCase | null = null;
  private fastPathId = '';
  private viaFast = false;
  private papersIn = false;
  private rejectedAt: Date | null = null;
  /** The notice of the payment hangs, and the papers are in: time alone is missing. */
  private handedIn = false;
  private now: CaseLife;
  private readonly startFen: number;

  private constructor(
    private readonly village: Village,
    private readonly town: Village,
    startFen: number,
    amountFen: number,
  ) {
    this.startFen = startFen;
    this.now = newLife(startFen, amountFen);
  }

  /** Begins with what the village has, or with `leastFen` where it is told to fill the pool up. */
  static async begin(
    village: Village,
    town: Village,
    amountFen: number,
    leastFen: number,
  ): Promise<HouseLife> {
    const { house, societyId } = village;
    const { freeFen } = await house.get(LedgerQueries).fund(societyId);
    if (freeFen < leastFen)
      await house.get(LedgerService).receive(as(village, 'accountant'), {
        ...{ kind: 'SUBSIDY', amountFen: fen(leastFen - freeFen), note: '补足资金' },
        receivedOn: dayOf(house.clock.now()),
      });
    const life = new HouseLife(village, town, Math.max(freeFen, leastFen), amountFen);
    life.given = await givenCase(village, { at: 'ACCEPTED', amountFen });
    life.goOn({ act: 'register' });
    return life;
  }

  get life(): CaseLife {
    return this.now;
  }
  get start(): number {
    return this.startFen;
  }
  get made(): GivenCase {
    if (!this.given) throw new Error('The life has not begun');
    return this.given;
  }
  /** With the ids of what came to be on the way. */
  async known(): Promise<GivenCase> {
    const order = await this.get(PaymentsQueries).ofSubject('case', this.made.caseId);
    return { ...this.made, orderId: order?.id ?? '' };
  }
  get societyId(): string {
    return this.village.societyId;
  }

  /** What somebody may do next; a guard may still say no. */
  open(amountFen: number): HouseEvent[] {
    return eventsFrom(this.now).flatMap((event): HouseEvent[] => {
      if (event.act === 'finishTracks') return this.handedIn ? [] : [{ act: 'finishTracks' }];
      if (event.act === 'instalment') return [event];
      const act = DONE_BY_SOMEBODY.find((each) => each === event.act);
      return act ? [{ act, amountFen }] : [];
    });
  }

  get isOver(): boolean {
    return this.now.state !== null && LAST_STATES.has(this.now.state);
  }

  /** Tries it. Says what was wrong with the answer: a refusal of what has a place, or none of what has no place. */
  async tryOut(event: HouseEvent): Promise<string | null> {
    if (event.act === 'askReview' && this.isLateForReview()) return null;
    const after = lived(this.now, event);
    try {
      await this.act(event);
    } catch (error) {
      const { code, message } = error as { readonly code?: string; readonly message: string };
      // Only a refusal with a name is one: anything else is a fault, also where nothing should have happened.
      if (code === undefined) throw error;
      return after === null ? null : `${this.at(event)} was refused: ${code} ${message}`;
    }
    if (after === null) return `${this.at(event)} was not refused`;
    this.remember(event);
    if (event.act !== 'finishTracks') this.now = after; // that one waits for the time of the notice
    return null;
  }

  /** Around the thirtieth day the answer hangs on the holidays: the handovers have their own tests of it. */
  private isLateForReview(): boolean {
    const { rejectedAt } = this;
    return (
      rejectedAt !== null && this.village.house.clock.now() > new Date(rejectedAt.getTime() + 29 * DAY_MS)
    );
  }

  /** A day and an hour go by: whoever did not vote or sign in time has not. */
  pass(): void {
    if (this.now.state === 'VOTING') this.goOn({ act: this.now.roundsLapsed === 0 ? 'lapse' : 'lapseAgain' });
    else if (this.now.state === 'SIGNING') this.goOn({ act: 'expireFast' });
  }

  /** So much time goes by that a notice which hangs has hung long enough. */
  passTheNotice(): void {
    this.pass();
    if (this.now.state !== 'PAID' || !this.handedIn) return;
    this.goOn({ act: 'finishTracks' });
    this.goOn({ act: 'close' });
  }

  /** Leaves the village as the next one may find it: nothing set aside, no papers owed, no fast path unratified. */
  async leaveInOrder(): Promise<void> {
    const { state } = this.now;
    if (this.viaFast && state !== null && ['PAID', 'CLOSED'].includes(state))
      await boardSays(this.village, this.made, 'yes');
    if (state === 'PAID' && !this.papersIn) await this.bringPapers();
    if (state !== null && lived(this.now, { act: 'withdraw' }) !== null)
      await this.act({ act: 'withdraw', amountFen: 0 });
  }

  private goOn(event: LifeEvent): void {
    const after = lived(this.now, event);
    if (after === null) throw new Error(`${event.act} has no place in ${String(this.now.state)}`);
    this.now = after;
  }

  private remember({ act }: HouseEvent): void {
    if (act === 'approve') this.viaFast = false;
    if (act === 'approveFast') this.viaFast = true;
    if (act === 'reject') this.rejectedAt = this.village.house.clock.now();
    if (act === 'payBack' || act === 'pay') this.handedIn = false;
    if (act === 'payBack') this.papersIn = false; // the receipt is void
    if (act === 'finishTracks') this.handedIn = true;
  }

  private at(event: HouseEvent): string {
    return `${event.act} in ${String(this.now.state)} (${JSON.stringify({ ...this.now, event })})`;
  }

  private act(event: HouseEvent): Promise<unknown> {
    return event.act === 'finishTracks' ? this.handIn() : this.acts[event.act](event.amountFen);
  }

  private readonly acts: Readonly<
    Record<DoneBySomebody | 'instalment', (amountFen: number) => Promise<unknown>>
  > = {
    verify: () =>
      this.get(CasesService).verifyCase(as(this.village, 'clerk'), {
        ...{ caseId: this.made.caseId, visitors: this.village.visitors, note: null },
        visitedOn: dayOf(this.village.house.clock.now()),
      }),
    openRound: async () => {
      const opening = { caseId: this.made.caseId, recusals: [] };
      const { roundId } = await this.get(CasesService).openRound(as(this.village, 'secretary'), opening);
      this.given = { ...this.made, roundId };
    },
    approve: () => this.raiseHands(this.village, this.made.roundId, 'yes'),
    reject: () => this.raiseHands(this.village, this.made.roundId, 'no'),
    escalate: () => (this.now.state === 'VOTING' ? this.standAside() : this.handUp()),
    askReview: () =>
      this.get(HandoversService).askReview(as(this.village, 'secretary'), {
        caseId: this.made.caseId,
        note: null,
      }),
    openFastPath: async () => {
      ({ fastPathId: this.fastPathId } = await openFast(this.village, this.made));
    },
    approveFast: async () => {
      await this.signFast('chair', 'yes');
      await this.signFast('supervisor', 'yes');
    },
    stopFast: () => this.signFast('supervisor', 'no'),
    amend: (amountFen) => this.amend(amountFen),
    withdraw: () =>
      this.get(EndingsService).withdraw(as(this.village, 'clerk'), {
        ...{ caseId: this.made.caseId, reason: 'OWN_WISH', note: null },
      }),
    terminate: () =>
      this.get(EndingsService).terminate(as(this.village, 'secretary'), {
        ...{ caseId: this.made.caseId, reason: 'DEATH', note: null },
      }),
    refer: () =>
      this.get(HandoversService).refer(as(this.village, 'secretary'), {
        ...{ caseId: this.made.caseId, office: 'HOUSING', note: null },
      }),
    pay: async () =>
      this.get(PaymentsService).recordPayment(as(this.village, 'cashier'), {
        ...{ orderId: await this.orderId(), photo: await photo(), witnesses: this.village.visitors },
      }),
    payBack: async () =>
      this.get(BankAnswersService).recordReturnedPayment(as(this.village, 'cashier'), {
        ...{ orderId: await this.orderId(), reason: 'BANK_REFUSED', photo: await photo() },
      }),
    revoke: async () => {
      const { roundId } = await this.get(RevocationsService).askRevocation(as(this.village, 'secretary'), {
        ...{
          caseId: this.made.caseId,
          reason: 'FALSE_FACTS',
          hearing: 'HEARD',
          findings: null,
          recusals: [],
        },
      });
      await this.raiseHands(this.village, roundId, 'yes');
    },
    writeOff: async () => {
      const { roundId } = await this.get(WriteOffsService).ask(as(this.town, 'secretary'), {
        ...{ recoveryId: await this.recoveryId(), reason: 'NO_MEANS', recusals: [] },
      });
      await this.raiseHands(this.town, roundId, 'yes');
    },
    instalment: async (amountFen) =>
      this.get(RecoveriesService).recordInstalment(as(this.village, 'cashier'), {
        ...{ recoveryId: await this.recoveryId(), amountFen: fen(amountFen), photo: await photo() },
      }),
  };

  private async raiseHands(village: Village, roundId: string, choice: 'yes' | 'no'): Promise<void> {
    await this.get(RoundsService).recordShowOfHands(as(village, 'secretary'), {
      ...{ roundId: roundId || randomUUID(), presiderId: village.at.chair.personId, place: null },
      hands: handsOf(village, choice),
      sheet: await photo(),
    });
  }

  /** Three of five say that they are tied: two are no board. */
  private async standAside(): Promise<void> {
    for (const post of ['third', 'fourth', 'fifth'] as const)
      await this.get(RoundsService).recuse(as(this.village, 'secretary'), {
        ...{ roundId: this.made.roundId, directorId: this.village.at[post].personId, reason: 'CREDITOR' },
      });
  }

  private handUp(): Promise<unknown> {
    return this.get(HandoversService).escalate(as(this.village, 'secretary'), {
      ...{ caseId: this.made.caseId, reason: 'NO_BOARD', askedFen: null, note: null },
    });
  }

  private signFast(signer: 'chair' | 'supervisor', answer: 'yes' | 'no'): Promise<unknown> {
    const path = { ...this.made, fastPathId: this.fastPathId || randomUUID() };
    return signFast(this.village, path, signer, answer);
  }

  private async amend(amountFen: number): Promise<void> {
    const { caseId } = this.made;
    const row = await this.get(CasesQueries).case(this.societyId, caseId);
    await this.get(AmendmentsService).amend(as(this.village, 'secretary'), {
      ...{ caseId, amountFen: fen(amountFen), cause: row.cause, reason: 'NEED_CHANGED' },
      ...{ story: await this.get(CasesQueries).story(this.societyId, caseId) },
      ...{ payee: { relation: row.payeeRelation, payeeId: row.payeeId, reason: null } },
      ...{ method: row.method, payeeAccountId: row.payeeAccountId },
    });
  }

  /** The notice is signed and hung up, and the papers come in. */
  private async handIn(): Promise<void> {
    const notice = await this.get(NoticesQueries).ofSubject('case', this.made.caseId, 'GRANT_POST');
    const noticeId = notice?.id ?? randomUUID();
    const now = this.village.house.clock.now();
    const plannedPostingOn = dayOf(now);
    await this.get(NoticesService).sign(as(this.village, 'chair'), { noticeId, plannedPostingOn });
    await this.get(NoticesService).recordPosting(as(this.village, 'secretary'), {
      ...{ noticeId, place: '村委会公示栏', postedAt: now, photo: await photo() },
    });
    if (!this.papersIn) await this.bringPapers();
  }

  private async bringPapers(): Promise<void> {
    const bytes = await photo();
    const kinds = ['ID_CARD', 'CAUSE_PROOF', 'CONSENT', 'RECEIPT'] as const;
    const photos = kinds.map((kind) => ({ kind, bytes }));
    const papers = { caseId: this.made.caseId, photos, waivers: [] };
    await this.get(CasesService).completePapers(as(this.village, 'secretary'), papers);
    this.papersIn = true;
  }

  private async orderId(): Promise<string> {
    return (await this.get(PaymentsQueries).ofSubject('case', this.made.caseId))?.id ?? randomUUID();
  }

  private async recoveryId(): Promise<string> {
    return (await this.get(RecoveriesQueries).ofSubject('case', this.made.caseId))?.id ?? randomUUID();
  }

  private get<T>(token: abstract new (...args: never[]) => T): T {
    return this.village.house.get(token);
  }
}
