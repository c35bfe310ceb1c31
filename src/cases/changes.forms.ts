import type { Recusal } from '../board/index.js';
import { fen } from '../kernel/fen.js';
import { AmountFen, Choice, OptionalText, OptionalUuid } from '../platform/web/fields.js';
import type { AmendmentTyped } from './amendments.service.js';
import { CAUSE_MISSING, METHOD_MISSING, PAY_METHODS, Recusals, STORY } from './cases.forms.js';
import { AMEND_REASONS } from './domain/amendment.js';
import type { AmendReason } from './domain/amendment.js';
import { CAUSES } from '../kernel/causes.js';
import type { Cause } from '../kernel/causes.js';
import { TERMINATION_REASONS, WITHDRAWAL_REASONS } from './domain/endings.js';
import type { TerminationReason, WithdrawalReason } from './domain/endings.js';
import { PAYEE_RELATIONS } from './domain/payee.js';
import type { PayeeRelation } from './domain/payee.js';
import { REVOCATION_REASONS } from '../notices/domain/notice-reasons.js';
import { HEARINGS } from './domain/revocation.js';
import type { RevocationReason } from '../notices/domain/notice-reasons.js';
import type { Hearing } from './domain/revocation.js';
import type { PayMethod } from './domain/revision.js';
import type { RevocationTyped } from './revocations.service.js';

const NOTE = { label: '说明', max: 500 };
const WHY_MISSING = '请选为什么';

export class WithdrawalForm {
  @Choice(WITHDRAWAL_REASONS, WHY_MISSING)
  readonly reason!: WithdrawalReason;

  @OptionalText(NOTE)
  readonly note?: string;
}

export class TerminationForm {
  @Choice(TERMINATION_REASONS, WHY_MISSING)
  readonly reason!: TerminationReason;

  @OptionalText(NOTE)
  readonly note?: string;
}

/** The page asks once for either: whoever wishes it, the case ends. */
export class EndingForm {
  @Choice([...WITHDRAWAL_REASONS, ...TERMINATION_REASONS], WHY_MISSING)
  readonly reason!: WithdrawalReason | TerminationReason;

  @OptionalText(NOTE)
  readonly note?: string;
}

/** How the case is to read from now on. */
export class AmendmentForm {
  @AmountFen('请填写申请金额，如 1000')
  readonly amountFen!: number;

  @Choice(CAUSES, CAUSE_MISSING)
  readonly cause!: Cause;

  @OptionalText(STORY)
  readonly story?: string;

  @Choice(PAYEE_RELATIONS, '请选钱打给谁')
  readonly payeeRelation!: PayeeRelation;

  /** From a program, or from the list of the page. */
  @OptionalUuid('请从名册里选收款人')
  readonly payeeId?: string;

  /** From a person: a name of the register. */
  @OptionalText({ label: '收款人', max: 50 })
  readonly payeeName?: string;

  @OptionalText({ label: '原因', max: 200 })
  readonly payeeReason?: string;

  @Choice(PAY_METHODS, METHOD_MISSING)
  readonly method!: PayMethod;

  @OptionalUuid('请选收款的卡')
  readonly payeeAccountId?: string;

  @Choice(AMEND_REASONS, '请选为什么要改')
  readonly reason!: AmendReason;
}

export function amendmentIn(caseId: string, form: AmendmentForm, payeeId: string): AmendmentTyped {
  return {
    caseId,
    amountFen: fen(form.amountFen),
    cause: form.cause,
    story: form.story ?? null,
    payee: { relation: form.payeeRelation, payeeId, reason: form.payeeReason ?? null },
    method: form.method,
    payeeAccountId: form.payeeAccountId ?? null,
    reason: form.reason,
  };
}

export class RevocationForm {
  @Choice(REVOCATION_REASONS, '请选为什么撤销')
  readonly reason!: RevocationReason;

  @Choice(HEARINGS, '请选申请人怎么说明的')
  readonly hearing!: Hearing;

  /** The new amount; not given, all of it is taken back. */
  @AmountFen('请填写变更以后的金额，如 600；全部撤销的空着', { optional: true })
  readonly keptFen?: number;

  @OptionalText({ label: '查到的情况', max: 1000 })
  readonly findings?: string;

  @Recusals()
  readonly recusals: Recusal[] = [];
}

export function revocationIn(
  caseId: string,
  { reason, hearing, keptFen, findings, recusals }: RevocationForm,
): RevocationTyped {
  return {
    ...{ caseId, reason, hearing, findings: findings ?? null, recusals },
    keptFen: keptFen === undefined ? undefined : fen(keptFen),
  };
}
