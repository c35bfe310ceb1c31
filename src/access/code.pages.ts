import { Body, Controller, Get, Post, Query, Render, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../kernel/domain-error.js';
import { Config } from '../platform/config.js';
import { parseForm, textIn } from '../platform/web/forms.js';
import { CodeForm } from './access.forms.js';
import { signInView } from './access.views.js';
import { deviceIn, giveCookies, stepIn } from './cookies.js';
import { StepGone } from './domain/access.errors.js';
import { nextPage } from './domain/next-page.js';
import { codeView } from './me.views.js';
import type { Entrance, SignedIn } from './session-opener.js';
import { SignInService } from './sign-in.service.js';
import { waysIn } from './ways.js';

const nextOf = (next: unknown) => nextPage(typeof next === 'string' ? next.trim() : '');

/** The second half of signing in: the code after the password. */
@Controller('sign-in/code')
export class CodePages {
  constructor(
    private readonly entering: SignInService,
    private readonly config: Config,
  ) {}

  @Get()
  @Render('access/code')
  ask(@Query('next') next: unknown): object {
    return codeView(nextOf(next), {});
  }

  @Post()
  async enter(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(CodeForm, body);
    const next = nextPage(textIn(form.typed, 'next'));
    if (!form.ok) {
      void reply.status(422);
      void reply.view('access/code', codeView(next, form.errors));
      return;
    }
    try {
      const step = stepIn(request, this.config);
      const signedIn = await this.entering.finish(step, form.values.code, entranceOf(request, this.config));
      giveCookies(reply, this.config, signedIn);
      reply.redirect(next ?? homeOf(signedIn), 303);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const words = `${error.message}${error.advice}`;
      void reply.status(422);
      if (error instanceof StepGone)
        void reply.view('access/sign-in', signInView(next, waysIn(this.config), {}, { login: words }));
      else void reply.view('access/code', codeView(next, { code: words }));
    }
  }
}

/** Where and with what somebody stands at the door. */
export function entranceOf(request: FastifyRequest, config: Config): Omit<Entrance, 'keep'> {
  return {
    origin: 'web',
    device: deviceIn(request, config),
    societyId: null,
    address: request.ip,
    userAgent: request.headers['user-agent'] ?? null,
  };
}

export function homeOf({ isAdmin, societyId, roles }: SignedIn): string {
  if (isAdmin) return '/admin';
  if (societyId !== null) return '/s';
  return roles.includes('donor') ? '/d' : '/choose';
}
