import { Body, Controller, Get, Header, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { isToken, tokenHash } from '../../access/index.js';
import type { Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { From } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors } from '../../platform/web/forms.js';
import { SocietiesQueries } from '../../societies/index.js';
import { OwnUseAnswerForm } from './change-of-use.forms.js';
import { ChangesOfUseQueries } from './change-of-use.queries.js';
import { ChangesOfUseService } from './change-of-use.service.js';
import { answerPageView, isOver, noAnswerView } from './change-of-use-answer.views.js';

const UNLISTED = ['x-robots-tag', 'noindex, noarchive'] as const;

/** A giver's answer by a link of his own, without an account. Looking never answers: messengers look too. */
@Controller('g/:token')
export class UseAnswerPages {
  constructor(
    private readonly changes: ChangesOfUseService,
    private readonly queries: ChangesOfUseQueries,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Header(...UNLISTED)
  async open(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    await this.show(reply, token, {});
  }

  @Post()
  @Header(...UNLISTED)
  async answer(
    @Param('token') token: string,
    @From() { key }: Caller,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(OwnUseAnswerForm, body);
    if (!form.ok) return this.show(reply, token, form.errors);
    const link = isToken(token) ? await this.queries.byToken(tokenHash(token)) : null;
    if (!link) return this.show(reply, token, {});
    try {
      await this.changes.answerByLink(key, { token, answer: form.values.answer }, link.societyId);
    } catch (error) {
      if (!isOver(error)) throw error;
      return this.show(reply, token, {});
    }
    reply.redirect(`/g/${token}`, 303);
  }

  private async show(reply: FastifyReply, token: string, errors: FieldErrors): Promise<void> {
    const link = isToken(token) ? await this.queries.byToken(tokenHash(token)) : null;
    const giver = link && (await this.queries.giver(link.giverId));
    if (!link || !giver) {
      await reply.status(404).view('donations/change-of-use-no-answer', noAnswerView(null, 'LINK'));
      return;
    }
    const change = await this.queries.change(link.societyId, link.changeId);
    const charter = await this.societies.charterOn(link.societyId, dayOf(this.clock.now()));
    if (change.state !== 'ASKING' || giver.frozenFen === 0) {
      await reply.status(410).view('donations/change-of-use-no-answer', noAnswerView(charter, 'LINK'));
      return;
    }
    if (Object.keys(errors).length > 0) reply.status(422);
    const asked = { asked: 'LINK', action: `/g/${token}` } as const;
    const facts = { ...asked, societyName: link.societyName, change, giver, charter, errors };
    await reply.view('donations/change-of-use-answer', answerPageView(facts));
  }
}
