import { Controller, Get, Param, ParseUUIDPipe, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../kernel/actor.js';
import { By, societyOf } from '../../platform/web/caller.js';
import { sendPrivatePdf } from '../../platform/web/private-pdf.js';
import type { Statement } from '../domain/statement.js';
import { StatementsReading } from './statements.reading.js';

@ApiTags('donations')
@ApiBearerAuth()
@Controller('api/v1/donors/:donorId/statements/:year')
export class StatementsController {
  constructor(private readonly reading: StatementsReading) {}

  /** What the donor gave in the year, and what became of it until today. */
  @Get()
  @ApiOperation({ operationId: 'readStatement' })
  async read(
    @By() actor: Actor,
    @Param('donorId', ParseUUIDPipe) donorId: string,
    @Param('year') year: string,
  ): Promise<Statement> {
    return (await this.reading.of(societyOf(actor), donorId, year)).statement;
  }

  /** The same as PDF, with the name in full: the look is kept in the trail. */
  @Get('paper')
  @ApiOperation({ operationId: 'printStatement' })
  @ApiProduces('application/pdf')
  async paper(
    @By() actor: Actor,
    @Param('donorId', ParseUUIDPipe) donorId: string,
    @Param('year') year: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const pdf = await this.reading.printFor(actor, societyOf(actor), donorId, year);
    sendPrivatePdf(reply, `statement-${donorId}`, pdf);
  }
}
