import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import { InstitutionForm } from './institutions.forms.js';
import { InstitutionsQueries } from './institutions.queries.js';
import type { Institution } from './institutions.queries.js';
import { InstitutionsService } from './institutions.service.js';

type InstitutionAnswer = Omit<Institution, 'societyId' | 'createdBy'>;

@ApiTags('payments')
@Controller('api/v1/payee-institutions')
export class InstitutionsController {
  constructor(
    private readonly institutions: InstitutionsService,
    private readonly queries: InstitutionsQueries,
  ) {}

  /** Those that have ended too; of each account the last four digits. */
  @Get()
  @ApiOperation({ operationId: 'listInstitutions' })
  async list(@By() actor: Actor): Promise<{ items: InstitutionAnswer[] }> {
    return { items: (await this.queries.all(societyOf(actor))).map(answerOf) };
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({ operationId: 'addInstitution' })
  @ApiBody({ type: InstitutionForm })
  async add(@From() caller: Caller, @Body() body: unknown): Promise<{ institutionId: string }> {
    const { name, bankName, accountNumber } = await parseJson(InstitutionForm, body);
    return this.institutions.addInstitution(caller, { name, bankName, accountNumber });
  }

  @Post(':institutionId/end')
  @HttpCode(200)
  @ApiOperation({ operationId: 'endInstitution' })
  async end(
    @From() caller: Caller,
    @Param('institutionId', ParseUUIDPipe) institutionId: string,
  ): Promise<{ institutionId: string }> {
    return this.institutions.endInstitution(caller, { institutionId });
  }
}

function answerOf({ id, name, bankName, accountTail, createdAt, endedAt }: Institution): InstitutionAnswer {
  return { id, name, bankName, accountTail, createdAt, endedAt };
}
