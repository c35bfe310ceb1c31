import { Injectable } from '@nestjs/common';
import type { Caller } from '../kernel/actor.js';
import { holderMatchOf } from '../people/domain/payee.js';
import { PeopleQueries, PeopleService } from '../people/index.js';
import type { PersonSummary } from '../people/index.js';
import { textIn } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { NEW_CARD, NO_CARD } from './relief-fields.js';
import type { ReliefCardForm } from './relief.forms.js';

/** Where the money is to go, as the page asks it: a card that is known, one typed now, or no card. */
@Injectable()
export class ReliefCards {
  constructor(
    private readonly people: PeopleQueries,
    private readonly register: PeopleService,
  ) {}

  /** Each beside its own box. Whose name may stand on a card: the person's own, or the guardian's. */
  async faultsIn(typed: Typed, person: PersonSummary): Promise<FieldErrors> {
    const account = textIn(typed, 'account');
    if (account === '') return { account: '请选钱打到哪里' };
    if (account !== NEW_CARD) return {};
    const holder = textIn(typed, 'holderName') || person.name;
    const isStrangers = holderMatchOf(holder, person.name, await this.guardianOf(person)) === 'OTHER';
    return {
      ...(textIn(typed, 'cardNumber') === '' ? { cardNumber: '请填写卡号' } : {}),
      ...(textIn(typed, 'bankName') === '' ? { bankName: '请填写开户行' } : {}),
      ...(isStrangers ? { holderName: '户名要是本人或监护人的姓名，不能打到别人的卡上' } : {}),
    };
  }

  /** Registers a new card under the key of the form: sent twice, it stands once. */
  async accountIn(caller: Caller, form: ReliefCardForm, person: PersonSummary): Promise<string | null> {
    const { account, cardNumber = '', bankName = '', holderName = null } = form;
    if (account === undefined || account === NO_CARD) return null;
    if (account !== NEW_CARD) return account;
    const card = { personId: person.id, cardNumber, bankName, holderName };
    return (await this.register.addPayeeAccount(caller, card)).payeeAccountId;
  }

  private async guardianOf({ societyId, guardianId }: PersonSummary): Promise<string | null> {
    return guardianId === null ? null : (await this.people.person(societyId, guardianId)).name;
  }
}
