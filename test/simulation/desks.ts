import { dayOf } from '../../src/kernel/day.js';
import type { Random } from '../fuzz/random.js';
import type { BankMessage } from './bank.js';
import type { WishDraft } from './wishes.js';
import type { AtDesk, World } from './world.js';

type Row = {
  readonly id: string;
  readonly state: string;
  readonly caseId: string;
  readonly amountFen: number;
};
/** What there is to be done, as anybody may see it who looks now: by the time it is done, others may have done it. */
export type View = {
  readonly cases: readonly Row[];
  readonly rounds: readonly Row[];
  readonly orders: readonly Row[];
  readonly notices: readonly Row[];
  readonly gifts: readonly Row[];
  readonly refunds: readonly Row[];
};

const DIRECTORS = ['chair', 'deputy', 'third', 'fourth', 'fifth'] as const satisfies readonly AtDesk[];
const CASHIERS = ['cashier', 'otherCashier'] as const satisfies readonly AtDesk[];
const OFFICE = ['secretary', 'clerk'] as const satisfies readonly AtDesk[];

export async function viewOf({ house: { dataSource }, village: { societyId } }: World): Promise<View> {
  const rows = async (sql: string): Promise<Row[]> => {
    const found = await dataSource.query<(Omit<Row, 'amountFen'> & { amountFen: number | string })[]>(sql, [
      societyId,
    ]);
    return found.map((row) => ({ ...row, amountFen: Number(row.amountFen) }));
  };
  return {
    cases: await rows(`SELECT id AS "id", state AS "state", id AS "caseId", amount_fen AS "amountFen"
      FROM cases WHERE society_id = ? ORDER BY id`),
    rounds: await rows(`SELECT id AS "id", state AS "state", thread_id AS "caseId", 0 AS "amountFen"
      FROM rounds WHERE society_id = ? AND state = 'OPEN' ORDER BY id`),
    orders: await rows(`SELECT id AS "id", state AS "state", thread_id AS "caseId", amount_fen AS "amountFen"
      FROM payment_orders WHERE society_id = ? AND state IN ('TO_PAY', 'PAID') ORDER BY id`),
    notices: await rows(`SELECT id AS "id", state AS "state", thread_id AS "caseId", 0 AS "amountFen"
      FROM notices WHERE society_id = ? AND state = 'DRAFT' ORDER BY id`),
    gifts:
      await rows(`SELECT id AS "id", state AS "state", bank_reference AS "caseId", amount_fen AS "amountFen"
      FROM gifts WHERE society_id = ? AND bank_reference IS NOT NULL ORDER BY id`),
    refunds:
      await rows(`SELECT r.id AS "id", r.state AS "state", g.bank_reference AS "caseId", r.amount_fen AS "amountFen"
      FROM gift_refunds r JOIN gifts g ON g.id = r.gift_id
      WHERE r.society_id = ? AND r.state IN ('ASKED', 'APPROVED') ORDER BY r.id`),
  };
}

/** Some things are thought of more often; what is seldom there to be done must be, or it never is. */
const often = (times: number, way: () => WishDraft | null) => Array.from({ length: times }, () => way);

/** What people at their desks want next. */
export class Desks {
  private serial = 0;

  constructor(
    private readonly world: World,
    private readonly random: Random,
    private readonly photo: Buffer,
    /** A reference of the bank, for what the cashier sends there. */
    private readonly reference: () => string,
  ) {}

  /** Somebody's wish for what he sees; null where there is nothing of the kind that he thought of. */
  wish(view: View): WishDraft | null {
    const of = <Of extends Row>(rows: readonly Of[], ...states: readonly string[]) => {
      const fitting = rows.filter(({ state }) => states.length === 0 || states.includes(state));
      return fitting.length === 0 ? null : this.random.pick(fitting);
    };
    const seen = <Of>(row: Of | null, wish: (row: Of) => WishDraft) => (row === null ? null : wish(row));
    const ways: readonly (() => WishDraft | null)[] = [
      ...often(2, () => seen(of(view.cases, 'VERIFIED', 'LAPSED'), (row) => this.openRound(row))),
      ...often(8, () => seen(of(view.rounds), (row) => this.ballot(row))),
      ...often(4, () => seen(of(view.orders, 'TO_PAY'), (row) => this.pay(row))),
      () => seen(of(view.orders, 'TO_PAY'), (row) => this.failed(row)),
      () =>
        this.random.below(3) > 0
          ? null
          : seen(of(view.cases, 'VOTING', 'APPROVED', 'VERIFIED'), (row) => this.withdraw(row)),
      () => this.inflow(),
      () => this.register(),
      ...often(3, () => seen(of(view.gifts), (row) => this.askRefund(row))),
      ...often(6, () => seen(of(view.refunds, 'ASKED'), (row) => this.decideRefund(row))),
      ...often(6, () => seen(of(view.refunds, 'APPROVED'), (row) => this.payRefund(row))),
      () => (this.random.below(2) > 0 ? null : seen(of(view.notices), (row) => this.sign(row))),
    ];
    return this.random.pick(ways)();
  }

  /** What the bank says is written down by whoever it reaches. */
  answerTo(message: BankMessage): WishDraft {
    const { reference, what, amountFen, at, saysReference } = message;
    if (message.kind === 'gift')
      return {
        ...{ act: 'recordDonation', post: 'accountant', path: '/donations', what, about: reference },
        body: {
          ...{ nature: 'GIFT', method: 'BANK', intent: 'UNRESTRICTED', intentWords: '' },
          ...{ amountFen, receivedOn: dayOf(at), bankReference: reference },
        },
        movesFen: amountFen,
      };
    const named = saysReference ? { bankReference: reference } : { returnedAt: at.toISOString() };
    return {
      ...{ act: 'recordReturnedPayment', post: this.random.pick(CASHIERS), what, about: reference },
      path: `/payments/${message.orderId}/return`,
      body: { reason: 'BANK_REFUSED', ...named },
      photo: { field: 'photo', bytes: this.photo },
      movesFen: amountFen,
    };
  }

