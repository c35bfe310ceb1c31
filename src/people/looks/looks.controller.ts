import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { isAuditor } from '../../kernel/actor.js';
import type { Actor } from '../../kernel/actor.js';
import { By, societyOf } from '../../platform/web/caller.js';
import { rowIn } from './looks.pages.js';
import { LooksQueries } from './looks.queries.js';
import type { LookFacts } from './looks.queries.js';

/** A look of the list; words that were typed are told of one's own society alone. */
type LookJson = Omit<LookFacts, 'note' | 'caseKind' | 'words'> & {
  readonly words: string | null;
  readonly note: string | null;
};

@ApiTags('people')
@ApiBearerAuth()
@Controller('api/v1/looks')
export class LooksController {
  constructor(private readonly queries: LooksQueries) {}

  @Get()
  @ApiQuery({ name: 'before', required: false })
  @ApiOperation({
    operationId: 'listLooks',
    summary: '谁看过完整的个人信息，新的在前；`before` 接着上一页往下',
  })
  async list(
    @By() actor: Actor,
    @Query('before') before: unknown,
  ): Promise<{ readonly items: readonly LookJson[]; readonly next: string | null }> {
    const societyId = societyOf(actor);
    const { looks, next } = await this.queries.within(societyId, rowIn(before), !isAuditor(actor));
    return { items: looks.map((look) => jsonOf(look, look.societyId === societyId)), next };
  }
}

function jsonOf(look: LookFacts, isOwn: boolean): LookJson {
  const { id, at, societyId, society, looker, kind, isRefused, person, caseId, caseNumber } = look;
  return {
    ...{ id, at, societyId, society, looker, kind, isRefused, person, caseId, caseNumber },
    words: isOwn || kind === 'look' || isRefused ? look.words : null,
    note: isOwn ? look.note : null,
  };
}
