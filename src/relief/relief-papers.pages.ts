import { Controller, Get, Param, ParseUUIDPipe, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../kernel/actor.js';
import { By, societyOf } from '../platform/web/caller.js';
import { sendPrivatePdf } from '../platform/web/private-pdf.js';
import { ReliefLetters } from './relief-letters.js';
import { ReliefWorksheetPapers } from './relief-worksheet-papers.js';
import { ReliefQueries } from './relief.queries.js';

/** The private papers of a fund's relief: for the federation that has the case, and the society that answers for it. */
@Controller('s/relief/:reliefId')
export class ReliefPapersPages {
  constructor(
    private readonly queries: ReliefQueries,
    private readonly letters: ReliefLetters,
    private readonly worksheets: ReliefWorksheetPapers,
  ) {}

  @Get('letters/:letterId')
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
  async worksheet(
    @By() actor: Actor,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendPrivatePdf(reply, 'worksheet', await this.worksheets.print(actor, reliefId));
  }
}
