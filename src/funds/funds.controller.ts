import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseJson } from '../platform/web/forms.js';
import type { Rule } from './domain/rule.js';
import { workOut } from './domain/worksheet.js';
import type { Worksheet } from './domain/worksheet.js';
import { billOf, EstimateForm, FundForm, openingOf, ProjectForm, RuleForm, termsOf } from './funds.forms.js';
import { FundsQueries } from './funds.queries.js';
import type { FundWithMoney } from './funds.queries.js';
import { FundsService } from './funds.service.js';

type FundAnswer = FundWithMoney & { readonly rules: readonly Rule[] };

@ApiTags('funds')
@Controller('api/v1/funds')
export class FundsController {
  constructor(
    private readonly funds: FundsService,
    private readonly queries: FundsQueries,
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

  /** With every version of the rule that holds for it, the newest first. */
  @Get(':fundId')
  @ApiOperation({ operationId: 'readFund' })
  async read(@By() actor: Actor, @Param('fundId', ParseUUIDPipe) fundId: string): Promise<FundAnswer> {
    const { fund, root } = await this.queries.fund(societyOf(actor), fundId);
    return { ...fund, rules: await this.queries.rules(root.id) };
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

  @Post(':fundId/rules')
  @HttpCode(201)
  @ApiOperation({ operationId: 'adoptFundRule' })
  @ApiBody({ type: RuleForm })
  async adoptRule(
    @From() caller: Caller,
    @Param('fundId', ParseUUIDPipe) fundId: string,
    @Body() body: unknown,
  ): Promise<{ ruleId: string }> {
    return this.funds.adoptRule(caller, fundId, termsOf(await parseJson(RuleForm, body)));
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
