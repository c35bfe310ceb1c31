import { RELIEF_ENDS, RELIEF_PROCEDURE, reliefStepOf } from '../../src/relief/domain/relief-procedure.js';
import type { ReliefAct } from '../../src/relief/domain/relief-procedure.js';
import { ReliefQueries, RELIEF } from '../../src/relief/index.js';
import type { ReliefFacts, ReliefState } from '../../src/relief/index.js';
import { BoardQueries, RoundsService } from '../../src/board/index.js';
import { NoticesQueries } from '../../src/notices/index.js';
import type { NoticeKind, NoticeLine } from '../../src/notices/index.js';
import * as road from '../support/relief.js';
import type { GivenRelief, ReliefGround } from '../support/relief.js';

/** What a wish is made of: which act, and two numbers for whatever the act leaves open. */
export type ReliefWish = { readonly act: LifeAct; readonly pick: number; readonly amountFen: number };

type Act = {
  /** Rows of the table that it may go by, one after the other; empty where it changes no state. */
  readonly leads: readonly ReliefAct[];
  /** It may have been done and the case stays where it is: one of two reviews, or, `anywhere`, one of several payments. */
  readonly mayStay?: 'in-place' | 'anywhere';
  /** With what it may be refused where the table has a place for it. */
  readonly codes: readonly string[];
  /** Null where there is nothing that it could be done to. */
  readonly go: (life: ReliefLife, wish: ReliefWish) => Promise<unknown>;
};

const NO_CODES: readonly string[] = [];
/** Its own rules are proved elsewhere: here it is enough that a refusal has a name. */
const ANY: readonly string[] = ['*'];

const LIFE_ACTS = {
  checkPolicies: {
    leads: ['checkPolicies'],
    codes: NO_CODES,
    go: ({ ground, made }, { pick, amountFen }) =>
      road.checkPolicies(ground, made, pick % 3 === 0 ? {} : { BASIC_INSURANCE: amountFen }),
  },
  verify: { leads: ['verify'], codes: NO_CODES, go: ({ ground, made }) => road.verify(ground, made) },
  assess: { leads: ['assess'], codes: NO_CODES, go: ({ ground, made }) => road.assess(ground, made) },
  review: {
    leads: ['review'],
    mayStay: 'in-place',
    codes: ['REVIEWER_TWICE'],
    go: ({ ground, made }, { pick }) =>
      road.reviewOnce(ground, made, pick % 2 ? 'reviewer' : 'otherReviewer'),
  },
  askSecond: {
    leads: ['askSecond'],
    codes: ['REVIEWS_SUFFICE'],
    go: ({ ground, made }) => road.askSecondReview(ground, made),
  },
  sendBack: {
    leads: ['return'],
    codes: ['RETURNED_TOO_OFTEN'],
    go: ({ ground, made }) => road.sendBack(ground, made),
  },
  complete: { leads: ['resume'], codes: NO_CODES, go: ({ ground, made }) => road.complete(ground, made) },
  changeInvoices: {
    leads: ['recheck'],
    codes: NO_CODES,
    go: ({ ground, made }, { amountFen }) => road.complete(ground, made, [road.invoice(amountFen)]),
  },
  openPanel: {
    leads: ['openPanel'],
    codes: ['NOTHING_TO_GRANT', 'CAP_EXHAUSTED', 'SECOND_REVIEW_NEEDED'],
    go: ({ ground, made }) => road.openPanel(ground, made),
  },
  refuse: {
    leads: ['refuse'],
    codes: ['SOMETHING_TO_GRANT'],
    go: ({ ground, made }) => road.refuse(ground, made),
  },
  carry: { leads: ['carry'], codes: NO_CODES, go: (life) => life.vote('YYYYN') },
  reject: { leads: ['reject'], codes: NO_CODES, go: (life) => life.vote('YYNNN') },
  hold: { leads: ['hold'], codes: NO_CODES, go: ({ ground, made }) => road.hold(ground, made) },
  dismiss: {
    leads: ['dismiss'],
    codes: NO_CODES,
    go: ({ ground, made }) => road.decideObjection(ground, made, 'DISMISSED'),
  },
  uphold: {
    leads: ['uphold'],
    codes: NO_CODES,
    go: ({ ground, made }) => road.decideObjection(ground, made, 'UPHELD'),
  },
  sign: { leads: [], codes: ANY, go: (life) => life.sign() },
  post: { leads: [], codes: ANY, go: (life) => life.post() },
  plan: { leads: [], codes: ANY, go: (life, { pick }) => life.plan(pick) },
  askAdvance: {
    leads: [],
    codes: ANY,
    go: async ({ ground, made, hospitalId }, { pick, amountFen }) => {
      const most = Math.floor(((await road.relief(ground, made)).grantFen ?? 0) * 0.3);
      const asked = pick % 3 === 0 ? amountFen : most;
      return road.askAdvance(ground, made, asked, pick % 2 ? hospitalId : null);
    },
  },
  signAdvance: {
    leads: [],
    codes: ANY,
    go: ({ ground, made }, { pick }) => road.signAdvance(ground, made, pick % 2 ? 'chair' : 'supervisor'),
  },
  approve: {
    leads: ['approve', 'pay', 'demand'],
    codes: ['NOTICE_STILL_RUNS', 'FAMILY_ACCOUNT_MISSING'],
    go: ({ ground, made }) => road.approve(ground, made),
  },
  pay: { leads: ['pay'], mayStay: 'anywhere', codes: ANY, go: (life, { pick }) => life.pay(pick) },
  bankReturns: {
    leads: ['payBack'],
    mayStay: 'anywhere',
    codes: ANY,
    go: (life, { pick }) => life.bankReturns(pick),
  },
  followUp: {
    leads: ['close'],
    mayStay: 'anywhere',
    codes: ANY,
    go: ({ ground, made }) => road.followUp(ground, made),
  },
  demand: {
    leads: ['demand'],
    codes: ['NOTHING_TO_REFUND', 'ALREADY_DEMANDED'],
    go: ({ ground, made }, { pick, amountFen }) =>
      road.demand(ground, made, pick % 2 ? { laterFen: amountFen } : { amountFen }),
  },
  payBack: {
    leads: ['repaid'],
    mayStay: 'anywhere',
    codes: ANY,
    go: (life, { pick, amountFen }) => life.payBack(pick, amountFen),
  },
  nameAccount: { leads: [], codes: ANY, go: ({ ground, made }) => road.nameAccount(ground, made) },
  withdraw: {
    leads: ['withdraw'],
    codes: ['RELIEF_MONEY_IS_OUT'],
    go: ({ ground, made }) => road.end(ground, made, 'OWN_WISH'),
  },
  terminate: {
    leads: ['terminate'],
    codes: ['RELIEF_MONEY_IS_OUT'],
    go: ({ ground, made }) => road.end(ground, made, 'NOT_IN_NEED'),
  },
} as const satisfies Readonly<Record<string, Act>>;
export type LifeAct = keyof typeof LIFE_ACTS;
export const LIFE_ACT_NAMES = Object.keys(LIFE_ACTS) as LifeAct[];

