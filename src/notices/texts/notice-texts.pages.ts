import { Body, Controller, Get, HttpCode, Param, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { MissingGlyph } from '../../platform/pdf/pdf.errors.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import {
  NoticeTextDayWrong,
  NoticeTextRefused,
  NoticeTextSetAbove,
  NoticeTextUnchanged,
} from '../domain/notice-text.errors.js';
import type { TextKey } from '../domain/notice-texts.js';
import { textFault } from '../domain/text-rules.js';
import { NoticeTextSamples } from './notice-text-samples.js';
import { NoticeTextForm, textKeyOf, textTypedOf } from './notice-texts.forms.js';
import { maySetTexts } from './notice-texts.permissions.js';
import { NoticeTextsReading } from './notice-texts.reading.js';
import { NoticeTextsService } from './notice-texts.service.js';
import { NOTICE_TEXTS, textsView, textView } from './notice-texts.views.js';
import type { TextsView, TextView } from './notice-texts.views.js';

/** 公示用语: how the notices of this organisation, and of those below it, say what all of them say. */
@Controller('s/notices/texts')
export class NoticeTextsPages {
  constructor(
    private readonly texts: NoticeTextsService,
    private readonly reading: NoticeTextsReading,
    private readonly samples: NoticeTextSamples,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Render('notice-texts/list')
  async list(@By() actor: Actor): Promise<TextsView> {
    const setter = await this.reading.setterAbove(societyOf(actor));
    return textsView(await this.reading.all(societyOf(actor)), setter, maySetTexts(actor));
  }

  @Get(':textKey')
  @Render('notice-texts/text')
  async show(@By() actor: Actor, @Param('textKey') textKey: string): Promise<TextView> {
    return this.view(actor, textKeyOf(textKey), {}, {}, null);
  }

  /** Shows a notice with the text, and keeps nothing. By POST, since it is too long for an address. */
  @Post(':textKey/sample')
  @HttpCode(200)
  async sample(
    @By() actor: Actor,
    @Param('textKey') textKey: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const key = textKeyOf(textKey);
    const form = await parseForm(NoticeTextForm, body);
    if (!form.ok) return this.again(reply, actor, key, form.typed, form.errors);
    const text = (form.values.text ?? '').trim();
    const fault = textFault(key, text);
    if (fault !== null) return this.again(reply, actor, key, form.typed, { text: fault });
    const html = await this.samples.html(societyOf(actor), key, text);
    void reply.view('notice-texts/text', await this.view(actor, key, form.typed, {}, html));
  }

  @Post(':textKey')
  async set(
    @From() caller: Caller,
    @Param('textKey') textKey: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const key = textKeyOf(textKey);
    const form = await parseForm(NoticeTextForm, body);
    if (!form.ok) return this.again(reply, caller.actor, key, form.typed, form.errors);
    try {
      await this.texts.setText(caller, textTypedOf(key, form.values));
      reply.redirect(NOTICE_TEXTS, 303);
    } catch (error) {
      await this.again(reply, caller.actor, key, form.typed, faultsOf(error));
    }
  }

  private async again(
    reply: FastifyReply,
    actor: Actor,
    key: TextKey,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<void> {
    void reply.status(422).view('notice-texts/text', await this.view(actor, key, typed, errors, null));
  }

  private async view(
    actor: Actor,
    key: TextKey,
    typed: Typed,
    errors: FieldErrors,
    html: string | null,
  ): Promise<TextView> {
    const text = await this.reading.one(societyOf(actor), key);
    const setter = await this.reading.setterAbove(societyOf(actor));
    return textView({ text, setter, today: dayOf(this.clock.now()), html }, typed, errors);
  }
}

/** A refusal about one field stands beside it; others go on to the filter. */
function faultsOf(error: unknown): FieldErrors {
  if (
    error instanceof NoticeTextRefused ||
    error instanceof NoticeTextSetAbove ||
    error instanceof NoticeTextUnchanged ||
    error instanceof MissingGlyph
  )
    return { text: `${error.message}${error.advice}` };
  if (error instanceof NoticeTextDayWrong) return { validFrom: `${error.message}${error.advice}` };
  throw error;
}
