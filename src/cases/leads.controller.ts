import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../kernel/actor.js';
import { From } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import { LeadForm } from './cases.forms.js';
import { LeadsService } from './leads.service.js';

@ApiTags('leads')
@ApiBearerAuth()
@Controller('api/v1/leads')
export class LeadsController {
  constructor(private readonly leads: LeadsService) {}

  @Post()
  @HttpCode(201)
  @ApiBody({ type: LeadForm })
  @ApiOperation({ operationId: 'recordLead', summary: '记一条线索' })
  async recordLead(@From() caller: Caller, @Body() body: unknown): Promise<{ readonly leadId: string }> {
    const { source, place, contact, words = null } = await parseJson(LeadForm, body);
    return this.leads.recordLead(caller, { source, place, contact, words });
  }
}