/** What ends a case early: chosen less often, so that lives get somewhere. */
const EARLY: readonly LifeAct[] = ['withdraw', 'terminate'];
const NO: readonly LifeAct[] = ['reject', 'refuse'];

/** Whatever had no target is no event. */
class NothingToDo extends Error {}

/** A case of relief in a real house. What may happen to it next is read off the table, and nothing else may. */
export class ReliefLife {
  private now: ReliefState = 'SUBMITTED';

  private constructor(
    readonly ground: ReliefGround,
    readonly made: GivenRelief,
    readonly hospitalId: string,
  ) {}

  /** From its beginning, with a notice before it, or after an objection undid a vote on which a part was paid already. */
  static async begin(
    ground: ReliefGround,
    hospitalId: string,
    from: 'SUBMITTED' | 'PRE_NOTICE' | 'UPHELD',
    wanted: { readonly personId: string; readonly totalFen: number; readonly card: boolean },
  ): Promise<ReliefLife> {
    const asked = { ...wanted, reimbursed: {} };
    const advancedFen = Math.floor(Math.floor((wanted.totalFen * 60) / 100) * 0.3);
    const made =
      from === 'UPHELD'
        ? await road.givenUpheld(ground, advancedFen, { ...asked, card: true })
        : await road.givenRelief(ground, { ...asked, at: from });
    const life = new ReliefLife(ground, made, hospitalId);
    life.now = (await life.facts()).state;
    return life;
  }

  get state(): ReliefState {
    return this.now;
  }
  get isOver(): boolean {
    return RELIEF_ENDS.has(this.now) || this.now === 'CLOSED';
  }

  /** Acts that have a place; now and then one that ends the case early is among them. */
  open(pick: number): LifeAct[] {
    const open = LIFE_ACT_NAMES.filter((name) => {
      const [first]: readonly ReliefAct[] = LIFE_ACTS[name].leads;
      return first === undefined ? ASKED_IN[name]?.includes(this.now) === true : this.hasPlace(first);
    });
    return open.filter(
      (name) => (pick % 13 === 1 || !EARLY.includes(name)) && (pick % 4 === 1 || !NO.includes(name)),
    );
  }

