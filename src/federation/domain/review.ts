import { PAID_STATES } from '../../cases/domain/emergency-procedure.js';
import type { CaseState } from '../../cases/domain/emergency-procedure.js';

type Outcome = { readonly answeredAt: Date | null };

/**
 * A paid grant waits for the desk while nothing was settled about it, and again once the society has answered. What is in
 * order has no answer, so it never waits again; what was revoked is no paid grant any more.
 */
export function isWaiting(state: CaseState, outcomes: readonly Outcome[]): boolean {
  return PAID_STATES.includes(state) && outcomes.every(({ answeredAt }) => answeredAt !== null);
}
