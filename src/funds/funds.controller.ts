import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RuleMotionsQueries } from '../board/index.js';
import type { RuleAsking, RuleMotionFacts } from '../board/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import type { Rule } from './domain/rule.js';
import { workOut } from './domain/worksheet.js';
import type { Worksheet } from './domain/worksheet.js';
import {
  billOf,
  EstimateForm,
  FundForm,
  openingOf,
  ProjectForm,
  RuleMotionForm,
  termsOf,
} from './funds.forms.js';
import { FundsQueries } from './funds.queries.js';
import type { FundWithMoney } from './funds.queries.js';
import { FundsService } from './funds.service.js';
import { FUND_RULE, FundRuleMotionService } from './rule-motion.service.js';

type FundAnswer = FundWithMoney & {
  readonly rules: readonly Rule[];
  readonly motions: readonly RuleMotionFacts[];
};

@ApiTags('funds')
@Controller('api/v1/funds')
export class FundsController {
  constructor(
    private readonly funds: FundsService,
    private readonly queries: FundsQueries,
    private readonly rules: FundRuleMotionService,
    private readonly motions: RuleMotionsQueries,
    private readonly clock: Clock,
  ) {}

  /** Of the federation that one acts in, or that stands above: every fund, project and sub-project, parents first. */
  @Get()
  @ApiOperation({ operationId: 'listFunds' })
  async list(@By() actor: Actor): Promise<{ items: readonly FundWithMoney[] }> {
    return { items: (await this.queries.tree(societyOf(actor)))?.nodes ?? [] };
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({ operationId: 'openFund' })
  @ApiBody({ type: FundForm })
  async open(@From() caller: Caller, @Body() body: unknown): Promise<{ fundId: string }> {
    return this.funds.openFund(caller, openingOf(await parseJson(FundForm, body)));
  }

  /** With every version of the rule that holds for it, and what the board was asked about it, the newest first. */
  @Get(':fundId')
  @ApiOperation({ operationId: 'readFund' })
  async read(@By() actor: Actor, @Param('fundId', ParseUUIDPipe) fundId: string): Promise<FundAnswer> {
    const { fund, root } = await this.queries.fund(societyOf(actor), fundId);
    const motions = await this.motions.ofTarget(root.federationId, FUND_RULE, root.id);
    return { ...fund, rules: await this.queries.rules(root.id), motions };
  }

  @Post(':fundId/projects')
  @HttpCode(201)
  @ApiOperation({ operationId: 'openProject' })
  @ApiBody({ type: ProjectForm })
  async openProject(
    @From() caller: Caller,
    @Param('fundId', ParseUUIDPipe) parentId: string,
    @Body() body: unknown,
  ): Promise<{ fundId: string }> {
    const { name, purpose } = await parseJson(ProjectForm, body);
    return this.funds.openProject(caller, { parentId, name, purpose });
  }

  /** Asks the board of the federation; the version holds only where it agrees, from its day. */
  @Post(':fundId/rules')
  @HttpCode(201)
  @ApiOperation({ operationId: 'proposeFundRule' })
  @ApiBody({ type: RuleMotionForm })
  async proposeRule(
    @From() caller: Caller,
    @Param('fundId', ParseUUIDPipe) fundId: string,
    @Body() body: unknown,
  ): Promise<RuleAsking> {
    const form = await parseJson(RuleMotionForm, body);
    return this.rules.propose(caller, { fundId, terms: termsOf(form), why: form.why });
  }

  /** What the rule in force makes of a bill; nothing is kept. */
  @Post(':fundId/estimates')
  @HttpCode(200)
  @ApiOperation({ operationId: 'estimateRelief' })
  @ApiBody({ type: EstimateForm })
  async estimate(
    @By() actor: Actor,
    @Param('fundId', ParseUUIDPipe) fundId: string,
    @Body() body: unknown,
  ): Promise<Worksheet> {
    const form = await parseJson(EstimateForm, body);
    const { root } = await this.queries.fund(societyOf(actor), fundId);
    const rule = await this.queries.ruleOn(root.id, dayOf(this.clock.now()));
    return workOut(billOf(form), rule, form.usedFen ?? fen(0));
  }
}
