import { holderMatchOf } from '../people/domain/payee.js';
import type { PayeeAccountDraft, PersonSummary, Purpose } from '../people/index.js';
import type { FieldErrors } from '../platform/web/forms.js';
import type { RestForm } from './cases.forms.js';
import { refusalOfConsents } from './domain/consent-rule.js';
import { fieldFaults } from './intake.faults.js';
import { NEW_CARD } from './intake.views.js';

type CardTyped =
  | { readonly kind: 'none' }
  | { readonly kind: 'known'; readonly payeeAccountId: string }
  | { readonly kind: 'new'; readonly draft: Omit<PayeeAccountDraft, 'personId'> }
  | { readonly kind: 'faulty'; readonly faults: FieldErrors };

/** Whose name may stand on a card: the person's own, or the guardian's. */
export type CardOwners = { readonly name: string; readonly guardianName: string | null };

/** Where the money is to go, as the second page says it: nowhere for cash, a card that is known, or one typed now. */
export function cardIn(form: RestForm, { name, guardianName }: CardOwners): CardTyped {
  const { method, account, cardNumber = '', bankName = '', holderName = null } = form;
  if (method === 'CASH') return { kind: 'none' };
  if (account !== undefined && account !== NEW_CARD) return { kind: 'known', payeeAccountId: account };
  const faults: FieldErrors = {
    ...(cardNumber === '' ? { cardNumber: '请填写卡号，或改选现金' } : {}),
    ...(bankName === '' ? { bankName: '请填写开户行' } : {}),
    ...(holderMatchOf(holderName ?? name, name, guardianName) === 'OTHER'
      ? { holderName: '户名要是本人的姓名，不能打到别人的卡上' }
      : {}),
  };
  if (Object.keys(faults).length > 0) return { kind: 'faulty', faults };
  return { kind: 'new', draft: { cardNumber, bankName, holderName } };
}

/** The rule of consents, said beside the boxes that it is about: the four consents or the pledge. */
export function consentFaults(
  consents: readonly Purpose[],
  pledged: boolean,
  applicant: Pick<PersonSummary, 'isMinor' | 'guardianId'>,
): FieldErrors {
  const refusal = refusalOfConsents(consents, true, applicant);
  return {
    ...(refusal ? fieldFaults(refusal) : {}),
    ...(pledged ? {} : { pledged: '请念给他听，承诺了再打勾' }),
  };
}
