import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { DomainError } from '../kernel/domain-error.js';
import { PeopleQueries } from '../people/index.js';
import { Config } from '../platform/config.js';
import { By, From } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors } from '../platform/web/forms.js';
import { SocietiesQueries } from '../societies/index.js';
import { AccountForm, FindPersonForm } from './access.forms.js';
import { AccessQueries } from './access.queries.js';
import { AccessService, LINK_HOURS } from './access.service.js';
import { accountsView, adminView, linkMadeView } from './access.views.js';
import { IdentitySignIn } from './identity-sign-in.service.js';
import { PhoneSignIn } from './phone-sign-in.service.js';
import { SecondFactorService } from './second-factor.service.js';

const MOST_FOUND = 20;

/** What the system administrator begins with, and the accounts of one society or of the administrators. */
@Controller('admin')
export class AdminPages {
  constructor(
    private readonly access: AccessService,
    private readonly factors: SecondFactorService,
    private readonly phones: PhoneSignIn,
    private readonly identities: IdentitySignIn,
    private readonly queries: AccessQueries,
    private readonly societies: SocietiesQueries,
    private readonly people: PeopleQueries,
    private readonly config: Config,
  ) {}

  @Get()
  @Render('access/admin')
  async home(@By() actor: Actor): Promise<object> {
    return adminView(await this.societyName(actor.societyId));
  }

  @Get('accounts')
  @Render('access/accounts')
  async accounts(@By() actor: Actor): Promise<object> {
    return this.listing(actor, '', {});
  }

  /** By POST, since names must not stand in addresses. */
  @Post('accounts/search')
  @HttpCode(200)
  async find(@By() actor: Actor, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(FindPersonForm, body);
    if (form.ok) void reply.view('access/accounts', await this.listing(actor, form.values.q ?? '', {}));
    else await this.again(actor, reply, form.errors);
  }

  /** For a person of the chosen society; outside any, for another administrator. */
  @Post('accounts')
  async open(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const { actor } = caller;
    const form = await parseForm(AccountForm, body);
    const { societyId } = actor;
    const { personId = null, login = null } = form.ok ? form.values : {};
    const errors = form.ok
      ? societyId === null || personId !== null
        ? {}
        : { q: '请先找到人，再选一位' }
      : form.errors;
    if (Object.keys(errors).length > 0) {
      await this.again(actor, reply, errors);
      return;
    }
    try {
      if (societyId !== null && personId !== null && login !== null) {
        await this.access.joinAccount(caller, { login, societyId, personId });
        reply.redirect('/admin/accounts', 303);
        return;
      }
      const draft = societyId === null ? { admin: true } : { societyId, personId };
      this.showLink(reply, (await this.access.openAccount(caller, draft)).link);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await this.again(actor, reply, { q: `${error.message}${error.advice}` });
    }
  }

  @Post('accounts/:accountId/links')
  async newLink(
    @From() caller: Caller,
    @Param('accountId', ParseUUIDPipe) accountId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.showLink(reply, (await this.access.issueLink(caller, accountId)).link);
  }

  @Post('accounts/:accountId/disabling')
  async disable(
    @From() caller: Caller,
    @Param('accountId', ParseUUIDPipe) accountId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.access.disable(caller, accountId);
    reply.redirect('/admin/accounts', 303);
  }

  @Post('accounts/:accountId/phone/removal')
  async removePhone(
    @From() caller: Caller,
    @Param('accountId', ParseUUIDPipe) accountId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.phones.unbind(caller, accountId);
    reply.redirect('/admin/accounts', 303);
  }

  @Post('accounts/:accountId/identity/removal')
  async removeIdentity(
    @From() caller: Caller,
    @Param('accountId', ParseUUIDPipe) accountId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.identities.unbind(caller, accountId, null);
    reply.redirect('/admin/accounts', 303);
  }

  @Post('accounts/:accountId/second-factor/removal')
  async removeFactor(
    @From() caller: Caller,
    @Param('accountId', ParseUUIDPipe) accountId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.factors.remove(caller, accountId);
    reply.redirect('/admin/accounts', 303);
  }

  private showLink(reply: FastifyReply, link: string | null): void {
    void reply.view('access/link-made', linkMadeView(link && `${this.config.publicUrl}${link}`, LINK_HOURS));
  }

  private async again(actor: Actor, reply: FastifyReply, errors: FieldErrors): Promise<void> {
    void reply.status(422);
    void reply.view('access/accounts', await this.listing(actor, '', errors));
  }

  private async listing(actor: Actor, text: string, errors: FieldErrors): Promise<object> {
    const { societyId } = actor;
    const listed = await this.queries.accounts(societyId);
    const accounts = await Promise.all(
      listed.map(async (account) => ({
        ...account,
        person:
          societyId === null || account.personId === null
            ? null
            : await this.people.person(societyId, account.personId),
      })),
    );
    return accountsView(
      {
        accounts,
        text,
        societyName: await this.societyName(societyId),
        found: societyId === null || text === '' ? [] : await this.people.search(societyId, text, MOST_FOUND),
        ownAccountId: actor.accountId,
      },
      errors,
    );
  }

  private async societyName(societyId: string | null): Promise<string | null> {
    return societyId === null ? null : (await this.societies.society(societyId)).name;
  }
}
