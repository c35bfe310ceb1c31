import { isUUID } from 'class-validator';
import { Consents } from '../cases/index.js';
import { CAUSES } from '../kernel/causes.js';
import type { Cause } from '../kernel/causes.js';
import { fen } from '../kernel/fen.js';
import type { Fen } from '../kernel/fen.js';
import type { Purpose } from '../people/index.js';
import { AmountFen, Choice, Flag, OptionalText, OptionalUuid, Uuid } from '../platform/web/fields.js';
import type { UploadedFiles } from '../platform/web/uploads.js';
import type { Invoice } from './domain/invoices.js';
import { RELIEF_STATES } from './domain/relief-procedure.js';
import { papersIn } from './relief-fields.js';
import type { Application, CompletionTyped } from './relief-intake.service.js';
import { Invoices } from './relief-lists.js';
import type { ReliefFilter } from './relief.queries.js';

const FUND_MISSING = '请选向哪个基金申请';
const CAUSE_MISSING = '请选出了什么事';
const STORY = { label: '经过', max: 1000 };
const DEBTS = '请填写还欠多少钱，没有就空着';

/** What both the page and a program say of a need. */
class NeedForm {
  @Uuid()
  readonly personId!: string;

  @Uuid(FUND_MISSING)
  readonly fundId!: string;

  @Choice(CAUSES, CAUSE_MISSING)
  readonly cause!: Cause;

  @Invoices()
  readonly invoices!: Invoice[];

  @AmountFen(DEBTS, { optional: true, zero: true })
  readonly debtsFen?: Fen;

  @OptionalText(STORY)
  readonly story?: string;

  @Consents()
  readonly consents!: Purpose[];

  @Flag()
  readonly pledged!: boolean;
}

/** As a program sends it. Photos may come beside it, named like the papers: idCard, invoicePhotos, consent. */
export class ReliefForm extends NeedForm {
  @OptionalUuid('请选收款的卡')
  readonly payeeAccountId?: string;
}

/** A card of the register, named later. */
export class ReliefAccountForm {
  @Uuid('请选收款的卡')
  readonly payeeAccountId!: string;
}

/** As the page asks for a card: one that is known, or one that is typed now. */
export class ReliefCardForm {
  @OptionalText({ label: '卡', max: 36 })
  readonly account?: string;

  @OptionalText({ label: '卡号', max: 30 })
  readonly cardNumber?: string;

  @OptionalText({ label: '开户行', max: 60 })
  readonly bankName?: string;

  @OptionalText({ label: '户名', max: 50 })
  readonly holderName?: string;
}

/** The second page. */
export class ApplyForm extends NeedForm {
  /** A card that is known, a new one, or none: the money goes to the hospital. */
  @OptionalText({ label: '卡', max: 36 })
  readonly account?: string;

  @OptionalText({ label: '卡号', max: 30 })
  readonly cardNumber?: string;

  @OptionalText({ label: '开户行', max: 60 })
  readonly bankName?: string;

  @OptionalText({ label: '户名', max: 50 })
  readonly holderName?: string;
}

/** The first page: for whom, and from which fund. */
export class StartForm {
  @OptionalText({ label: '姓名', max: 50 })
  readonly who?: string;

  /** Filled by the suggestions while typing. */
  @OptionalUuid()
  readonly applicantId?: string;

  /** Picked from the list that the page offers without script. */
  @OptionalUuid()
  readonly pick?: string;

  @Uuid(FUND_MISSING)
  readonly fundId!: string;
}

export function applicationIn(
  form: NeedForm,
  payeeAccountId: string | null,
  uploads: UploadedFiles,
): Application {
  const { personId, fundId, cause, invoices, debtsFen, story = null, consents, pledged } = form;
  const need = { personId, fundId, cause, invoices, debtsFen: debtsFen ?? fen(0), story };
  return { ...need, payeeAccountId, consents, pledged, papers: papersIn(uploads) };
}

export class ReliefCompletionForm {
  @Invoices({ optional: true })
  readonly invoices?: Invoice[];
}

export function completionIn(
  reliefId: string,
  { invoices = null }: { readonly invoices?: readonly Invoice[] | null },
  uploads: UploadedFiles,
): CompletionTyped {
  return { reliefId, invoices, papers: papersIn(uploads) };
}

const MOST_LINES = 100;

/** What stands in the address of the list; what is none of it filters nothing. */
export function filterIn(
  query: Readonly<Record<string, unknown>>,
): Required<Omit<ReliefFilter, 'reviewerId'>> {
  const idIn = (name: string): string | null => {
    const value = query[name];
    return typeof value === 'string' && isUUID(value) ? value : null;
  };
  const limit = Number(query['limit']);
  return {
    state: RELIEF_STATES.find((each) => each === query['state']) ?? null,
    fundId: idIn('fundId'),
    homeId: idIn('homeId'),
    cause: CAUSES.find((each) => each === query['cause']) ?? null,
    after: idIn('after'),
    limit: Number.isInteger(limit) && limit > 0 ? Math.min(limit, MOST_LINES) : 50,
  };
}
