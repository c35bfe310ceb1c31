import { Body, Controller, Get, Header, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../../kernel/actor.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseJson } from '../../platform/web/forms.js';
import { WebhookForm } from './webhook.forms.js';
import { WebhookQueries } from './webhook.queries.js';
import type { DeliveryRow, EndpointRow } from './webhook.queries.js';
import { WebhookService } from './webhook.service.js';
import type { WebhookMade } from './webhook.service.js';

@ApiTags('donations')
@ApiBearerAuth()
@Controller('api/v1/webhooks')
export class WebhookController {
  constructor(
    private readonly webhooks: WebhookService,
    private readonly queries: WebhookQueries,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listWebhooks' })
  async list(@By() actor: Actor): Promise<{ items: readonly EndpointRow[] }> {
    return { items: await this.queries.endpoints(societyOf(actor)) };
  }

  /** Signed by Standard Webhooks. The secret is in this answer once; asked again under the same key it is null. */
  @Post()
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @ApiOperation({ operationId: 'addWebhook' })
  @ApiBody({ type: WebhookForm })
  async add(@From() caller: Caller, @Body() body: unknown): Promise<WebhookMade> {
    return this.webhooks.addWebhook(caller, await parseJson(WebhookForm, body));
  }

  /** The newest first, fifty at a time; `after` is the last id of the page before. */
  @Get(':endpointId/deliveries')
  @ApiOperation({ operationId: 'readWebhook' })
  async deliveries(
    @By() actor: Actor,
    @Param('endpointId', ParseUUIDPipe) endpointId: string,
    @Query('after') after: unknown,
  ): Promise<{ items: readonly DeliveryRow[] }> {
    await this.queries.endpoint(societyOf(actor), endpointId);
    return {
      items: await this.queries.deliveries(endpointId, typeof after === 'string' ? after : null),
    };
  }

  @Post(':endpointId/end')
  @HttpCode(200)
  @ApiOperation({ operationId: 'endWebhook' })
  async end(
    @From() caller: Caller,
    @Param('endpointId', ParseUUIDPipe) endpointId: string,
  ): Promise<{ endpointId: string }> {
    return this.webhooks.endWebhook(caller, { endpointId });
  }

  /** All that never arrived there. */
  @Post(':endpointId/replay')
  @HttpCode(200)
  @ApiOperation({ operationId: 'replayWebhook' })
  async replayFailed(
    @From() caller: Caller,
    @Param('endpointId', ParseUUIDPipe) endpointId: string,
  ): Promise<{ replayed: number }> {
    return this.webhooks.replayFailed(caller, { endpointId });
  }

  @Post('deliveries/:deliveryId/replay')
  @HttpCode(200)
  @ApiOperation({ operationId: 'replayDelivery' })
  async replay(
    @From() caller: Caller,
    @Param('deliveryId', ParseUUIDPipe) deliveryId: string,
  ): Promise<{ deliveryId: string }> {
    return this.webhooks.replayDelivery(caller, { deliveryId });
  }
}
