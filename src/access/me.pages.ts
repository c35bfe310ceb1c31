import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Render,
  Req,
  Res,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../kernel/actor.js';
import { DomainError } from '../kernel/domain-error.js';
import { Config } from '../platform/config.js';
import { From } from '../platform/web/caller.js';
import { parseForm, textIn } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { CodeForm, PasswordForm, ProofForm } from './access.forms.js';
import { challengeIn, giveTextCookie } from './cookies.js';
import { FactorTooLate, SessionNotFound } from './domain/access.errors.js';
import { nextPage } from './domain/next-page.js';
import { IdentitySignIn } from './identity-sign-in.service.js';
import { devicesView, factorView, proofView, recoveryCodesView } from './me.views.js';
import type { ProofFor } from './me.views.js';
import { PhoneSignIn } from './phone-sign-in.service.js';
import { Proofs, wayOf } from './proofs.service.js';
import { SecondFactorService } from './second-factor.service.js';
import { SessionsQueries } from './sessions.queries.js';
import { SessionsService } from './sessions.service.js';
import type { Visitor } from './sessions.service.js';
import { carriesTexts } from './texts.js';

/** What everybody sees to for themselves: where they are signed in, the code beside the password, a fresh proof. */
@Controller('me')
export class MePages {
  constructor(
    private readonly sessions: SessionsService,
    private readonly asked: SessionsQueries,
    private readonly factors: SecondFactorService,
    private readonly proofs: Proofs,
    private readonly phones: PhoneSignIn,
    private readonly identities: IdentitySignIn,
    private readonly config: Config,
  ) {}

  @Get('devices')
  @Render('access/devices')
  async devices(@Req() request: FastifyRequest): Promise<object> {
    const visitor = visitorIn(request);
    const accountId = visitor.actor.accountId ?? '';
    const factor = await this.asked.factor(accountId);
    const { boundAt, mayBind } = await this.identities.stateOf(accountId);
    const hasIdentityPage = mayBind || boundAt !== null;
    const devices = await this.sessions.devices(visitor);
    return devicesView(devices, factor, carriesTexts(this.config), hasIdentityPage);
  }

  @Post('devices/others/ending')
  async endOthers(
    @From() caller: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.endOthers(caller, visitorIn(request));
    reply.redirect('/me/devices', 303);
  }

  @Post('devices/:sessionId/ending')
  async endOne(
    @From() caller: Caller,
    @Param('sessionId', ParseUUIDPipe) sessionId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.endOne(caller, sessionId);
    reply.redirect('/me/devices', 303);
  }

  @Get('second-factor')
  @Render('access/second-factor')
  async factor(@Req() request: FastifyRequest): Promise<object> {
    return this.factorPage(visitorIn(request), {});
  }

  @Post('second-factor')
  async begin(
    @From() caller: Caller,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const visitor = visitorIn(request);
    const form = await parseForm(PasswordForm, body);
    if (!form.ok) {
      await this.factorAgain(reply, visitor, form.errors);
      return;
    }
    try {
      await this.proofs.beginFactor(caller, visitor, form.values.password);
      reply.redirect('/me/second-factor', 303);
    } catch (error) {
      await this.factorAgain(reply, visitor, besides(error, 'password'));
    }
  }

  @Post('second-factor/confirmation')
  @HttpCode(200)
  async confirm(
    @From() caller: Caller,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.withCode(body, visitorIn(request), reply, (code) =>
      this.factors.confirm(caller, visitorIn(request), code),
    );
  }

  @Post('second-factor/recovery-codes')
  @HttpCode(200)
  async renewCodes(
    @From() caller: Caller,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.withCode(body, visitorIn(request), reply, (code) => this.proofs.renewCodes(caller, code));
  }

  @Get('proof')
  @Render('access/proof')
  askProof(
    @Query('next') next: unknown,
    @Query('sent') sent: unknown,
    @Query('lost') lost: unknown,
    @Req() request: FastifyRequest,
  ): object {
    const to = nextPage(typeof next === 'string' ? next.trim() : '');
    return proofView(wayOf(visitorIn(request)), { next: to, wasLost: lost === '1' }, sent === '1', {});
  }

  /** For whoever has no password. */
  @Post('proof/text')
  async textProof(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const visitor = visitorIn(request);
    const { typed } = await parseForm(ProofForm, body);
    const after = proofForIn(typed);
    try {
      giveTextCookie(reply, this.config, await this.phones.askProof(visitor.actor.accountId ?? ''));
      const to = after.next === null ? '' : `&next=${encodeURIComponent(after.next)}`;
      reply.redirect(`/me/proof?sent=1${to}${after.wasLost ? '&lost=1' : ''}`, 303);
    } catch (error) {
      void reply.status(422);
      void reply.view('access/proof', proofView(wayOf(visitor), after, true, besides(error, 'code')));
    }
  }

  @Post('proof')
  async prove(
    @From() caller: Caller,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const visitor = visitorIn(request);
    const way = wayOf(visitor);
    const form = await parseForm(ProofForm, body);
    const after = proofForIn(form.typed);
    const again = (errors: FieldErrors) => {
      void reply.status(422);
      void reply.view('access/proof', proofView(way, after, true, errors));
    };
    if (!form.ok) {
      again(form.errors);
      return;
    }
    const { password = null, code = null } = form.values;
    try {
      const challenge = challengeIn(request, this.config);
      await this.proofs.proveAgain(caller, visitor, { password, code, challenge });
      reply.redirect(after.next ?? '/', 303);
    } catch (error) {
      again(besides(error, way === 'password' ? 'password' : 'code'));
    }
  }

  /** The codes for a lost phone are shown by the answer itself, once: no page can be gone back to for them. */
  private async withCode(
    body: unknown,
    visitor: Visitor,
    reply: FastifyReply,
    act: (code: string) => Promise<string[] | null>,
  ): Promise<void> {
    const form = await parseForm(CodeForm, body);
    if (!form.ok) {
      await this.factorAgain(reply, visitor, form.errors);
      return;
    }
    try {
      void reply.view('access/recovery-codes', recoveryCodesView(await act(form.values.code)));
    } catch (error) {
      const isOver = error instanceof FactorTooLate;
      await this.factorAgain(reply, visitor, besides(error, isOver ? 'password' : 'code'));
    }
  }

  private async factorAgain(reply: FastifyReply, visitor: Visitor, errors: FieldErrors): Promise<void> {
    void reply.status(422);
    void reply.view('access/second-factor', await this.factorPage(visitor, errors));
  }

  private async factorPage(visitor: Visitor, errors: FieldErrors): Promise<object> {
    const accountId = visitor.actor.accountId ?? '';
    const state = await this.asked.factor(accountId);
    const enrolment = await this.factors.enrolment(accountId, visitor.login);
    const isAdmin = visitor.actor.roles.includes('system-admin');
    return factorView({ state, enrolment, mustEnrol: visitor.mustEnrol, isAdmin }, errors);
  }
}

/** The table lets only those in who are signed in. */
export function visitorIn(request: FastifyRequest): Visitor {
  if (!request.visitor) throw new SessionNotFound();
  return request.visitor;
}

function proofForIn(typed: Typed): ProofFor {
  return { next: nextPage(textIn(typed, 'next')), wasLost: textIn(typed, 'lost') === '1' };
}

function besides(error: unknown, field: string): FieldErrors {
  if (!(error instanceof DomainError)) throw error;
  return { [field]: `${error.message}${error.advice}` };
}
