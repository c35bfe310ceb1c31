import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { ReliefAccountService } from './relief-account.service.js';
import { accountView } from './relief-account.views.js';
import { ReliefCards } from './relief-cards.js';
import { NEW_CARD } from './relief-fields.js';
import { ReliefFormsReading } from './relief-forms.reading.js';
import { FieldFaults, reliefFaults } from './relief.faults.js';
import { ReliefCardForm } from './relief.forms.js';

/** 登记收款账户: the card that was not at hand when the family asked. */
@Controller('s/relief/:reliefId/account')
export class ReliefAccountPages {
  constructor(
    private readonly accounts: ReliefAccountService,
    private readonly cards: ReliefCards,
    private readonly reading: ReliefFormsReading,
  ) {}

  @Get()
  @Render('relief/account')
  async account(@By() actor: Actor, @Param('reliefId', ParseUUIDPipe) reliefId: string): Promise<object> {
    const facts = await this.reading.account(actor, reliefId);
    return accountView(facts, { account: facts.accounts[0]?.id ?? NEW_CARD }, {});
  }

  @Post()
  async nameAccount(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(ReliefCardForm, body);
    const { applicant } = await this.reading.account(caller.actor, reliefId);
    let typed: Typed = form.typed;
    const again = async (errors: FieldErrors) => {
      const facts = await this.reading.account(caller.actor, reliefId);
      await reply.status(422).view('relief/account', accountView(facts, typed, errors));
    };
    const faults = {
      ...(form.ok ? {} : form.errors),
      ...(await this.cards.faultsIn(form.typed, applicant)),
    };
    if (!form.ok || Object.keys(faults).length > 0) return again(faults);
    try {
      const payeeAccountId = await this.cards.accountIn(caller, form.values, applicant);
      if (payeeAccountId === null) throw new FieldFaults({ account: '请选一张卡，或者填一张新的' });
      // A card that is registered now is chosen from the list when something else turns out to be wrong.
      typed = { account: payeeAccountId };
      await this.accounts.nameAccount(caller, { reliefId, payeeAccountId });
    } catch (error) {
      return again(reliefFaults(error));
    }
    void reply.redirect(`/s/relief/${reliefId}`, 303);
  }
}
