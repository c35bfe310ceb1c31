import { DomainError } from '../../kernel/domain-error.js';
import type { Role } from '../../kernel/actor.js';
import { addDays } from '../../kernel/day.js';
import type { Day } from '../../kernel/day.js';
import { rolesOf } from './office.js';
import type { Office } from './office.js';

/** Whoever acts for the house pledges to do it honestly; whoever only reads its books acts on nothing, and signs nothing. */
export const PLEDGERS: readonly Role[] = [
  ...(['chair', 'deputy', 'director', 'secretary', 'clerk', 'supervisor'] as const),
  ...(['cashier', 'accountant', 'reviewer', 'information-officer'] as const),
];

export const owesPledge = (office: Office): boolean =>
  rolesOf([office]).some((role) => PLEDGERS.includes(role));

/** How long an officer has from the first day of the term to sign [P]. A duty, and no lock: the work goes on. */
export const PLEDGE_DAYS = 15;

/** The last day on which it is in time. */
export const pledgeDueOn = (fromOn: Day): Day => addDays(fromOn, PLEDGE_DAYS);

/**
 * Throws unless this person may record the pledge. On the screen everybody confirms their own and nobody else's; a sheet
 * that somebody signed by hand is recorded by themselves or by the office.
 */
export function checkPledger(
  signer: { readonly personId: string; readonly onScreen: boolean },
  by: { readonly personId: string | null; readonly recordsOthers: boolean },
): void {
  if (by.personId === signer.personId) return;
  if (signer.onScreen) throw new PledgeOfAnother();
  if (!by.recordsOthers) throw new PledgeNotYours();
}

export class PledgeOfAnother extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code = 'PLEDGE_OF_ANOTHER';

  constructor() {
    super(
      '屏幕上的承诺只能由本人确认，不能替别人点。',
      {},
      '请让本人登录自己的账号确认，或者在纸上签字再登记。',
    );
  }
}

export class PledgeNotYours extends DomainError {
  override readonly kind = 'forbidden';
  override readonly code = 'PLEDGE_NOT_YOURS';

  constructor() {
    super('这是别人的承诺书，您只能签自己的。', {}, '纸上签好的，请交给理事长或者秘书长登记。');
  }
}
