import type { Cause, CaseState } from '../cases/index.js';
import type { PayeeRelation } from '../cases/domain/payee.js';
import type { Fen } from '../kernel/fen.js';
import { placeText } from './domain/desk-filter.js';
import type { QueueState, SubjectKind, View } from './domain/desk-filter.js';
import type { FindingKind, FindingReason } from './domain/findings.js';
import type { RiskLevel, Sign } from './domain/risks.js';
import type { GrantFacts } from './grant.reading.js';
import type { QueueFacts } from './queue.reading.js';

/** No name of anybody who was helped; of who is at it the masked one. */
export type QueueJson = {
  readonly count: number;
  readonly counts: Readonly<Record<View, number>>;
  readonly items: readonly {
    readonly kind: SubjectKind;
    readonly id: string;
    readonly number: string;
    readonly society: string;
    readonly cause: Cause;
    readonly amountFen: Fen;
    readonly dueAt: Date;
    readonly state: QueueState;
    readonly risk: RiskLevel;
    readonly signs: readonly Sign[];
    readonly lease: { readonly by: string; readonly mine: boolean; readonly untilAt: Date } | null;
  }[];
  readonly next: string | null;
};

export function queueJson({ accountId, page, counts }: QueueFacts): QueueJson {
  return {
    count: page.count,
    counts,
    items: page.rows.map(
      ({ kind, id, text, societyName, cause, amountFen, dueAt, state, risk, signs, lease }) => ({
        ...{ kind, id, number: text, society: societyName, cause, amountFen, dueAt, state, risk, signs },
        lease: lease && {
          by: lease.maskedName,
          mine: lease.holderAccount === accountId,
          untilAt: lease.untilAt,
        },
      }),
    ),
    next: page.next && placeText(page.next),
  };
}

export type GrantJson = {
  readonly id: string;
  readonly number: string;
  readonly society: string;
  readonly state: CaseState;
  readonly applicant: string;
  readonly cause: Cause;
  readonly amountFen: Fen;
  readonly payeeRelation: PayeeRelation;
  readonly cardTail: string | null;
  readonly signs: readonly Sign[];
  readonly waiting: boolean;
  readonly needed: 1 | 2;
  /** Of the open lap; without what was found while the asker has still to look. */
  readonly findings: readonly {
    readonly by: string;
    readonly at: Date;
    readonly kind: FindingKind | null;
    readonly reason: FindingReason | null;
  }[];
  readonly outcomes: readonly {
    readonly id: string;
    readonly lap: number;
    readonly kind: FindingKind;
    readonly reason: FindingReason;
    readonly dueOn: string | null;
    readonly settledAt: Date;
    readonly answeredAt: Date | null;
  }[];
  readonly matches: readonly {
    readonly id: string;
    readonly other: string;
    readonly disposition: string | null;
  }[];
};

export function grantJson(facts: GrantFacts): GrantJson {
  const { grant, row, applicant, account, signs, isWaiting, needed, findings, isBlind, outcomes, pairs } =
    facts;
  return {
    ...{ id: grant.id, number: grant.text, society: grant.societyName, state: row.state },
    ...{ applicant: applicant.maskedName, cause: row.cause, amountFen: row.amountFen },
    ...{ payeeRelation: row.payeeRelation, cardTail: account?.cardTail ?? null },
    ...{ signs, waiting: isWaiting, needed },
    findings: findings.map(({ maskedName, foundAt, kind, reason }) => ({
      by: maskedName,
      at: foundAt,
      kind: isBlind ? null : kind,
      reason: isBlind ? null : reason,
    })),
    outcomes: outcomes.map(({ id, lap, kind, reason, dueOn, settledAt, answeredAt }) => ({
      ...{ id, lap, kind, reason, dueOn, settledAt, answeredAt },
    })),
    matches: pairs.map(({ id, mine, other, disposition }) => {
      const there = mine.caseId === grant.id ? other : mine;
      return { id, other: `${there.societyName} ${there.caseNumber}`, disposition };
    }),
  };
}
