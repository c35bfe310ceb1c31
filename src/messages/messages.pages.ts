import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { NoPhoneNumber } from './domain/messages.errors.js';
import { MessageChoiceForm } from './messages.forms.js';
import { MessagesQueries } from './messages.queries.js';
import { MessagesReading } from './messages.reading.js';
import { MessagesService } from './messages.service.js';
import { messagesView, OFFICE_MESSAGES } from './messages.views.js';
import type { MessagesView } from './messages.views.js';

/** 短信: what the society's people were told by text, what did not go out, and who wants none. */
@Controller('s/messages')
export class MessagesPages {
  constructor(
    private readonly messages: MessagesService,
    private readonly queries: MessagesQueries,
    private readonly reading: MessagesReading,
  ) {}

  @Get()
  @Render('messages/messages')
  async list(@By() actor: Actor, @Query('after') after: unknown): Promise<MessagesView> {
    return this.page(actor, typeof after === 'string' ? after : null, {}, {});
  }

  /** By number, in the body: numbers must not stand in addresses. */
  @Post('choices')
  async choose(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(MessageChoiceForm, body);
    const again = async (errors: FieldErrors) =>
      void reply
        .status(422)
        .view('messages/messages', await this.page(caller.actor, null, form.typed, errors));
    if (!form.ok) return again(form.errors);
    try {
      await this.messages.recordChoice(caller, societyOf(caller.actor), form.values);
      reply.redirect(OFFICE_MESSAGES, 303);
    } catch (error) {
      if (!(error instanceof NoPhoneNumber)) throw error;
      await again({ number: `${error.message}${error.advice}` });
    }
  }

  @Post('failed/retry')
  async retryFailed(@From() caller: Caller, @Res() reply: FastifyReply): Promise<void> {
    await this.messages.retryFailed(caller, societyOf(caller.actor));
    reply.redirect(OFFICE_MESSAGES, 303);
  }

  @Post(':messageId/retry')
  async retry(
    @From() caller: Caller,
    @Param('messageId', ParseUUIDPipe) messageId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.messages.retryMessage(caller, societyOf(caller.actor), { messageId });
    reply.redirect(OFFICE_MESSAGES, 303);
  }

  private async page(
    actor: Actor,
    after: string | null,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<MessagesView> {
    const societyId = societyOf(actor);
    const shown = await this.reading.shown(societyId, after);
    return messagesView(shown, await this.queries.choices(societyId), typed, errors);
  }
}
