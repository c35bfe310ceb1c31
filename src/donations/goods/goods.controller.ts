import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../../kernel/actor.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseJson } from '../../platform/web/forms.js';
import { Uploads, UploadedFiles } from '../../platform/web/uploads.js';
import {
  foundInJson,
  GoodsDisposalForm,
  GoodsForm,
  goodsIn,
  GoodsInspectionJson,
  GoodsIssueForm,
  GoodsValueJson,
  valuesInJson,
} from './goods.forms.js';
import { GoodsQueries } from './goods.queries.js';
import type { DeliveryRow, ItemRow } from './goods.queries.js';
import { GoodsService } from './goods.service.js';

@ApiTags('donations')
@ApiBearerAuth()
@Controller('api/v1/goods')
export class GoodsController {
  constructor(
    private readonly goods: GoodsService,
    private readonly queries: GoodsQueries,
  ) {}

  /** What is on the shelf, and what waits to be taken in. */
  @Get()
  @ApiOperation({ operationId: 'listGoods' })
  async list(@By() actor: Actor): Promise<{ stock: readonly ItemRow[]; waiting: readonly DeliveryRow[] }> {
    const societyId = societyOf(actor);
    return { stock: await this.queries.stock(societyId), waiting: await this.queries.waiting(societyId) };
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({ operationId: 'receiveGoods' })
  @ApiBody({ type: GoodsForm })
  async receive(@From() caller: Caller, @Body() body: unknown): Promise<{ deliveryId: string }> {
    return this.goods.receiveGoods(caller, goodsIn(await parseJson(GoodsForm, body)));
  }

  @Get(':deliveryId')
  @ApiOperation({ operationId: 'readGoods' })
  async read(
    @By() actor: Actor,
    @Param('deliveryId', ParseUUIDPipe) deliveryId: string,
  ): Promise<DeliveryRow & { items: readonly ItemRow[] }> {
    const delivery = await this.queries.delivery(societyOf(actor), deliveryId);
    return { ...delivery, items: await this.queries.items(deliveryId) };
  }

  /** By another person than whoever took them in. */
  @Post(':deliveryId/inspection')
  @HttpCode(200)
  @ApiOperation({ operationId: 'inspectGoods' })
  @ApiBody({ type: GoodsInspectionJson })
  async inspect(
    @From() caller: Caller,
    @Param('deliveryId', ParseUUIDPipe) deliveryId: string,
    @Body() body: unknown,
  ): Promise<{ deliveryId: string }> {
    const form = await parseJson(GoodsInspectionJson, body);
    const finding = form.finding ?? null;
    return this.goods.inspectGoods(caller, { deliveryId, found: foundInJson(form), finding });
  }

  @Post(':deliveryId/value')
  @HttpCode(200)
  @ApiOperation({ operationId: 'valueGoods' })
  @ApiBody({ type: GoodsValueJson })
  async value(
    @From() caller: Caller,
    @Param('deliveryId', ParseUUIDPipe) deliveryId: string,
    @Body() body: unknown,
  ): Promise<{ deliveryId: string }> {
    const values = valuesInJson(await parseJson(GoodsValueJson, body));
    return this.goods.valueGoods(caller, { deliveryId, values });
  }

  /** They become a gift at their value, and stand in the books. */
  @Post(':deliveryId/stock')
  @HttpCode(200)
  @ApiOperation({ operationId: 'stockGoods' })
  async stock(
    @From() caller: Caller,
    @Param('deliveryId', ParseUUIDPipe) deliveryId: string,
  ): Promise<{ deliveryId: string; giftId: string; voucherNumber: number }> {
    return this.goods.stockGoods(caller, { deliveryId });
  }

  /** By the piece to a case, beside its money; with the slip that was signed as multipart. */
  @Post('items/:itemId/issues')
  @HttpCode(201)
  @ApiConsumes('application/json', 'multipart/form-data')
  @ApiOperation({ operationId: 'issueGoods' })
  @ApiBody({ type: GoodsIssueForm })
  async issue(
    @From() caller: Caller,
    @Param('itemId', ParseUUIDPipe) itemId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
  ): Promise<{ moveId: string; inStock: number }> {
    const { quantity, caseNumber, isNoKin } = await parseJson(GoodsIssueForm, body);
    const out = { itemId, quantity, caseNumber, isNoKin, slip: uploads.one('slip') };
    return this.goods.issueGoods(caller, out);
  }

  @Post('items/:itemId/disposals')
  @HttpCode(201)
  @ApiOperation({ operationId: 'disposeGoods' })
  @ApiBody({ type: GoodsDisposalForm })
  async dispose(
    @From() caller: Caller,
    @Param('itemId', ParseUUIDPipe) itemId: string,
    @Body() body: unknown,
  ): Promise<{ moveId: string; inStock: number }> {
    const { gone, reason } = await parseJson(GoodsDisposalForm, body);
    return this.goods.disposeGoods(caller, { itemId, quantity: gone, reason });
  }
}
