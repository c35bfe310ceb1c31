import { RoundsService } from '../board/index.js';
import { FundsQueries } from '../funds/index.js';
import type { Deduction } from '../funds/index.js';
import { Timers } from '../house/index.js';
import type { Cause } from '../kernel/causes.js';
import { fen } from '../kernel/fen.js';
import { InstitutionsService, PaymentsQueries, PaymentsService } from '../payments/index.js';
import {
  RELIEF,
  RELIEF_PAYMENT,
  ReliefAdvanceService,
  ReliefDecisionService,
  ReliefDeskService,
  ReliefIntakeService,
  ReliefPanelService,
  ReliefQueries,
} from '../relief/index.js';
import type { PlannedPart, PolicyChecked } from '../relief/index.js';
import { publish } from './branch-acts.js';
import { RELIEF_FUND } from './federation.js';
import { demoPhoto } from './photos.js';
import type { Cue, Stage } from './stage.js';

/*
 * Families whose debts the federation's fund relieves, made up like everybody here. The figures of the first are those of
 * a report; the second reaches the cap, and part of it goes to the hospital before its notice has ended.
 */

type Bill = {
  readonly cause: Cause;
  /** Fen of each invoice. */
  readonly invoices: readonly number[];
  readonly debts: number;
  readonly reimbursed: Readonly<Partial<Record<Deduction, number>>>;
};

/** 995,400 − 609,600 = 385,800; × 60 % = 231,480 yuan. */
const OF_THE_REPORT: Bill = {
  cause: 'ILLNESS',
  invoices: [61_240_000, 28_300_000, 10_000_000],
  debts: 30_000_000,
  reimbursed: { BASIC_INSURANCE: 41_800_000, SERIOUS_ILLNESS: 15_160_000, MEDICAL_AID: 4_000_000 },
};

/** 1,280,000 − 320,000 = 960,000; × 60 % = 576,000, of which the fund gives 500,000. */
const AT_THE_CAP: Bill = {
  cause: 'ACCIDENT',
  invoices: [92_000_000, 36_000_000],
  debts: 70_000_000,
  reimbursed: { BASIC_INSURANCE: 26_000_000, SERIOUS_ILLNESS: 6_000_000 },
};

const SMALLER: Bill = {
  cause: 'ILLNESS',
  invoices: [15_800_000],
  debts: 6_000_000,
  reimbursed: { BASIC_INSURANCE: 7_100_000 },
};

const PAPERS = [
  'ID_CARD',
  'HOUSEHOLD_REGISTER',
  'INVOICES',
  'INSURANCE_STATEMENT',
  'CONSENT',
  'BANK_CARD',
] as const;
const DIRECTORS = ['chair', 'deputy', 'third'] as const;
const ASSESSORS = ['deputy', 'third', 'supervisor'] as const;

export class ReliefPlay {
  private readonly made = new Map<string, string>();
  private hospitalId = '';
  private invoices = 0;

  constructor(
    private readonly federation: Stage,
    private readonly village: Stage,
  ) {}

  /** The two that are whole, in the order in which the summary names them. */
  get whole(): readonly string[] {
    return [this.of('indebted'), this.of('gravely')];
  }

  /** In the order of their hours. Five working days hang between the vote and the money. */
  get cues(): readonly Cue[] {
    return [
      { at: '2026-03-04 08:40', play: () => this.submit() },
      { at: '2026-03-04 10:30', play: () => this.check() },
      { at: '2026-03-04 15:10', play: () => this.review() },
      { at: '2026-03-05 08:20', play: () => this.vote() },
      { at: '2026-03-06 11:00', play: () => this.advance() },
      { at: '2026-03-11 10:40', play: () => this.othersWait() },
      { at: '2026-03-13 00:02', play: () => this.federation.service(Timers).runDue() },
      { at: '2026-03-13 08:05', play: () => this.approve() },
      { at: '2026-03-13 09:50', play: () => this.pay() },
    ];
  }

  private async submit(): Promise<void> {
    const added = await this.federation
      .service(InstitutionsService)
      .addInstitution(this.federation.as('secretary'), {
        ...{ name: '演示县人民医院（演示）', bankName: '演示农村信用社', accountNumber: '9900100200300401' },
      });
    this.hospitalId = added.institutionId;
    await this.ask('indebted', OF_THE_REPORT, PAPERS);
    await this.ask('gravely', AT_THE_CAP, PAPERS);
  }

  private async check(): Promise<void> {
    await this.atTheDesk('indebted', OF_THE_REPORT);
    await this.atTheDesk('gravely', AT_THE_CAP);
  }

  private async review(): Promise<void> {
    for (const key of ['indebted', 'gravely'])
      for (const reviewer of ['reviewer', 'otherReviewer'])
        await this.federation.service(ReliefDeskService).review(this.federation.as(reviewer), {
          ...{ reliefId: this.of(key), reason: 'FIGURES_MATCH', note: null },
        });
  }

  private async vote(): Promise<void> {
    for (const key of ['indebted', 'gravely']) {
      const asked = { reliefId: this.of(key), recusals: [] };
      const panel = this.federation.service(ReliefPanelService);
      const { roundId } = await panel.openPanel(this.federation.as('secretary'), asked);
      await this.federation.service(RoundsService).recordShowOfHands(this.federation.as('secretary'), {
        ...{ roundId, presiderId: this.federation.personId('chair'), place: '演示县慈善总会会议室（演示）' },
        hands: DIRECTORS.map((who) => ({
          directorId: this.federation.personId(who),
          choice: 'yes' as const,
        })),
        sheet: await demoPhoto(8),
      });
      await publish(this.federation, RELIEF, this.of(key));
    }
  }

