import { Controller, Get, Param, ParseUUIDPipe, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../kernel/actor.js';
import { By, societyOf } from '../platform/web/caller.js';
import { sendPrivatePdf } from '../platform/web/private-pdf.js';
import { ReliefLetters } from './relief-letters.js';
import type { LetterFact } from './relief-letters.js';
import { ReliefWorksheetPapers } from './relief-worksheet-papers.js';
import { ReliefQueries } from './relief.queries.js';

@ApiTags('relief')
@ApiBearerAuth()
@Controller('api/v1/relief/:reliefId')
export class ReliefPapersController {
  constructor(
    private readonly queries: ReliefQueries,
    private readonly letters: ReliefLetters,
    private readonly worksheets: ReliefWorksheetPapers,
  ) {}

  @Get('letters')
  @ApiOperation({ operationId: 'listReliefLetters', summary: '一件基金救助的内部文书：有哪些，不含内容' })
  async list(
    @By() actor: Actor,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
  ): Promise<{ readonly items: readonly LetterFact[] }> {
    const { id } = await this.queries.relief(societyOf(actor), reliefId);
    return { items: await this.letters.of(id) };
  }

  @Get('letters/:letterId.pdf')
  @ApiProduces('application/pdf')
  @ApiOperation({ operationId: 'printReliefLetter', summary: '一份内部文书；每看一次记一笔' })
  async letter(
    @By() actor: Actor,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Param('letterId', ParseUUIDPipe) letterId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const known = await this.queries.relief(societyOf(actor), reliefId);
    sendPrivatePdf(reply, `letter-${letterId}`, await this.letters.print(actor, known, letterId));
  }

  @Get('worksheet.pdf')
  @ApiProduces('application/pdf')
  @ApiOperation({ operationId: 'printReliefWorksheet', summary: '救助金额计算表；每看一次记一笔' })
  async worksheet(
    @By() actor: Actor,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendPrivatePdf(reply, 'worksheet', await this.worksheets.print(actor, reliefId));
  }
}
