import { Body, Controller, Get, Post, Render, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../kernel/actor.js';
import { By } from '../platform/web/caller.js';
import { FONT_COOKIE } from '../platform/web/frame.js';
import { FONT_SIZES } from '../platform/web/views.js';

const YEAR_S = 31_536_000;
/** An address of this house, as a header takes it: a tab would be dropped, and `/\t/` lead elsewhere. */
const OURS = /^\/(?![/\\])[!-[\]-~]*$/;
/** What a search found was sent for by POST: back is where it began. */
const FOUND = /(?<=.)\/search$/;

@Controller()
export class HousePages {
  /** The door: who has signed in goes to work, a stranger signs in. */
  @Get()
  enter(@By() actor: Actor, @Res() reply: FastifyReply): void {
    if (actor.accountId === null) void reply.redirect('/sign-in', 303);
    else if (actor.societyId !== null && !actor.roles.includes('system-admin'))
      void reply.redirect('/s', 303);
    else if (actor.roles.includes('donor')) void reply.redirect('/d', 303);
    else void reply.redirect(actor.roles.includes('system-admin') ? '/admin' : '/choose', 303);
  }

  @Get('help')
  @Render('help')
  help(@Req() request: FastifyRequest): { title: string; phone: string | null } {
    return { title: '怎么用', phone: request.surroundings?.phone ?? null };
  }

  @Post('font-size')
  setFontSize(@Body() body: Record<string, unknown>, @Res() reply: FastifyReply): void {
    const size = FONT_SIZES.find((known) => known === body['size']) ?? 'standard';
    const back = body['back'];
    void reply
      .setCookie(FONT_COOKIE, size, { path: '/', maxAge: YEAR_S, httpOnly: true, sameSite: 'lax' })
      .redirect(typeof back === 'string' && OURS.test(back) ? back.replace(FOUND, '') : '/', 303);
  }
}
