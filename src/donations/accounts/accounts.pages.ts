import { Body, Controller, Get, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { SocietiesQueries } from '../../societies/index.js';
import {
  AccountsFundWrong,
  AccountsNotOver,
  AccountsUnchanged,
  NoBooksYet,
} from '../domain/accounts.errors.js';
import { AccountReportForm, accountsAskedOf } from './accounts.forms.js';
import { mayDraftAccounts } from './accounts.permissions.js';
import { AccountsQueries } from './accounts.queries.js';
import { AccountsService } from './accounts.service.js';
import { accountsView, newAccountsView } from './accounts.views.js';
import type { AccountsView, NewAccountsView } from './accounts.views.js';

/** 收支公示: which quarters and years hang on the wall, and which are owed. */
@Controller('s/account-reports')
export class AccountsPages {
  constructor(
    private readonly accounts: AccountsService,
    private readonly queries: AccountsQueries,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Render('donations/accounts')
  async list(@By() actor: Actor): Promise<AccountsView> {
    return accountsView(await this.queries.all(societyOf(actor)), mayDraftAccounts(actor));
  }

  @Get('new')
  @Render('donations/new-accounts')
  async ask(
    @By() actor: Actor,
    @Query('year') year: unknown,
    @Query('span') span: unknown,
    @Query('fund') fund: unknown,
  ): Promise<NewAccountsView> {
    const chosen = Object.entries({ year, span, fund }).filter(([, value]) => typeof value === 'string');
    return this.form(actor, Object.fromEntries(chosen) as Typed, {});
  }

  @Post()
  async draft(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(AccountReportForm, body);
    const again = async (errors: FieldErrors) =>
      void reply
        .status(422)
        .view('donations/new-accounts', await this.form(caller.actor, form.typed, errors));
    if (!form.ok) return again(form.errors);
    try {
      const { noticeId } = await this.accounts.draftAccounts(caller, accountsAskedOf(form.values));
      reply.redirect(`/s/notices/${noticeId}`, 303);
    } catch (error) {
      await again(faultsOf(error));
    }
  }

  private async form(actor: Actor, typed: Typed, errors: FieldErrors): Promise<NewAccountsView> {
    const societyId = societyOf(actor);
    const { kind } = await this.societies.society(societyId);
    const funds = kind === 'FEDERATION' ? await this.queries.funds(societyId) : [];
    return newAccountsView({ today: dayOf(this.clock.now()), funds }, typed, errors);
  }
}

/** A refusal about one field stands beside it; others go on to the filter. */
function faultsOf(error: unknown): FieldErrors {
  if (error instanceof AccountsNotOver || error instanceof NoBooksYet || error instanceof AccountsUnchanged)
    return { span: `${error.message}${error.advice}` };
  if (error instanceof AccountsFundWrong) return { fund: error.message };
  throw error;
}
