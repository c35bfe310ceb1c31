import type { DomainError } from '../../kernel/domain-error.js';
import { fen } from '../../kernel/fen.js';
import type { Fen } from '../../kernel/fen.js';
import { HouseholdYearLimit, OutOfScope, OverPerCaseLimit } from './case.errors.js';

export type LimitTerms = {
  readonly scope: 'HUKOU' | 'RESIDENT' | 'ANY';
  readonly perCaseLimitFen: Fen;
  readonly householdYearLimitFen: Fen;
  readonly householdYearLimitCount: number;
};

export type Residence = 'HUKOU' | 'RESIDENT' | 'OUTSIDER';

/** What a household has had in a year, rounds that are open included. */
export type YearUse = { readonly usedFen: Fen; readonly usedCount: number };

/**
 * The limits of the charter (domain.md 3.11) in the order in which a person would ask: may we help this one at all,
 * may it be so much at once, may it be so much in a year. Null says yes. The year's use is guarded a second time in
 * the row itself when the round opens.
 */
export function refusalOfLimits(
  terms: LimitTerms,
  asked: { readonly residence: Residence; readonly amountFen: Fen },
  { usedFen, usedCount }: YearUse,
): DomainError | null {
  if (terms.scope !== 'ANY' && !inScope(terms.scope, asked.residence)) return new OutOfScope(terms.scope);
  if (asked.amountFen > terms.perCaseLimitFen)
    return new OverPerCaseLimit(terms.perCaseLimitFen, asked.amountFen);
  if (
    fen(usedFen + asked.amountFen) > terms.householdYearLimitFen ||
    usedCount + 1 > terms.householdYearLimitCount
  )
    return new HouseholdYearLimit({
      usedFen,
      askedFen: asked.amountFen,
      limitFen: terms.householdYearLimitFen,
      usedCount,
      limitCount: terms.householdYearLimitCount,
    });
  return null;
}

/** seeds.md 4: some societies help whoever is in need within the village, some only those registered there. */
function inScope(scope: 'HUKOU' | 'RESIDENT', residence: Residence): boolean {
  return residence === 'HUKOU' || (scope === 'RESIDENT' && residence === 'RESIDENT');
}