  /** What time alone has done: the state is read anew, and has to be one that the table leads to. */
  async pass(): Promise<string | null> {
    const before = this.now;
    this.now = (await this.facts()).state;
    const steps: readonly ReliefAct[] = ['lapse', 'expire', 'close'];
    return before === this.now || reached(before, steps).has(this.now)
      ? null
      : `time led from ${before} to ${this.now}`;
  }

  /** Tries it. Says what was wrong with the answer: null is right. */
  async tryOut(wish: ReliefWish): Promise<string | null> {
    const act: Act = LIFE_ACTS[wish.act];
    const [first] = act.leads;
    const before = await this.facts();
    const hasPlace = first === undefined || this.hasPlace(first);
    try {
      await act.go(this, wish);
    } catch (error) {
      if (error instanceof NothingToDo) return null;
      const { code, message } = error as { readonly code?: string; readonly message: string };
      // Only a refusal with a name is one: anything else is a fault, also where nothing should have happened.
      if (code === undefined) throw error;
      if (JSON.stringify(await this.facts()) !== JSON.stringify(before))
        return `${at(wish, before)} was refused, and changed the case`;
      return !hasPlace || act.codes === ANY || act.codes.includes(code)
        ? null
        : `${at(wish, before)} was refused: ${code} ${message}`;
    }
    const { state } = await this.facts();
    this.now = state;
    const mayStay = first === undefined || act.mayStay !== undefined;
    if (!hasPlace && act.mayStay !== 'anywhere') return `${at(wish, before)} was not refused`;
    if (state === before.state ? mayStay : reached(before.state, act.leads).has(state)) return null;
    return `${at(wish, before)} led to ${state}`;
  }

  /** Whatever state it is in, somebody can bring it to an end: there is no dead one. Says where it was stuck. */
  async goHome(): Promise<string | null> {
    for (let steps = 0; !this.isOver && steps < 60; steps += 1) {
      await this.stepHome();
      this.now = (await this.facts()).state;
    }
    return this.isOver ? null : `stuck in ${this.now}: ${JSON.stringify(await this.facts())}`;
  }

  async vote(letters: string): Promise<unknown> {
    const rounds = await this.ground.house.get(BoardQueries).roundsOf(RELIEF, this.made.reliefId);
    if (!rounds.some(({ state }) => state === 'OPEN') && this.now !== 'PANEL') throw new NothingToDo();
    return road.vote(this.ground, this.made, letters);
  }

  async sign(): Promise<unknown> {
    const notice = await this.lastNotice(['DRAFT']);
    return road.sign(this.ground, this.made, notice.kind);
  }

  async post(): Promise<unknown> {
    const notice = await this.lastNotice(['SIGNED']);
    return road.post(this.ground, this.made, notice.kind);
  }

  async plan(pick: number): Promise<unknown> {
    const { grantFen, advancedFen } = await this.facts();
    const toPay = (grantFen ?? 0) - advancedFen;
    const half = Math.floor(toPay / 2);
    const parts =
      pick % 2 && half > 0
        ? [road.part(half), road.part(toPay - half, this.hospitalId)]
        : [road.part(toPay, this.hospitalId)];
    return road.plan(this.ground, this.made, parts);
  }

  async pay(pick: number): Promise<unknown> {
    return road.payOrder(this.ground, await this.orderIn('ORDERED', pick));
  }

  async bankReturns(pick: number): Promise<unknown> {
    return road.bankReturns(this.ground, await this.orderIn('PAID', pick));
  }

  async payBack(pick: number, amountFen: number): Promise<unknown> {
    const open = (await road.recoveriesOf(this.ground, this.made)).filter((each) => each.outstandingFen > 0);
    const owed = open[pick % Math.max(open.length, 1)];
    if (!owed) throw new NothingToDo();
    return road.payBack(this.ground, owed.id, pick % 2 ? amountFen : owed.outstandingFen);
  }

  facts(): Promise<ReliefFacts> {
    const { house, federationId } = this.ground;
    return house.get(ReliefQueries).relief(federationId, this.made.reliefId);
  }

  private hasPlace(act: ReliefAct): boolean {
    return reliefStepOf(act, this.now) !== null;
  }

  private async lastNotice(states: readonly NoticeLine['state'][]): Promise<NoticeLine> {
    const all = await this.ground.house.get(NoticesQueries).allOfSubject(RELIEF, this.made.reliefId);
    const found = all.find(({ state }) => states.includes(state));
    if (!found) throw new NothingToDo();
    return found;
  }

