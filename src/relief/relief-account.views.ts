import type { FieldErrors, Typed } from '../platform/web/forms.js';
import type { ChoiceView } from '../platform/web/views.js';
import { RELIEF_STATE_WORDS } from './domain/relief-words.js';
import { accountField, cardFields } from './relief-intake.views.js';
import type { CardView } from './relief-intake.views.js';
import type { AccountFacts } from './relief-forms.reading.js';
import { formOf } from './relief-state.views.js';
import type { FormView } from './relief-state.views.js';

export type AccountView = FormView & {
  readonly help: string;
  readonly account: ChoiceView;
  readonly card: CardView;
};

export function accountView(facts: AccountFacts, typed: Typed, errors: FieldErrors): AccountView {
  const { known, accounts } = facts;
  const now = RELIEF_STATE_WORDS[known.state];
  return {
    ...formOf(facts, '登记收款账户', 'account', errors),
    help:
      known.accountId === null
        ? `这一件（${now}）还没有家庭的收款账户。登记以后，救助款可以打到这张卡上；批准以后就不能再登记。`
        : `这一件（${now}）已经有收款账户。评审以前可以换一张，换过会留下记录。`,
    account: accountField(accounts, typed, errors, { mayBeNone: false }),
    card: cardFields(typed, errors),
  };
}
