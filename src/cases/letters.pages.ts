import { Controller, Get, Param, ParseUUIDPipe, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../kernel/actor.js';
import { By } from '../platform/web/caller.js';
import { sendPrivatePdf } from '../platform/web/private-pdf.js';
import { LettersService } from './letters.service.js';
import { RegistrationPapers } from './registration-papers.js';

/** Papers for one reader: letters, and the form on which a case is taken down. */
@Controller('s')
export class LettersPages {
  constructor(
    private readonly letters: LettersService,
    private readonly registrations: RegistrationPapers,
  ) {}

  /** For the house without a signal: to be filled in by hand. */
  @Get('papers/registration.pdf')
  async blank(@By() actor: Actor, @Res() reply: FastifyReply): Promise<void> {
    sendPrivatePdf(reply, 'registration', await this.registrations.blank(actor));
  }

  @Get('cases/:number/registration.pdf')
  async filled(
    @By() actor: Actor,
    @Param('number') number: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendPrivatePdf(reply, 'registration', await this.registrations.filled(actor, number));
  }

  @Get('cases/:number/letters/:letterId.pdf')
  async letter(
    @By() actor: Actor,
    @Param('number') number: string,
    @Param('letterId', ParseUUIDPipe) letterId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendPrivatePdf(reply, `letter-${letterId}`, await this.letters.print(actor, number, letterId));
  }
}
