import { Body, Controller, Get, Header, Ip, Param, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { From } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { SocietiesQueries } from '../../societies/index.js';
import { readCode } from '../domain/notice-number.js';
import { NoticeNotFound } from '../domain/notices.errors.js';
import { TooManyObjections } from '../domain/objection.errors.js';
import { NoticesQueries } from '../notices.queries.js';
import type { Notice } from '../notices.queries.js';
import { ObjectionForm, saidIn } from './objections.forms.js';
import { ObjectionsService } from './objections.service.js';
import { askView, ownObjectionView, raiseView } from './public-objections.views.js';
import type { AskView, RaiseView } from './public-objections.views.js';

const UNLISTED = ['x-robots-tag', 'noindex, noarchive'] as const;

/** 我有异议: anybody, by the code on the paper, without an account and without script; and how it ended, by a code of one's own. */
@Controller()
export class PublicObjectionsPages {
  constructor(
    private readonly objections: ObjectionsService,
    private readonly notices: NoticesQueries,
    private readonly societies: SocietiesQueries,
    private readonly clock: Clock,
  ) {}

  @Get('n/:code/objection')
  @Header(...UNLISTED)
  @Render('notice-objections/raise')
  async form(@Param('code') code: string): Promise<RaiseView> {
    return this.raiseView(await this.signed(code), {}, {});
  }

  @Post('n/:code/objection')
  @Header(...UNLISTED)
  async raise(
    @Param('code') code: string,
    @From() { key, actor }: Caller,
    @Body() body: unknown,
    @Ip() address: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const notice = await this.signed(code);
    const form = await parseForm(ObjectionForm, body);
    const again = async (errors: FieldErrors) => {
      const view = await this.raiseView(notice, form.typed, errors);
      void reply.status(422).view('notice-objections/raise', view);
    };
    if (!form.ok) return again(form.errors);
    try {
      const { ground } = form.values;
      const asked = { code, ground, said: saidIn(form.values) };
      const raised = await this.objections.raise({ key, origin: actor.origin, address }, asked);
      reply.redirect(`/o/${raised.code}?new=1`, 303);
    } catch (error) {
      if (!(error instanceof TooManyObjections)) throw error;
      await again({ words: `${error.message}${error.advice}` });
    }
  }

  @Get('o')
  @Header(...UNLISTED)
  async ask(@Query('code') typed: unknown, @Res() reply: FastifyReply): Promise<void> {
    const text = typeof typed === 'string' ? typed : '';
    const code = readCode(text);
    if (code !== null) return reply.redirect(`/o/${code}`, 303);
    const errors: FieldErrors = text === '' ? {} : { code: '查询码是 8 位字母和数字，请再看一遍' };
    const view: AskView = askView({ code: text }, errors);
    await reply.status(text === '' ? 200 : 422).view('notice-objections/ask', view);
  }

  @Get('o/:queryCode')
  @Header(...UNLISTED)
  async read(
    @Param('queryCode') typed: string,
    @Query('new') isNew: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const objection = await this.objections.byCode(typed);
    const charter = await this.societies.charterOn(objection.societyId, dayOf(this.clock.now()));
    const view = ownObjectionView(objection, readCode(typed) ?? '', charter, isNew === '1');
    await reply.view('notice-objections/own', view);
  }

  @Post('o/:queryCode/withdrawal')
  @Header(...UNLISTED)
  async withdraw(
    @Param('queryCode') typed: string,
    @From() { key, actor }: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.objections.withdrawByCode({ key, origin: actor.origin }, typed);
    reply.redirect(`/o/${readCode(typed) ?? ''}`, 303);
  }

  private async raiseView(notice: Notice, typed: Typed, errors: FieldErrors): Promise<RaiseView> {
    const now = this.clock.now();
    const charter = await this.societies.charterOn(notice.societyId, dayOf(now));
    return raiseView(notice, charter, now, typed, errors);
  }

  private async signed(typed: string): Promise<Notice> {
    const code = readCode(typed);
    const notice = code === null ? null : await this.notices.findByCode(code);
    if (!notice) throw new NoticeNotFound();
    return notice;
  }
}
