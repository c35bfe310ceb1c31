import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../kernel/actor.js';
import { By, societyOf } from '../platform/web/caller.js';
import { CasesQueries } from './cases.queries.js';
import { LettersQueries } from './letters.queries.js';
import type { LetterLine } from './letters.queries.js';

/** What a program is told of a letter: that it is there, not what it says. */
type LetterJson = Pick<LetterLine, 'id' | 'kind' | 'contentHash' | 'madeAt'>;

@ApiTags('cases')
@ApiBearerAuth()
@Controller('api/v1/cases/:caseId/letters')
export class LettersController {
  constructor(
    private readonly cases: CasesQueries,
    private readonly letters: LettersQueries,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listLetters', summary: '一个案件的内部文书，新的在前' })
  async list(
    @By() actor: Actor,
    @Param('caseId', ParseUUIDPipe) caseId: string,
  ): Promise<{ readonly items: readonly LetterJson[] }> {
    const row = await this.cases.case(societyOf(actor), caseId);
    const lines = await this.letters.ofCase(row.societyId, row.id);
    return { items: lines.map(({ id, kind, contentHash, madeAt }) => ({ id, kind, contentHash, madeAt })) };
  }
}
