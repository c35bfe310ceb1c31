import { fen, shareOf, sumOf } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import type { Rule } from '../../funds/domain/rule.js';
import { calculated } from '../../funds/domain/formula.js';
import { AdvanceTooMuch, FamilyAccountMissing, PlanDoesNotAddUp } from './relief.errors.js';

/** One payment of a grant: to the family's account, or straight to the hospital. */
export type PlannedPart = {
  readonly amountFen: Fen;
  /** Null for the family. */
  readonly institutionId: string | null;
};

/** Everything to the family, until somebody says otherwise. */
export const usualPlan = (toPay: Fen): PlannedPart[] => [{ amountFen: toPay, institutionId: null }];

export function checkPlan(plan: readonly PlannedPart[], toPay: Fen, hasAccount: boolean): void {
  const planned = sumOf(plan.map(({ amountFen }) => amountFen));
  if (planned !== toPay || plan.some(({ amountFen }) => amountFen <= 0))
    throw new PlanDoesNotAddUp(planned, toPay);
  if (!hasAccount && plan.some(({ institutionId }) => institutionId === null))
    throw new FamilyAccountMissing();
}

type Granted = { readonly grantFen: Fen | null; readonly advancedFen: Fen };

/** What of the grant has not been advanced: so much is held for it, and paid once it is approved. */
export const toPayOf = ({ grantFen, advancedFen }: Granted): Fen =>
  fen(Math.max((grantFen ?? 0) - advancedFen, 0));

/**
 * What was advanced beyond the grant, since figures that came later give less. It is demanded back when the grant stands:
 * a payment is demanded back once, and a board that says no asks for the whole of it.
 */
export const excessAdvanceOf = ({ grantFen, advancedFen }: Granted): Fen =>
  fen(Math.max(advancedFen - (grantFen ?? advancedFen), 0));

/** Under which cap and purse hold something until the approval; null where nothing is left to be held for. */
export const heldClaimOf = (row: Granted & { readonly claim: string | null }): string | null =>
  toPayOf(row) > 0 ? row.claim : null;

/** All that is paid of a case when it is paid: the grant, or what was advanced where that was more. */
export const wholeOf = ({ grantFen, advancedFen }: Granted): Fen => fen(Math.max(grantFen ?? 0, advancedFen));

/** The most that may be paid before the notice has ended. */
export function mostAdvance({ advance }: Pick<Rule, 'advance'>, grantFen: Fen): Fen {
  return shareOf(grantFen, advance);
}

export function checkAdvance(rule: Pick<Rule, 'advance'>, grantFen: Fen, amountFen: Fen): void {
  const most = mostAdvance(rule, grantFen);
  if (amountFen <= 0 || amountFen > most) throw new AdvanceTooMuch(most);
}

/**
 * What was paid too much when an insurer pays later: paid − f(new base), never below 0 (domain.md 2.2). The room that the
 * family had at the decision still bounds it.
 */
export function excessOf(
  { formula }: Pick<Rule, 'formula'>,
  {
    baseFen,
    laterFen,
    roomFen,
    paidFen,
  }: Readonly<Record<'baseFen' | 'laterFen' | 'roomFen' | 'paidFen', Fen>>,
): Fen {
  const newBase = fen(Math.max(baseFen - laterFen, 0));
  const due = Math.min(calculated(formula, newBase), roomFen);
  return fen(Math.max(paidFen - due, 0));
}
