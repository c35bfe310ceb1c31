import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Render,
  Res,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { TooManyWebhooks, WebhookUrlRefused } from '../domain/webhook.errors.js';
import { WebhookForm } from './webhook.forms.js';
import { WebhookQueries } from './webhook.queries.js';
import { WebhookService } from './webhook.service.js';
import { webhookMadeView, WEBHOOKS, webhooksView, webhookView } from './webhook.views.js';
import type { WebhooksView, WebhookView } from './webhook.views.js';

/** 通知别的系统: which programs are told of gifts, and what became of each telling. */
@Controller('s/webhooks')
export class WebhookPages {
  constructor(
    private readonly webhooks: WebhookService,
    private readonly queries: WebhookQueries,
  ) {}

  @Get()
  @Render('donations/webhooks')
  async list(@By() actor: Actor): Promise<WebhooksView> {
    return this.page(actor, { events: ['gift.received', 'gift.used'] }, {});
  }

  /** The secret stands on this page and on no other. */
  @Post()
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async add(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(WebhookForm, body);
    const again = async (errors: FieldErrors) =>
      void reply.status(422).view('donations/webhooks', await this.page(caller.actor, form.typed, errors));
    if (!form.ok) return again(form.errors);
    try {
      const made = await this.webhooks.addWebhook(caller, form.values);
      void reply.view('donations/webhook-made', webhookMadeView(made));
    } catch (error) {
      if (!(error instanceof WebhookUrlRefused) && !(error instanceof TooManyWebhooks)) throw error;
      await again({ url: `${error.message}${error.advice}` });
    }
  }

  @Get(':endpointId')
  @Render('donations/webhook')
  async read(
    @By() actor: Actor,
    @Param('endpointId', ParseUUIDPipe) endpointId: string,
    @Query('after') after: unknown,
  ): Promise<WebhookView> {
    const endpoint = await this.queries.endpoint(societyOf(actor), endpointId);
    const from = typeof after === 'string' ? after : null;
    return webhookView(endpoint, await this.queries.deliveries(endpointId, from));
  }

  @Post(':endpointId/end')
  async end(
    @From() caller: Caller,
    @Param('endpointId', ParseUUIDPipe) endpointId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.webhooks.endWebhook(caller, { endpointId });
    reply.redirect(WEBHOOKS, 303);
  }

  @Post(':endpointId/replay')
  async replayFailed(
    @From() caller: Caller,
    @Param('endpointId', ParseUUIDPipe) endpointId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.webhooks.replayFailed(caller, { endpointId });
    reply.redirect(`${WEBHOOKS}/${endpointId}`, 303);
  }

  @Post('deliveries/:deliveryId/replay')
  async replay(
    @From() caller: Caller,
    @Param('deliveryId', ParseUUIDPipe) deliveryId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.webhooks.replayDelivery(caller, { deliveryId });
    reply.redirect(WEBHOOKS, 303);
  }

  private async page(actor: Actor, typed: Typed, errors: FieldErrors): Promise<WebhooksView> {
    return webhooksView(await this.queries.endpoints(societyOf(actor)), typed, errors);
  }
}
