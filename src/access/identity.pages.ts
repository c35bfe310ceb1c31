import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../kernel/actor.js';
import { DomainError } from '../kernel/domain-error.js';
import { Config } from '../platform/config.js';
import { From } from '../platform/web/caller.js';
import { signInView } from './access.views.js';
import { entranceOf, homeOf } from './code.pages.js';
import {
  giveCookies,
  giveIdentityCookie,
  giveStepCookie,
  identityIn,
  takeIdentityCookie,
} from './cookies.js';
import { IdentityStepGone, NoIdentityProvider, ProviderDown } from './domain/identity.errors.js';
import { nextPage } from './domain/next-page.js';
import { IdentitySignIn } from './identity-sign-in.service.js';
import type { ProviderAnswer } from './identity-sign-in.service.js';
import { ownIdentityView } from './identity.views.js';
import { visitorIn } from './me.pages.js';
import { waysIn } from './ways.js';

/** To the federation's identity provider and back, and the identity that one signs in with. */
@Controller()
export class IdentityPages {
  constructor(
    private readonly identities: IdentitySignIn,
    private readonly config: Config,
  ) {}

  @Get('sign-in/oidc')
  async leave(@Query('next') next: unknown, @Res() reply: FastifyReply): Promise<void> {
    this.onlyWithProvider();
    const to = nextPage(typeof next === 'string' ? next.trim() : '');
    try {
      const { address, sealed } = await this.identities.begin(to);
      giveIdentityCookie(reply, this.config, sealed);
      reply.redirect(address.href, 303);
    } catch (error) {
      this.atTheDoor(reply, to, error);
    }
  }

  /** For both ways, since a provider knows one address of ours. What the browser carries says which it is. */
  @Get('sign-in/oidc/return')
  async comeBack(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.onlyWithProvider();
    const sealed = identityIn(request, this.config);
    const query = new URLSearchParams(request.url.split('?', 2)[1] ?? '');
    const answer = { sealed, query, address: request.ip };
    takeIdentityCookie(reply, this.config);
    if (this.identities.isBinding(sealed)) await this.comeBackToBind(answer, request, reply);
    else await this.comeIn(answer, request, reply);
  }

  @Get('me/identity')
  async own(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    void reply.view('access/own-identity', await this.ownPage(request, null));
  }

  /** Binds nothing yet, and so asks for no fresh proof: a browser would follow no address of another house after it. */
  @Get('me/identity/provider')
  async leaveToBind(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    try {
      const { address, sealed } = await this.identities.beginBinding(visitorIn(request));
      giveIdentityCookie(reply, this.config, sealed);
      reply.redirect(address.href, 303);
    } catch (error) {
      await this.ownAgain(request, reply, error);
    }
  }

  @Post('me/identity')
  async bind(
    @From() caller: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    try {
      await this.identities.bind(caller, visitorIn(request), identityIn(request, this.config));
      takeIdentityCookie(reply, this.config);
      reply.redirect('/me/identity', 303);
    } catch (error) {
      await this.ownAgain(request, reply, error);
    }
  }

  @Post('me/identity/removal')
  async unbind(
    @From() caller: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { actor, sessionId } = visitorIn(request);
    await this.identities.unbind(caller, actor.accountId ?? '', sessionId);
    reply.redirect('/me/identity', 303);
  }

  private async comeIn(answer: ProviderAnswer, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    try {
      const come = await this.identities.enter(answer, entranceOf(request, this.config));
      if (come.done) {
        giveCookies(reply, this.config, come.signedIn);
        reply.redirect(come.next ?? homeOf(come.signedIn), 303);
        return;
      }
      giveStepCookie(reply, this.config, come.step);
      reply.redirect(
        `/sign-in/code${come.next === null ? '' : `?next=${encodeURIComponent(come.next)}`}`,
        303,
      );
    } catch (error) {
      this.atTheDoor(reply, null, error);
    }
  }

  private async comeBackToBind(
    answer: ProviderAnswer,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    if (!request.visitor) {
      this.atTheDoor(reply, '/me/identity', new IdentityStepGone());
      return;
    }
    try {
      giveIdentityCookie(reply, this.config, await this.identities.find(answer, request.visitor));
      reply.redirect('/me/identity', 303);
    } catch (error) {
      await this.ownAgain(request, reply, error);
    }
  }

  /** The password works as ever: it stands right below. */
  private atTheDoor(reply: FastifyReply, next: string | null, error: unknown): void {
    const words = refusedWith(reply, error);
    void reply.view('access/sign-in', signInView(next, waysIn(this.config), {}, { login: words }));
  }

  private async ownAgain(request: FastifyRequest, reply: FastifyReply, error: unknown): Promise<void> {
    const words = refusedWith(reply, error);
    void reply.view('access/own-identity', await this.ownPage(request, words));
  }

  private async ownPage(request: FastifyRequest, refusal: string | null): Promise<object> {
    const visitor = visitorIn(request);
    const state = await this.identities.stateOf(visitor.actor.accountId ?? '');
    if (state.boundAt === null) this.onlyWithProvider();
    const wasFound = this.identities.wasFound(visitor, identityIn(request, this.config));
    return ownIdentityView({ ...state, wasFound }, refusal);
  }

  private onlyWithProvider(): void {
    if (this.config.oidc === null) throw new NoIdentityProvider();
  }
}

const STATUS_OF: Partial<Record<DomainError['kind'], number>> = { forbidden: 403 };

function refusedWith(reply: FastifyReply, error: unknown): string {
  if (!(error instanceof DomainError)) throw error;
  void reply.status(error instanceof ProviderDown ? 503 : (STATUS_OF[error.kind] ?? 422));
  return `${error.message}${error.advice}`;
}
