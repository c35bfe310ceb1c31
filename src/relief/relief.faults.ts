import { AccountNotOfPayee, ConsentRequired, GuardianRequired } from '../cases/domain/case.errors.js';
import { DomainError } from '../kernel/domain-error.js';
import {
  CardInvalid,
  PayeeAccountAlreadyKnown,
  PayeeAccountNotFound,
} from '../people/domain/people.errors.js';
import { FileRefused } from '../platform/files/files.errors.js';
import { InvalidInput } from '../platform/web/forms.js';
import type { FieldErrors } from '../platform/web/forms.js';
import { policyFields } from './relief-fields.js';
import {
  AbnormalNeedsNote,
  AdvanceTooMuch,
  AssessorNotInOffice,
  AssessorTied,
  CauseNotInRule,
  FamilyAccountMissing,
  InvoiceTwice,
  InvoiceUsed,
  NoInvoices,
  NothingAsked,
  NothingBrought,
  NothingToRefund,
  OriginalsNotStamped,
  PlanDoesNotAddUp,
  PolicyAmountWrong,
  PolicyMissing,
  ReliefAccountSame,
  ReliefPapersMissing,
  StatementNeeded,
  TooFewAssessors,
} from './domain/relief.errors.js';

/** What is wrong with single fields, found after the form itself was well typed. */
export class FieldFaults extends InvalidInput {}

type Refusals = readonly (abstract new (...args: never[]) => DomainError)[];

/** Beside which field of its page a refusal is said. No two pages give one name to two things. */
const FIELDS: readonly (readonly [field: string, refusals: Refusals])[] = [
  ['cause', [CauseNotInRule]],
  ['invoices', [NoInvoices, InvoiceTwice, InvoiceUsed]],
  ['consents', [ConsentRequired, GuardianRequired]],
  ['account', [AccountNotOfPayee, PayeeAccountAlreadyKnown, PayeeAccountNotFound, ReliefAccountSame]],
  ['cardNumber', [CardInvalid]],
  ['papers', [FileRefused, ReliefPapersMissing, NothingBrought, StatementNeeded]],
  ['originalsStamped', [OriginalsNotStamped]],
  ['note', [AbnormalNeedsNote]],
  ['scores', [TooFewAssessors, AssessorTied, AssessorNotInOffice]],
  ['items', [NothingAsked]],
  ['amount1', [PlanDoesNotAddUp]],
  ['to1', [FamilyAccountMissing]],
  ['amountFen', [AdvanceTooMuch]],
  ['laterFen', [NothingToRefund]],
];

/** A refusal about one field stands beside it, with what to do instead; any other goes on to the filter. */
export function reliefFaults(error: unknown): FieldErrors {
  if (error instanceof InvalidInput) return error.errors;
  if (!(error instanceof DomainError)) throw error;
  const words = `${error.message}${error.advice}`;
  if (error instanceof PolicyMissing) return { [policyFields(error.deduction).outcome]: words };
  if (error instanceof PolicyAmountWrong) return { [policyFields(error.deduction).amount]: words };
  const field = FIELDS.find(([, refusals]) => refusals.some((refusal) => error instanceof refusal))?.[0];
  if (field === undefined) throw error;
  return { [field]: words };
}
