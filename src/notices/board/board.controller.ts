import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Day } from '../../kernel/day.js';
import type { NoticeState } from '../domain/notice-state.js';
import { NOTICE_KINDS } from '../domain/notice-words.js';
import type { NoticeKind } from '../domain/notice-words.js';
import type { NoticeLine } from '../notices.queries.js';
import { BOARD_STATES, boardAskedOf } from './board.forms.js';
import type { BoardQuery } from './board.forms.js';
import { BoardReading } from './board.reading.js';
import type { Board, BoardPart } from './board.reading.js';
import { boardLineOf, cursorOf } from './board.views.js';

type BoardNotice = {
  readonly number: string;
  readonly code: string;
  readonly kind: NoticeKind;
  readonly state: NoticeState;
  /** The board of the society that signed it. */
  readonly boardCode: string;
  readonly signedAt: Date | null;
  readonly postedAt: Date | null;
  readonly firstDay: Day | null;
  readonly lastDay: Day | null;
  /** Masked; null where it is about nobody, and where the public may not read it any more. */
  readonly subject: string | null;
  readonly matter: string | null;
  readonly amount: string | null;
};

type BoardAnswer = {
  readonly boardCode: string;
  readonly name: string;
  readonly updatedAt: Date | null;
  readonly items: readonly BoardNotice[];
  /** The `after` of the next page, with the same `state`. */
  readonly next: string | null;
};

@ApiTags('notices')
@Controller('api/v1/boards')
export class BoardController {
  constructor(private readonly reading: BoardReading) {}

  /** For everybody, without a token. One page holds one state: `open` unless `ended` is asked for. */
  @Get(':boardCode')
  @ApiQuery({ name: 'kind', required: false, enum: NOTICE_KINDS })
  @ApiQuery({ name: 'state', required: false, enum: BOARD_STATES })
  @ApiQuery({ name: 'year', required: false, type: Number })
  @ApiQuery({ name: 'village', required: false, type: String })
  @ApiQuery({ name: 'after', required: false, type: String })
  @ApiOperation({ operationId: 'readBoard', summary: '公示栏：谁都可以看；只有遮住的姓名' })
  async read(@Param('boardCode') boardCode: string, @Query() query: BoardQuery): Promise<BoardAnswer> {
    const asked = boardAskedOf(query);
    const board = await this.reading.read(boardCode, { ...asked, state: asked.state ?? 'open' });
    const part: BoardPart = board.open ?? board.ended ?? { notices: [], next: null };
    const { society, updatedAt } = board;
    return {
      ...{ boardCode: society.boardCode, name: society.name, updatedAt },
      items: part.notices.map((notice) => jsonOf(notice, board)),
      next: part.next && cursorOf(part.next),
    };
  }
}

function jsonOf(notice: NoticeLine, { societies, now }: Board): BoardNotice {
  const { kind, state, societyId, postedAt, firstDay, lastDay, issue } = notice;
  const { number, code, subject, matter, amount } = boardLineOf(notice, now);
  return {
    ...{ number, code, kind, state, postedAt, firstDay, lastDay, subject, matter, amount },
    boardCode: societies.find(({ id }) => id === societyId)?.boardCode ?? '',
    signedAt: issue?.signedAt ?? null,
  };
}
