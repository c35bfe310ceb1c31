import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../../kernel/actor.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseJson } from '../../platform/web/forms.js';
import { AccountReportForm, accountsAskedOf } from './accounts.forms.js';
import { AccountsQueries } from './accounts.queries.js';
import type { ReportRow } from './accounts.queries.js';
import { AccountsService } from './accounts.service.js';
import type { AccountsDrafted } from './accounts.service.js';

@ApiTags('donations')
@ApiBearerAuth()
@Controller('api/v1/account-reports')
export class AccountsController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly queries: AccountsQueries,
  ) {}

  /** Which accounts are owed to the public or were published, the newest first, with their latest notice. */
  @Get()
  @ApiOperation({ operationId: 'listAccountReports' })
  async list(@By() actor: Actor): Promise<{ items: readonly ReportRow[] }> {
    return { items: await this.queries.all(societyOf(actor)) };
  }

  /** Drafts the notice of a quarter or a year from the ledger alone. Chair or deputy signs it, not its author. */
  @Post()
  @HttpCode(201)
  @ApiOperation({ operationId: 'draftAccountReport' })
  @ApiBody({ type: AccountReportForm })
  async draft(@From() caller: Caller, @Body() body: unknown): Promise<AccountsDrafted> {
    return this.accounts.draftAccounts(caller, accountsAskedOf(await parseJson(AccountReportForm, body)));
  }
}
