import { Controller, Get, Param, ParseUUIDPipe, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../kernel/actor.js';
import { From } from '../platform/web/caller.js';
import { MessagesReading } from './messages.reading.js';
import { MessagesService } from './messages.service.js';
import { ALL_MESSAGES, allMessagesView } from './messages.views.js';
import type { AllMessagesView } from './messages.views.js';

/** 短信 of the whole house, for whoever looks after the system: no number, no words, only what went wrong. */
@Controller('admin/messages')
export class AllMessagesPages {
  constructor(
    private readonly messages: MessagesService,
    private readonly reading: MessagesReading,
  ) {}

  @Get()
  @Render('messages/all-messages')
  async list(@Query('after') after: unknown): Promise<AllMessagesView> {
    return allMessagesView(await this.reading.shown(null, typeof after === 'string' ? after : null));
  }

  @Post('failed/retry')
  async retryFailed(@From() caller: Caller, @Res() reply: FastifyReply): Promise<void> {
    await this.messages.retryFailed(caller, null);
    reply.redirect(ALL_MESSAGES, 303);
  }

  @Post(':messageId/retry')
  async retry(
    @From() caller: Caller,
    @Param('messageId', ParseUUIDPipe) messageId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.messages.retryMessage(caller, null, { messageId });
    reply.redirect(ALL_MESSAGES, 303);
  }
}
