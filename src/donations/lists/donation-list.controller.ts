import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../../kernel/actor.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseJson } from '../../platform/web/forms.js';
import { DonationListForm } from './donation-list.forms.js';
import { DonationListQueries } from './donation-list.queries.js';
import type { ListRow } from './donation-list.queries.js';
import { DonationListService } from './donation-list.service.js';
import type { ListDrafted } from './donation-list.service.js';

@ApiTags('donations')
@ApiBearerAuth()
@Controller('api/v1/donations/lists')
export class DonationListController {
  constructor(
    private readonly lists: DonationListService,
    private readonly queries: DonationListQueries,
  ) {}

  /** The newest first; each is printed, signed and posted as a notice. */
  @Get()
  @ApiOperation({ operationId: 'listDonationLists' })
  async list(
    @By() actor: Actor,
    @Query('after') after: unknown,
  ): Promise<{ items: readonly ListRow[]; next: string | null }> {
    const { rows, next } = await this.queries.page(
      societyOf(actor),
      typeof after === 'string' ? after : null,
    );
    return { items: rows, next };
  }

  /** Drafts a notice of every gift that stands in no list yet. Chair or deputy signs it, not its author. */
  @Post()
  @HttpCode(201)
  @ApiOperation({ operationId: 'draftDonationList' })
  @ApiBody({ type: DonationListForm })
  async draft(@From() caller: Caller, @Body() body: unknown): Promise<ListDrafted> {
    const { span } = await parseJson(DonationListForm, body);
    return this.lists.draftList(caller, { span });
  }

  /** Takes a draft back that nobody has signed; its gifts may be listed anew. */
  @Post(':listId/withdrawal')
  @HttpCode(200)
  @ApiOperation({ operationId: 'withdrawDonationList' })
  async withdraw(
    @From() caller: Caller,
    @Param('listId', ParseUUIDPipe) listId: string,
  ): Promise<{ listId: string }> {
    return this.lists.withdrawList(caller, { listId });
  }
}