  /** The hospital does not wait: a part is paid at once, the rest in two payments. */
  private async advance(): Promise<void> {
    const { federation } = this;
    const reliefId = this.of('gravely');
    const advances = federation.service(ReliefAdvanceService);
    await advances.askAdvance(federation.as('secretary'), {
      ...{ reliefId, amountFen: fen(10_000_000), institutionId: this.hospitalId },
      statement: await demoPhoto(10),
    });
    for (const signer of ['chair', 'supervisor'])
      await advances.signAdvance(federation.as(signer), { reliefId });
    await this.payAll('gravely');
    await this.plan('gravely', [
      { amountFen: fen(25_000_000), institutionId: this.hospitalId },
      { amountFen: fen(15_000_000), institutionId: null },
    ]);
  }

  /** At the desk when the demo ends: one for the reviewer, one sent back, one just come in. */
  private async othersWait(): Promise<void> {
    const { federation } = this;
    await this.ask('toReview', SMALLER, PAPERS);
    await this.atTheDesk('toReview', SMALLER);
    await this.ask('incomplete', SMALLER, ['ID_CARD', 'CONSENT']);
    await federation.service(ReliefIntakeService).returnForCompletion(federation.as('clerk'), {
      ...{ reliefId: this.of('incomplete'), items: ['INVOICES', 'INSURANCE_STATEMENT'] },
      note: '发票请拍清楚号码（演示）',
    });
    await this.ask('justAsked', SMALLER, PAPERS);
  }

  private async approve(): Promise<void> {
    for (const reliefId of this.whole)
      await this.federation.service(ReliefDecisionService).approve(this.federation.as('chair'), { reliefId });
  }

  private async pay(): Promise<void> {
    for (const key of ['indebted', 'gravely']) {
      await this.payAll(key);
      await publish(this.federation, RELIEF, this.of(key));
    }
  }

  private async ask(key: string, bill: Bill, papers: readonly (typeof PAPERS)[number][]): Promise<void> {
    const { village } = this;
    const { nodes } = (await village.service(FundsQueries).tree(village.societyId)) ?? { nodes: [] };
    const fund = nodes.find(({ name }) => name === RELIEF_FUND);
    if (!fund) throw new Error('The fund was not opened');
    const { reliefId } = await village.service(ReliefIntakeService).applyForRelief(village.as('secretary'), {
      ...{ personId: village.personId(key), fundId: fund.id, cause: bill.cause },
      invoices: bill.invoices.map((amount) => ({ number: this.invoiceNumber(), amountFen: fen(amount) })),
      debtsFen: fen(bill.debts),
      story: '自付的费用多是借来的，家里没有别的办法（演示）。',
      payeeAccountId: village.registered(key).payeeAccountId,
      consents: ['PROCESS', 'HEALTH_BANK', 'VERIFY', 'PUBLISH'],
      pledged: true,
      papers: await Promise.all(papers.map(async (kind, i) => ({ kind, bytes: await demoPhoto(4 + i) }))),
    });
    this.made.set(key, reliefId);
  }

  private async atTheDesk(key: string, { reimbursed }: Bill): Promise<void> {
    const { federation } = this;
    const desk = federation.service(ReliefDeskService);
    const reliefId = this.of(key);
    const policies = POLICIES.map((deduction) => policyOf(deduction, reimbursed[deduction] ?? 0));
    await desk.checkPolicies(federation.as('clerk'), { reliefId, policies });
    await desk.verify(federation.as('clerk'), {
      reliefId,
      result: 'NORMAL',
      originalsStamped: true,
      note: null,
    });
    await desk.assess(federation.as('clerk'), {
      ...{ reliefId, opinion: '情况属实，家庭支出大，同意按规则救助（演示）。', sheet: await demoPhoto(7) },
      scores: ASSESSORS.map((who, i) => ({ personId: federation.personId(who), score: 86 + i * 3 })),
    });
  }

  private async plan(key: string, parts: readonly PlannedPart[]): Promise<void> {
    const asked = { reliefId: this.of(key), parts };
    await this.federation.service(ReliefDecisionService).planPayments(this.federation.as('secretary'), asked);
  }

  /** Whatever of a case is ordered, by the cashier. */
  private async payAll(key: string): Promise<void> {
    const { federation } = this;
    for (const { id, state, seq } of await federation.service(ReliefQueries).payments(this.of(key))) {
      if (state !== 'ORDERED') continue;
      const order = await federation.service(PaymentsQueries).ofSubject(RELIEF_PAYMENT, id);
      if (!order) throw new Error('There is no payment order');
      await federation.service(PaymentsService).recordPayment(federation.as('cashier'), {
        ...{ orderId: order.id, method: 'CARD', bankReference: `DEMO-R-${key}-${seq}` },
        photo: await demoPhoto(5),
      });
    }
  }

  /** Numbers that no tax office gives. */
  private invoiceNumber(): string {
    this.invoices += 1;
    return `YANSHI${String(this.invoices).padStart(6, '0')}`;
  }

  private of(key: string): string {
    const reliefId = this.made.get(key);
    if (reliefId === undefined) throw new Error(`${key} has not asked the fund`);
    return reliefId;
  }
}

const POLICIES = ['BASIC_INSURANCE', 'SERIOUS_ILLNESS', 'MEDICAL_AID', 'COMMERCIAL', 'OTHER_AID'] as const;

function policyOf(deduction: Deduction, amount: number): PolicyChecked {
  if (amount > 0)
    return {
      deduction,
      outcome: 'APPLIED',
      amountFen: fen(amount),
      proof: `演示-${deduction.slice(0, 3)}-01`,
    };
  const outcome = deduction === 'COMMERCIAL' ? 'NOT_ASKED' : 'NOT_ELIGIBLE';
  return { deduction, outcome, amountFen: fen(0), proof: null };
}
