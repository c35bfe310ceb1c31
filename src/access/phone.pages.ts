import { Body, Controller, Get, NotFoundException, Post, Query, Render, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../kernel/actor.js';
import { DomainError } from '../kernel/domain-error.js';
import { Config } from '../platform/config.js';
import { From } from '../platform/web/caller.js';
import { parseForm, textIn } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { CodeForm, PhoneForm } from './access.forms.js';
import { entranceOf, homeOf } from './code.pages.js';
import { challengeIn, giveCookies, giveTextCookie, takeTextCookie } from './cookies.js';
import { TextedCodeGone } from './domain/access.errors.js';
import { nextPage } from './domain/next-page.js';
import { visitorIn } from './me.pages.js';
import { ownPhoneView, phoneSignInView, textedCodeView } from './me.views.js';
import { PhoneSignIn } from './phone-sign-in.service.js';
import { PhonesQueries } from './phones.queries.js';
import { carriesTexts } from './texts.js';

const nextOf = (next: unknown) => nextPage(typeof next === 'string' ? next.trim() : '');
const wordsOf = (error: unknown): string => {
  if (!(error instanceof DomainError)) throw error;
  return `${error.message}${error.advice}`;
};

/** Signing in with a texted code, and the phone that one signs in with. */
@Controller()
export class PhonePages {
  constructor(
    private readonly phones: PhoneSignIn,
    private readonly queries: PhonesQueries,
    private readonly config: Config,
  ) {}

  @Get('sign-in/phone')
  @Render('access/phone-sign-in')
  askPhone(@Query('next') next: unknown): object {
    this.onlyWhereTextsGo();
    return phoneSignInView(nextOf(next), {}, {});
  }

  @Post('sign-in/phone')
  async text(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.onlyWhereTextsGo();
    const form = await parseForm(PhoneForm, body);
    const next = nextPage(textIn(form.typed, 'next'));
    const again = (errors: FieldErrors) => {
      void reply.status(422);
      void reply.view('access/phone-sign-in', phoneSignInView(next, form.typed, errors));
    };
    if (!form.ok) {
      again(form.errors);
      return;
    }
    try {
      const { phone, keep = false } = form.values;
      giveTextCookie(
        reply,
        this.config,
        await this.phones.ask(phone, { ...entranceOf(request, this.config), keep }),
      );
      reply.redirect(`/sign-in/phone/code${next === null ? '' : `?next=${encodeURIComponent(next)}`}`, 303);
    } catch (error) {
      again({ phone: wordsOf(error) });
    }
  }

  @Get('sign-in/phone/code')
  @Render('access/texted-code')
  askCode(@Query('next') next: unknown): object {
    this.onlyWhereTextsGo();
    return textedCodeView(nextOf(next), {});
  }

  @Post('sign-in/phone/code')
  async enter(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.onlyWhereTextsGo();
    const form = await parseForm(CodeForm, body);
    const next = nextPage(textIn(form.typed, 'next'));
    if (!form.ok) {
      void reply.status(422);
      void reply.view('access/texted-code', textedCodeView(next, form.errors));
      return;
    }
    try {
      const challenge = challengeIn(request, this.config);
      const signedIn = await this.phones.enter(challenge, form.values.code, entranceOf(request, this.config));
      giveCookies(reply, this.config, signedIn);
      takeTextCookie(reply, this.config);
      reply.redirect(next ?? homeOf(signedIn), 303);
    } catch (error) {
      const words = wordsOf(error);
      void reply.status(422);
      if (error instanceof TextedCodeGone)
        void reply.view('access/phone-sign-in', phoneSignInView(next, {}, { phone: words }));
      else void reply.view('access/texted-code', textedCodeView(next, { code: words }));
    }
  }

  @Get('me/phone')
  @Render('access/own-phone')
  async own(@Req() request: FastifyRequest, @Query('sent') sent: unknown): Promise<object> {
    return this.ownPage(request, sent === '1', {}, {});
  }

  @Post('me/phone')
  async askBinding(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(PhoneForm, body);
    if (!form.ok) {
      await this.ownAgain(request, reply, false, form.typed, form.errors);
      return;
    }
    try {
      const accountId = visitorIn(request).actor.accountId ?? '';
      const challenge = await this.phones.askBinding(accountId, form.values.phone, request.ip);
      giveTextCookie(reply, this.config, challenge);
      reply.redirect('/me/phone?sent=1', 303);
    } catch (error) {
      await this.ownAgain(request, reply, false, form.typed, { phone: wordsOf(error) });
    }
  }

  @Post('me/phone/confirmation')
  async bind(
    @From() caller: Caller,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(CodeForm, body);
    if (!form.ok) {
      await this.ownAgain(request, reply, true, {}, form.errors);
      return;
    }
    try {
      const challenge = challengeIn(request, this.config);
      await this.phones.bind(caller, visitorIn(request), challenge, form.values.code);
      takeTextCookie(reply, this.config);
      reply.redirect('/me/phone', 303);
    } catch (error) {
      const isOver = error instanceof TextedCodeGone;
      await this.ownAgain(request, reply, !isOver, {}, { [isOver ? 'phone' : 'code']: wordsOf(error) });
    }
  }

  @Post('me/phone/removal')
  async unbind(
    @From() caller: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.phones.unbind(caller, visitorIn(request).actor.accountId ?? '');
    reply.redirect('/me/phone', 303);
  }

  /** Where no operator carries texts there is no such page: the code would never arrive. */
  private onlyWhereTextsGo(): void {
    if (!carriesTexts(this.config)) throw new NotFoundException();
  }

  private async ownAgain(
    request: FastifyRequest,
    reply: FastifyReply,
    wasSent: boolean,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<void> {
    const page = await this.ownPage(request, wasSent, typed, errors);
    void reply.status(422);
    void reply.view('access/own-phone', page);
  }

  private async ownPage(
    request: FastifyRequest,
    wasSent: boolean,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<object> {
    const { actor, login } = visitorIn(request);
    const bound = await this.queries.phoneOf(actor.accountId ?? '');
    const facts = { tail: bound?.tail ?? null, wasSent, mayRemove: login !== '' };
    return ownPhoneView({ ...facts, mayBind: carriesTexts(this.config) }, typed, errors);
  }
}
