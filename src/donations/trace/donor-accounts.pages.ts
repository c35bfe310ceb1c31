import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { DomainError } from '../../kernel/domain-error.js';
import { Config } from '../../platform/config.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors } from '../../platform/web/forms.js';
import { DonorAccountsService } from './donor-accounts.service.js';
import { invitationView, invitedView } from './donor-accounts.views.js';
import type { InvitationView } from './donor-accounts.views.js';
import { DonorsQueries } from '../donors/donors.queries.js';
import { DONORS } from '../gifts/gifts.views.js';
import { DonorInvitationForm } from './trace.forms.js';

/** 让捐赠人自己看去向: the accountant gives a donor the key to his own gifts. */
@Controller('s/donors/:donorId/invitation')
export class DonorAccountsPages {
  constructor(
    private readonly accounts: DonorAccountsService,
    private readonly donors: DonorsQueries,
    private readonly config: Config,
  ) {}

  @Get()
  @Render('donations/invitation')
  async ask(@By() actor: Actor, @Param('donorId', ParseUUIDPipe) donorId: string): Promise<InvitationView> {
    return invitationView(await this.donors.donor(societyOf(actor), donorId), {}, {});
  }

  @Post()
  @HttpCode(200)
  async invite(
    @From() caller: Caller,
    @Param('donorId', ParseUUIDPipe) donorId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const donor = await this.donors.donor(societyOf(caller.actor), donorId);
    const form = await parseForm(DonorInvitationForm, body);
    const again = (errors: FieldErrors) =>
      void reply.status(422).view('donations/invitation', invitationView(donor, form.typed, errors));
    if (!form.ok) {
      again(form.errors);
      return;
    }
    try {
      const { login = null } = form.values;
      const { link, offered } = await this.accounts.inviteDonor(caller, { donorId, login });
      const address = link === null ? null : `${this.config.publicUrl}${link}`;
      void reply.view('donations/invited', invitedView(donorId, address, offered));
    } catch (error) {
      if (!(error instanceof DomainError) || !form.values.login || error.kind === 'forbidden') throw error;
      again({ login: `${error.message}${error.advice}` });
    }
  }

  @Post('end')
  async end(
    @From() caller: Caller,
    @Param('donorId', ParseUUIDPipe) donorId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.accounts.endInvitation(caller, donorId);
    reply.redirect(`${DONORS}/${donorId}/invitation`, 303);
  }
}
