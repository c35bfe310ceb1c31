import { DomainError } from '../kernel/domain-error.js';
import {
  CardInvalid,
  PayeeAccountAlreadyKnown,
  PersonAlreadyRegistered,
  PersonInvalid,
  PersonLooksAlike,
} from '../people/domain/people.errors.js';
import { FileRefused } from '../platform/files/files.errors.js';
import type { FieldErrors } from '../platform/web/forms.js';
import {
  AccountNotOfPayee,
  ConsentRequired,
  GuardianRequired,
  HouseholdYearLimit,
  NoPapersGiven,
  NothingChanged,
  OutOfScope,
  OverPerCaseLimit,
  SameCauseThisYear,
  VisitorIsApplicant,
  VisitorIsKin,
  VisitorsNotTwo,
} from './domain/case.errors.js';
import { PayeeWrong } from './domain/payee.js';
import { KeptNotLess } from './domain/revocation.js';

/** What is wrong with single fields, found after the form itself was well typed. */
export class FieldFaults extends Error {
  constructor(readonly errors: FieldErrors) {
    super('Some fields cannot stand as they were typed');
  }
}

type Refusals = readonly (abstract new (...args: never[]) => DomainError)[];

/** Beside which field of the two pages a refusal is said. */
const FIELDS: readonly (readonly [field: string, refusals: Refusals])[] = [
  ['who', [OutOfScope]],
  ['cause', [SameCauseThisYear]],
  ['amountFen', [OverPerCaseLimit, HouseholdYearLimit, NothingChanged]],
  ['payeeRelation', [PayeeWrong]],
  ['newIdNumber', [PersonAlreadyRegistered]],
  ['pick', [PersonLooksAlike]],
  ['consents', [ConsentRequired, GuardianRequired]],
  ['account', [AccountNotOfPayee, PayeeAccountAlreadyKnown]],
  ['cardNumber', [CardInvalid]],
  ['keptFen', [KeptNotLess]],
  ['visitors', [VisitorsNotTwo, VisitorIsApplicant, VisitorIsKin]],
  ['idCard', [FileRefused, NoPapersGiven]],
];

const PERSON_FIELDS: Readonly<Record<string, string>> = {
  name: 'who',
  group: 'newGroup',
  idNumber: 'newIdNumber',
  bornOn: 'newBornOn',
  phone: 'newPhone',
};

/** A refusal about one field stands beside it, with what to do instead; any other goes on to the filter. */
export function fieldFaults(error: unknown): FieldErrors {
  if (error instanceof FieldFaults) return error.errors;
  if (!(error instanceof DomainError)) throw error;
  const words = `${error.message}${error.advice}`;
  if (error instanceof PersonInvalid) return { [PERSON_FIELDS[error.field] ?? 'who']: words };
  const field = FIELDS.find(([, refusals]) => refusals.some((refusal) => error instanceof refusal))?.[0];
  if (field === undefined) throw error;
  return { [field]: words };
}
