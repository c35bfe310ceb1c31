import { ReliefAccountFixed, ReliefNotInState } from './relief.errors.js';
import { DESK_STATES } from './relief-procedure.js';
import type { ReliefState } from './relief-procedure.js';
import { RELIEF_STATE_WORDS } from './relief-words.js';

const BEFORE_PANEL: readonly ReliefState[] = [...DESK_STATES, 'RETURNED'];

/** While the family's account may still be named: until the chair approves, by whom the payments are ordered. */
export const ACCOUNT_STATES: readonly ReliefState[] = [
  ...BEFORE_PANEL,
  'PANEL',
  'PRE_NOTICE',
  'OBJECTION_HOLD',
];

type Standing = { readonly state: ReliefState; readonly accountId: string | null };

/** Before the panel another may be named too; from then on, or once somebody was asked to pay to it, only where none was. */
export function mayNameAccount({ state, accountId }: Standing, isAdvanced: boolean): boolean {
  if (!ACCOUNT_STATES.includes(state)) return false;
  return accountId === null || (BEFORE_PANEL.includes(state) && !isAdvanced);
}

/** `isAdvanced`: an advance to the family was asked for, by this account. */
export function checkNaming(standing: Standing, isAdvanced: boolean): void {
  if (!ACCOUNT_STATES.includes(standing.state))
    throw new ReliefNotInState(RELIEF_STATE_WORDS[standing.state]);
  if (!mayNameAccount(standing, isAdvanced)) throw new ReliefAccountFixed();
}
