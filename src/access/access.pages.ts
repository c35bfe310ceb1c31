import { Body, Controller, Get, Param, Post, Query, Render, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { DomainError } from '../kernel/domain-error.js';
import { Config } from '../platform/config.js';
import { By, From } from '../platform/web/caller.js';
import { parseForm, textIn } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { SocietiesQueries } from '../societies/index.js';
import { ChooseForm, LinkForm, SignInForm } from './access.forms.js';
import { AccessQueries } from './access.queries.js';
import type { ChoosableSociety } from './access.queries.js';
import { AccessService } from './access.service.js';
import { chooseView, linkSpentView, linkView, signInView } from './access.views.js';
import { entranceOf, homeOf } from './code.pages.js';
import { giveCookies, giveStepCookie, takeSessionCookie } from './cookies.js';
import { LinkSpent, NotOfThisSociety } from './domain/access.errors.js';
import { nextPage } from './domain/next-page.js';
import { isToken, tokenHash } from './secrets.js';
import { SessionsService } from './sessions.service.js';
import { SignInService } from './sign-in.service.js';
import { waysIn } from './ways.js';

const MOST_SOCIETIES = 50;
const textOf = (value: unknown) => (typeof value === 'string' ? value.trim() : '');

/** Signing in and out, the society acted in, and the one-time link. */
@Controller()
export class AccessPages {
  constructor(
    private readonly access: AccessService,
    private readonly entering: SignInService,
    private readonly sessions: SessionsService,
    private readonly queries: AccessQueries,
    private readonly societies: SocietiesQueries,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  @Get('sign-in')
  @Render('access/sign-in')
  askWho(@Query('next') next: unknown): object {
    return signInView(nextPage(textOf(next)), waysIn(this.config), {}, {});
  }

  @Post('sign-in')
  async signIn(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(SignInForm, body);
    const next = nextPage(textIn(form.typed, 'next'));
    if (!form.ok) {
      this.askAgain(reply, next, form.typed, form.errors);
      return;
    }
    const { login, password, keep = false } = form.values;
    try {
      const entrance = { ...entranceOf(request, this.config), keep };
      const first = await this.entering.begin({ ...entrance, login, password });
      if (first.done) {
        giveCookies(reply, this.config, first.signedIn);
        reply.redirect(next ?? homeOf(first.signedIn), 303);
        return;
      }
      giveStepCookie(reply, this.config, first.step);
      reply.redirect(`/sign-in/code${next === null ? '' : `?next=${encodeURIComponent(next)}`}`, 303);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.askAgain(reply, next, form.typed, { login: `${error.message}${error.advice}` });
    }
  }

  @Post('sign-out')
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (request.visitor) await this.sessions.signOut(request.visitor);
    takeSessionCookie(reply, this.config);
    reply.redirect('/sign-in', 303);
  }

  @Get('choose')
  @Render('access/choose')
  async askWhere(@By() actor: Actor, @Query('next') next: unknown, @Query('q') q: unknown): Promise<object> {
    return this.choices(actor, nextPage(textOf(next)), textOf(q), {});
  }

  @Post('choose')
  async choose(
    @By() actor: Actor,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(ChooseForm, body);
    const next = nextPage(textIn(form.typed, 'next'));
    if (!form.ok) {
      void reply.status(422);
      void reply.view('access/choose', await this.choices(actor, next, '', form.errors));
      return;
    }
    if (!request.visitor) throw new NotOfThisSociety();
    await this.sessions.chooseSociety(request.visitor, form.values.societyId);
    reply.redirect(next ?? (actor.roles.includes('system-admin') ? '/admin' : '/s'), 303);
  }

  /** Looks, and does nothing: messengers open links before people do. */
  @Get('link/:token')
  async openLink(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    const account = await this.accountOf(token);
    if (!account) spent(reply);
    else void reply.view('access/link', linkView(token, account.login, {}, {}));
  }

  @Post('link/:token')
  async useLink(
    @Param('token') token: string,
    @From() caller: Caller,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!isToken(token)) {
      spent(reply);
      return;
    }
    const form = await parseForm(LinkForm, body);
    const errors = form.ok ? differing(form.values) : form.errors;
    if (!form.ok || Object.keys(errors).length > 0) {
      await this.askAnew(reply, token, form.typed, errors);
      return;
    }
    try {
      await this.access.useLink(caller, token, form.values);
      takeSessionCookie(reply, this.config);
      reply.redirect('/sign-in', 303);
    } catch (error) {
      if (error instanceof LinkSpent) spent(reply);
      else await this.askAnew(reply, token, form.typed, besideField(error));
    }
  }

  private askAgain(reply: FastifyReply, next: string | null, typed: Typed, errors: FieldErrors): void {
    void reply.status(422);
    void reply.view('access/sign-in', signInView(next, waysIn(this.config), typed, errors));
  }

  private async askAnew(
    reply: FastifyReply,
    token: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<void> {
    const account = await this.accountOf(token);
    if (!account) {
      spent(reply);
      return;
    }
    void reply.status(422);
    void reply.view('access/link', linkView(token, account.login, typed, errors));
  }

  private async accountOf(token: string): Promise<{ login: string | null } | null> {
    return isToken(token) ? this.queries.accountOfLink(tokenHash(token), this.clock.now()) : null;
  }

  private async choices(
    actor: Actor,
    next: string | null,
    text: string,
    errors: FieldErrors,
  ): Promise<object> {
    const isAdmin = actor.roles.includes('system-admin');
    const societies: readonly ChoosableSociety[] = isAdmin
      ? (await this.societies.page({ text, limit: MOST_SOCIETIES })).items
      : await this.queries.societiesOf(actor.accountId ?? '');
    return chooseView(societies, { isAdmin, chosen: actor.societyId, next, text }, errors);
  }
}

function spent(reply: FastifyReply): void {
  void reply.status(404);
  void reply.view('access/link-spent', linkSpentView());
}

function differing({ password, again }: LinkForm): FieldErrors {
  return password === again ? {} : { again: '两次输入的密码不一样' };
}

/** Which of the two fields a refusal is about; the link stays good. */
function besideField(error: unknown): FieldErrors {
  if (!(error instanceof DomainError)) throw error;
  return { [error.code === 'PASSWORD_TOO_WEAK' ? 'password' : 'login']: error.message };
}