  private openRound({ id, caseId }: Row): WishDraft {
    const post = this.random.pick(OFFICE);
    return {
      act: 'openRound',
      post,
      path: `/cases/${id}/rounds`,
      body: { recusals: [] },
      what: this.nameOf(caseId),
    };
  }

  private ballot({ id, caseId }: Row): WishDraft {
    const post = this.random.pick(DIRECTORS);
    const choice = this.random.below(8) === 0 ? 'no' : 'yes';
    return {
      act: 'castBallot',
      post,
      path: `/rounds/${id}/ballots`,
      body: { choice },
      what: this.nameOf(caseId),
    };
  }

  private withdraw({ id, caseId }: Row): WishDraft {
    const body = { reason: 'OWN_WISH' };
    return {
      act: 'withdrawCase',
      post: 'clerk',
      path: `/cases/${id}/withdrawal`,
      body,
      what: this.nameOf(caseId),
    };
  }

  private pay({ id, caseId, amountFen }: Row): WishDraft {
    const bankReference = this.reference();
    return {
      ...{ act: 'recordPayment', post: this.random.pick(CASHIERS), what: this.nameOf(caseId) },
      path: `/payments/${id}/transfer`,
      body: { bankReference },
      photo: { field: 'photo', bytes: this.photo },
      movesFen: -amountFen,
      effect: this.counted('payment_attempts', `outcome = 'PAID' AND bank_reference = ?`, bankReference),
    };
  }

  private failed({ id, caseId }: Row): WishDraft {
    const note = `第 ${String((this.serial += 1))} 次`;
    return {
      ...{ act: 'recordFailedPayment', post: this.random.pick(CASHIERS), what: this.nameOf(caseId) },
      path: `/payments/${id}/failures`,
      body: { reason: 'WRONG_ACCOUNT', note },
      effect: this.counted('payment_attempts', `outcome = 'FAILED' AND note = ?`, note),
    };
  }

  /** No two alike, so that each can be counted. Nothing but the key says that two are one. */
  private inflow(): WishDraft {
    const amountFen = 1_000 * (1 + this.random.below(40)) + (this.serial += 1);
    const receivedOn = dayOf(this.world.house.clock.now());
    return {
      ...{ act: 'recordInflow', post: 'accountant', path: '/ledger/inflows', what: String(amountFen) },
      body: { kind: 'SUBSIDY', amountFen, receivedOn },
      movesFen: amountFen,
      effect: {
        sql: `SELECT COUNT(*) AS "n" FROM lots l JOIN fund_balances f ON f.id = l.balance_id JOIN books b ON b.id = f.book_id
              WHERE b.society_id = ? AND l.source = 'SUBSIDY' AND l.amount_fen = ?`,
        values: [this.world.village.societyId, amountFen],
      },
    };
  }

  /** By hand: a neighbour who has no card. */
  private register(): WishDraft {
    const amountFen = 20_000 + (this.serial += 1);
    const [applicantId] = this.world.village.visitors;
    return {
      ...{ act: 'registerCase', post: 'clerk', path: '/cases', what: String(amountFen) },
      body: {
        ...{ applicantId, cause: 'ILLNESS', amountFen, method: 'CASH', pledged: true, visitors: [] },
        consents: ['PROCESS', 'HEALTH_BANK', 'VERIFY', 'PUBLISH'],
      },
      effect: this.counted('cases', 'amount_fen = ?', amountFen),
    };
  }

  private askRefund({ id, caseId, amountFen }: Row): WishDraft {
    const back = 1 + this.random.below(amountFen);
    const body = { reason: 'WRONG_TRANSFER', amountFen: back, words: '转账时选错了收款人' };
    return { act: 'askRefund', post: 'accountant', path: `/donations/${id}/refunds`, body, what: caseId };
  }

  private decideRefund({ id, caseId }: Row): WishDraft {
    const body =
      this.random.below(6) === 0 ? { decision: 'no', decisionWords: '先不退' } : { decision: 'yes' };
    return { act: 'decideRefund', post: 'chair', path: `/refunds/${id}/decision`, body, what: caseId };
  }

  private payRefund({ id, caseId, amountFen }: Row): WishDraft {
    const bankReference = this.reference();
    return {
      ...{ act: 'payRefund', post: this.random.pick(CASHIERS), path: `/refunds/${id}/payment`, what: caseId },
      body: { paidOn: dayOf(this.world.house.clock.now()), bankReference, togetherWith: [] },
      movesFen: -amountFen,
      effect: this.counted('gift_refund_lines', 'bank_reference = ?', bankReference),
    };
  }

  private sign({ id, caseId }: Row): WishDraft {
    const body = { plannedPostingOn: dayOf(this.world.house.clock.now()) };
    return {
      act: 'signNotice',
      post: 'chair',
      path: `/notices/${id}/signature`,
      body,
      what: this.nameOf(caseId),
    };
  }

  private counted(table: string, where: string, value: string | number): NonNullable<WishDraft['effect']> {
    const sql = `SELECT COUNT(*) AS "n" FROM ${table} WHERE society_id = ? AND ${where}`;
    return { sql, values: [this.world.village.societyId, value] };
  }

  private nameOf(caseId: string): string {
    const known = this.world.caseIds.indexOf(caseId);
    return known < 0 ? 'a new case' : `case ${known + 1}`;
  }
}
