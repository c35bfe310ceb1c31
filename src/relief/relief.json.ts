import type { Cause } from '../kernel/causes.js';
import type { Fen } from '../kernel/fen.js';
import type { Deduction } from '../funds/domain/worksheet.js';
import type { ReliefState } from './domain/relief-procedure.js';
import type { ReliefEnd } from './domain/relief-words.js';
import type { ReliefLine } from './relief.queries.js';
import type { PaymentLine, ReliefPageFacts } from './relief.reading.js';

/*
 * What a program is told: the name masked, no number of a card, no story. A society is told what its page shows; what
 * the federation judges by is null there.
 */

type LineJson = Omit<ReliefLine, 'text' | 'applicantId'> & { readonly number: string };

export function lineJson(line: ReliefLine): LineJson {
  const { id, text, state, homeName, fundName, cause, totalFen, grantFen, submittedAt, dueAt } = line;
  return { id, number: text, state, homeName, fundName, cause, totalFen, grantFen, submittedAt, dueAt };
}

type SheetJson = {
  readonly isFixed: boolean;
  readonly ruleId: string;
  readonly ruleVersion: number;
  readonly totalFen: Fen;
  readonly lines: readonly { readonly deduction: Deduction; readonly amountFen: Fen }[];
  readonly baseFen: Fen;
  readonly calculatedFen: Fen;
  readonly capFen: Fen;
  readonly usedFen: Fen;
  readonly roomFen: Fen;
  readonly grantFen: Fen;
  readonly capApplied: boolean;
};

type PaymentJson = Omit<PaymentLine, 'orderId' | 'recoveryId'> &
  Partial<Pick<PaymentLine, 'orderId' | 'recoveryId'>>;

export type ReliefJson = {
  readonly id: string;
  readonly number: string;
  readonly state: ReliefState;
  readonly applicant: string;
  readonly homeId: string;
  readonly homeName: string;
  readonly fundId: string;
  readonly nodeId: string;
  readonly fundName: string;
  readonly cause: Cause;
  readonly totalFen: Fen;
  readonly debtsFen: Fen;
  readonly grantFen: Fen | null;
  readonly advancedFen: Fen;
  readonly paidFen: Fen;
  readonly demandedFen: Fen;
  readonly refundedFen: Fen;
  readonly endReason: ReliefEnd | null;
  readonly at: Readonly<Record<Moment, Date | null>>;
  readonly sum: SheetJson | null;
  readonly invoices: ReliefPageFacts['invoices'];
  readonly policies: ReliefPageFacts['policies'];
  readonly papers: readonly { readonly kind: string; readonly addedAt: Date }[];
  readonly returns: readonly Omit<ReliefPageFacts['returns'][number], 'note'>[];
  readonly payments: readonly PaymentJson[];
  readonly desk: DeskJson | null;
};

type Moment =
  | 'submitted'
  | 'verified'
  | 'reviewed'
  | 'noticeEnded'
  | 'approved'
  | 'paid'
  | 'followedUp'
  | 'resultEnded'
  | 'closed'
  | 'ended';

type Desk = NonNullable<ReliefPageFacts['desk']>;
type DeskJson = Pick<Desk, 'refunds' | 'aid' | 'reviewsNeeded' | 'holds'> & {
  readonly scores: readonly Pick<Desk['scores'][number], 'personId' | 'score'>[];
  readonly reviews: readonly Pick<Desk['reviews'][number], 'reviewerId' | 'reason' | 'reviewedAt'>[];
  readonly advance: Omit<NonNullable<Desk['advance']>, 'fileId'> | null;
  readonly rounds: readonly { readonly id: string; readonly sequence: number; readonly state: string }[];
};

export function reliefJson(facts: ReliefPageFacts): ReliefJson {
  const { known, applicant, invoices, policies, papers, returns, payments, desk } = facts;
  const { id, state, homeName, fundId, nodeId, fundName, cause, endReason } = known;
  const { totalFen, debtsFen, grantFen, advancedFen, paidFen, demandedFen, refundedFen } = known;
  return {
    ...{ id, number: known.text, state, applicant: applicant.maskedName },
    ...{ homeId: known.homeSocietyId, homeName, fundId, nodeId, fundName, cause, endReason },
    ...{ totalFen, debtsFen, grantFen, advancedFen, paidFen, demandedFen, refundedFen },
    at: momentsOf(facts),
    sum: sheetJson(facts),
    ...{ invoices, policies },
    papers: papers.map(({ kind, addedAt }) => ({ kind, addedAt })),
    returns: returns.map(({ number, items, returnedAt, answeredAt }) => ({
      ...{ number, items, returnedAt, answeredAt },
    })),
    payments: payments.map(({ orderId, recoveryId, ...payment }) =>
      desk ? { ...payment, orderId, recoveryId } : payment,
    ),
    desk: desk && deskJson(desk),
  };
}

function momentsOf({ known }: ReliefPageFacts): ReliefJson['at'] {
  return {
    submitted: known.submittedAt,
    verified: known.verifiedAt,
    reviewed: known.reviewedAt,
    noticeEnded: known.noticeEndedAt,
    approved: known.approvedAt,
    paid: known.paidAt,
    followedUp: known.followedUpAt,
    resultEnded: known.resultEndedAt,
    closed: known.closedAt,
    ended: known.endedAt,
  };
}

function sheetJson({ sum }: ReliefPageFacts): SheetJson | null {
  if (!sum) return null;
  const { totalFen, lines, baseFen, calculatedFen, capFen, usedFen, roomFen, grantFen, capApplied } =
    sum.sheet;
  return {
    ...{ isFixed: sum.isFixed, ruleId: sum.rule.id, ruleVersion: sum.rule.version },
    ...{ totalFen, lines, baseFen, calculatedFen, capFen, usedFen, roomFen, grantFen, capApplied },
  };
}

function deskJson({ scores, reviews, reviewsNeeded, holds, advance, refunds, aid, rounds }: Desk): DeskJson {
  return {
    ...{ refunds, aid, reviewsNeeded, holds },
    scores: scores.map(({ personId, score }) => ({ personId, score })),
    reviews: reviews.map(({ reviewerId, reason, reviewedAt }) => ({ reviewerId, reason, reviewedAt })),
    advance: advance && advanceJson(advance),
    rounds: rounds.map(({ id, sequence, state }) => ({ id, sequence, state })),
  };
}

function advanceJson(advance: NonNullable<Desk['advance']>): NonNullable<DeskJson['advance']> {
  const { id, amountFen, institutionId, askedAt, askedBy, chairAt, chairId, supervisorAt, supervisorId } =
    advance;
  return { id, amountFen, institutionId, askedAt, askedBy, chairAt, chairId, supervisorAt, supervisorId };
}
