import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import { MessageChoiceForm } from './messages.forms.js';
import { MessagesQueries } from './messages.queries.js';
import type { MessageCounts, MessageLine } from './messages.queries.js';
import { MessagesService } from './messages.service.js';

type Listed = { readonly counts: MessageCounts; readonly items: readonly MessageLine[] };

/** Texts of the society that the caller acts in. */
@ApiTags('messages')
@ApiBearerAuth()
@Controller('api/v1/messages')
export class MessagesController {
  constructor(
    private readonly messages: MessagesService,
    private readonly queries: MessagesQueries,
    private readonly clock: Clock,
  ) {}

  /** The newest first, twenty at a time; `after` is the last id of the page before. Numbers by their last four digits. */
  @Get()
  @ApiOperation({ operationId: 'listMessages' })
  async list(@By() actor: Actor, @Query('after') after: unknown): Promise<Listed> {
    return listed(this.queries, { societyId: societyOf(actor), now: this.clock.now() }, after);
  }

  @Post('choices')
  @HttpCode(200)
  @ApiOperation({ operationId: 'recordMessageChoice' })
  @ApiBody({ type: MessageChoiceForm })
  async choose(@From() caller: Caller, @Body() body: unknown): Promise<{ tail: string }> {
    const said = await parseJson(MessageChoiceForm, body);
    return this.messages.recordChoice(caller, societyOf(caller.actor), said);
  }

  @Post('failed/retry')
  @HttpCode(200)
  @ApiOperation({ operationId: 'retryFailedMessages' })
  async retryFailed(@From() caller: Caller): Promise<{ retried: number }> {
    return this.messages.retryFailed(caller, societyOf(caller.actor));
  }

  @Post(':messageId/retry')
  @HttpCode(200)
  @ApiOperation({ operationId: 'retryMessage' })
  async retry(
    @From() caller: Caller,
    @Param('messageId', ParseUUIDPipe) messageId: string,
  ): Promise<{ messageId: string }> {
    return this.messages.retryMessage(caller, societyOf(caller.actor), { messageId });
  }
}

/** The same of the whole house, for the system administrator. */
@ApiTags('messages')
@ApiBearerAuth()
@Controller('api/v1/all-messages')
export class AllMessagesController {
  constructor(
    private readonly messages: MessagesService,
    private readonly queries: MessagesQueries,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listAllMessages' })
  async list(@Query('after') after: unknown): Promise<Listed> {
    return listed(this.queries, { societyId: null, now: this.clock.now() }, after);
  }

  @Post('failed/retry')
  @HttpCode(200)
  @ApiOperation({ operationId: 'retryAllFailedMessages' })
  async retryFailed(@From() caller: Caller): Promise<{ retried: number }> {
    return this.messages.retryFailed(caller, null);
  }

  @Post(':messageId/retry')
  @HttpCode(200)
  @ApiOperation({ operationId: 'retryAnyMessage' })
  async retry(
    @From() caller: Caller,
    @Param('messageId', ParseUUIDPipe) messageId: string,
  ): Promise<{ messageId: string }> {
    return this.messages.retryMessage(caller, null, { messageId });
  }
}

async function listed(
  queries: MessagesQueries,
  { societyId, now }: { readonly societyId: string | null; readonly now: Date },
  after: unknown,
): Promise<Listed> {
  const from = typeof after === 'string' ? after : null;
  const [counts, items] = await Promise.all([
    queries.counts(societyId, now),
    queries.list(societyId, { after: from }),
  ]);
  return { counts, items };
}
