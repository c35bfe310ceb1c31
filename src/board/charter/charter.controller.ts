import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../../kernel/actor.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseJson } from '../../platform/web/forms.js';
import { SocietiesQueries } from '../../societies/index.js';
import type { Charter } from '../../societies/index.js';
import { RuleMotionsQueries } from '../motions/rule-motions.queries.js';
import type { RuleMotionFacts } from '../motions/rule-motions.queries.js';
import type { RuleAsking } from '../motions/rule-motions.service.js';
import { CHARTER, CharterMotionService } from './charter-motion.service.js';
import { CharterMotionForm, proposalOf } from './charter.forms.js';

type CharterAnswer = { readonly versions: readonly Charter[]; readonly motions: readonly RuleMotionFacts[] };

@ApiTags('charter')
@ApiBearerAuth()
@Controller('api/v1/charter')
export class CharterController {
  constructor(
    private readonly charters: CharterMotionService,
    private readonly societies: SocietiesQueries,
    private readonly motions: RuleMotionsQueries,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'readCharter', summary: '章程的各个版本和修订提案，新的在前' })
  async read(@By() actor: Actor): Promise<CharterAnswer> {
    const societyId = societyOf(actor);
    return {
      versions: await this.societies.charters(societyId),
      motions: await this.motions.ofTarget(societyId, CHARTER, societyId),
    };
  }

  @Post('motions')
  @HttpCode(201)
  @ApiOperation({ operationId: 'proposeCharter', summary: '请理事会表决章程的新版本；通过以后才生效' })
  @ApiBody({ type: CharterMotionForm })
  async propose(@From() caller: Caller, @Body() body: unknown): Promise<RuleAsking> {
    return this.charters.propose(caller, proposalOf(await parseJson(CharterMotionForm, body)));
  }
}
