import { Controller, Get, Header, Param, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Config } from '../../platform/config.js';
import { atomOf } from '../domain/atom.js';
import { boardAskedOf } from './board.forms.js';
import type { BoardQuery } from './board.forms.js';
import { feedOf } from './board.feed.js';
import { BoardReading } from './board.reading.js';
import { boardView } from './board.views.js';
import type { BoardView } from './board.views.js';

/** For the village, not for a search engine: who was once in need is not to be found by a name for ever. */
const UNLISTED = ['x-robots-tag', 'noindex, noarchive'] as const;

/** 公示栏: what hangs and what hung, for everybody; and the same as a feed for programs that follow it. */
@Controller('b')
export class BoardPages {
  constructor(
    private readonly reading: BoardReading,
    private readonly config: Config,
  ) {}

  @Get(':boardCode')
  @Header(...UNLISTED)
  @Render('notice-pages/board')
  async board(@Param('boardCode') boardCode: string, @Query() query: BoardQuery): Promise<BoardView> {
    const asked = boardAskedOf(query);
    return boardView(await this.reading.read(boardCode, asked), asked);
  }

  @Get(':boardCode/feed.atom')
  @Header(...UNLISTED)
  async feed(@Param('boardCode') boardCode: string, @Res() reply: FastifyReply): Promise<void> {
    const board = await this.reading.latest(boardCode);
    void reply
      .type('application/atom+xml; charset=utf-8')
      .header('cache-control', 'private, no-cache')
      .header('x-content-type-options', 'nosniff')
      .send(atomOf(feedOf(board, this.config.publicUrl)));
  }
}