  private async orderIn(wanted: 'ORDERED' | 'PAID', pick: number): Promise<string> {
    const found = (await road.ordersOf(this.ground, this.made)).filter(({ state }) => state === wanted);
    const order = found[pick % Math.max(found.length, 1)];
    if (!order) throw new NothingToDo();
    return order.orderId;
  }

  private stepHome(): Promise<unknown> {
    const { ground, made } = this;
    switch (this.now) {
      case 'SUBMITTED':
        return road.checkPolicies(ground, made, {});
      case 'POLICY_CHECKED':
        return road.verify(ground, made);
      case 'VERIFIED':
        return road.assess(ground, made);
      case 'ASSESSED':
        return this.oneOf(
          ['REVIEWER_TWICE'],
          [() => road.reviewOnce(ground, made), () => road.reviewOnce(ground, made, 'otherReviewer')],
        );
      case 'REVIEWED':
        return this.oneOf(
          ['SECOND_REVIEW_NEEDED', 'NOTHING_TO_GRANT', 'CAP_EXHAUSTED', 'REVIEWS_SUFFICE'],
          [
            () => road.openPanel(ground, made),
            () => road.askSecondReview(ground, made),
            () => road.refuse(ground, made),
          ],
        );
      case 'RETURNED':
        return road.complete(ground, made);
      case 'PANEL':
        // Others on their way home have moved the clock: a round that nobody came to in time has lapsed.
        return this.oneOf(
          ['ROUND_DEADLINE_PASSED'],
          [
            () => road.vote(ground, made, 'YYYYY'),
            () => ground.house.get(RoundsService).closeDue(ground.house.clock.now()),
          ],
        );
      case 'OBJECTION_HOLD':
        return road.decideObjection(ground, made, 'DISMISSED');
      case 'PRE_NOTICE':
        return this.homeFromNotice();
      case 'APPROVED':
        return road.payAll(ground, made);
      case 'REFUND_DUE':
        return road.payBackAll(ground, made);
      case 'PAID':
        return this.homeFromPayment();
      case 'CLOSED':
      case 'REJECTED':
      case 'LAPSED':
      case 'WITHDRAWN':
      case 'TERMINATED':
        return Promise.resolve();
    }
  }

  private async homeFromNotice(): Promise<void> {
    const { ground, made } = this;
    await this.hang('RELIEF_PRE');
    if ((await this.facts()).accountId === null) await road.nameAccount(ground, made);
    await road.approve(ground, made);
  }

  private async homeFromPayment(): Promise<void> {
    await road.followUp(this.ground, this.made);
    await this.hang('RELIEF_RESULT');
  }

  /** As far as it has not hung already. */
  private async hang(kind: NoticeKind): Promise<void> {
    const { ground, made } = this;
    const stateNow = async () => (await road.noticeOf(ground, made, kind)).state;
    if ((await stateNow()) === 'DRAFT') await road.sign(ground, made, kind);
    if ((await stateNow()) === 'SIGNED') await road.post(ground, made, kind);
    if ((await stateNow()) === 'RUNNING') await road.endNotice(ground, made, kind);
  }

  /** The first that is not refused, for one of these reasons, is the way on. */
  private async oneOf(codes: readonly string[], ways: readonly (() => Promise<unknown>)[]): Promise<void> {
    for (const way of ways)
      try {
        await way();
        return;
      } catch (error) {
        const { code } = error as { readonly code?: string };
        if (code === undefined || !codes.includes(code)) throw error;
      }
  }
}

/** Where acts that change no state have a place. */
const ASKED_IN: Readonly<Partial<Record<LifeAct, readonly ReliefState[]>>> = {
  sign: ['PRE_NOTICE', 'PAID', 'REFUND_DUE', 'REJECTED'],
  post: ['PRE_NOTICE', 'PAID', 'REFUND_DUE', 'REJECTED'],
  plan: ['PRE_NOTICE'],
  askAdvance: ['PRE_NOTICE'],
  signAdvance: ['PRE_NOTICE'],
  nameAccount: ['SUBMITTED', 'PRE_NOTICE'],
};

/** Every state that these acts lead to, one after the other. */
function reached(from: ReliefState, acts: readonly ReliefAct[]): ReadonlySet<ReliefState> {
  const found = new Set<ReliefState>();
  const froms = [from];
  for (let at = froms.pop(); at !== undefined; at = froms.pop())
    for (const step of RELIEF_PROCEDURE)
      if (step.from === at && acts.includes(step.act) && !found.has(step.to)) {
        found.add(step.to);
        froms.push(step.to);
      }
  return found;
}

const at = ({ act, pick, amountFen }: ReliefWish, { state, text }: ReliefFacts): string =>
  `${act} (${pick}, ${amountFen}) of ${text} in ${state}`;
