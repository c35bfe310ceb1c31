import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { NothingChanges, RuleMotionPending, RuleMotionsQueries, RuleTooSoon } from '../board/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf } from '../kernel/day.js';
import { DomainError } from '../kernel/domain-error.js';
import { fen } from '../kernel/fen.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors } from '../platform/web/forms.js';
import {
  FundNameTaken,
  NothingBelowSubProject,
  RuleBackdated,
  RuleNotAcceptable,
} from './domain/funds.errors.js';
import { workOut } from './domain/worksheet.js';
import { newFundView, newProjectView, newRuleView, ruleTyped, usualFundTyped } from './fund-forms.views.js';
import {
  billOf,
  EstimateForm,
  FundForm,
  openingOf,
  ProjectForm,
  RuleMotionForm,
  termsOf,
} from './funds.forms.js';
import { KEEPERS, mayEstimate } from './funds.permissions.js';
import { FundsQueries } from './funds.queries.js';
import { FundsService } from './funds.service.js';
import { estimateView, fundsView, fundView } from './funds.views.js';
import { FUND_RULE, FundRuleMotionService } from './rule-motion.service.js';

/** 基金: what a federation keeps for families that the society's own money cannot help. */
@Controller('s/funds')
export class FundsPages {
  constructor(
    private readonly funds: FundsService,
    private readonly queries: FundsQueries,
    private readonly rules: FundRuleMotionService,
    private readonly motions: RuleMotionsQueries,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Render('funds/list')
  async list(@By() actor: Actor): Promise<object> {
    const tree = await this.queries.tree(societyOf(actor));
    return fundsView(tree, tree !== null && isKeptBy(actor, tree.federation.id));
  }

  @Get('new')
  @Render('funds/new')
  async newFund(@By() actor: Actor): Promise<object> {
    await this.funds.refuseOthers(actor);
    return newFundView(usualFundTyped(dayOf(this.clock.now())), {});
  }

  @Post()
  async open(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(FundForm, body);
    const again = (errors: FieldErrors) =>
      void reply.status(422).view('funds/new', newFundView(form.typed, errors));
    if (!form.ok) {
      again(form.errors);
      return;
    }
    try {
      const { fundId } = await this.funds.openFund(caller, openingOf(form.values));
      reply.redirect(`/s/funds/${fundId}`, 303);
    } catch (error) {
      again(errorsByField(error));
    }
  }

  @Get(':fundId')
  @Render('funds/one')
  async one(@By() actor: Actor, @Param('fundId', ParseUUIDPipe) fundId: string): Promise<object> {
    const { tree, fund, root } = await this.queries.fund(societyOf(actor), fundId);
    const rules = await this.queries.rules(root.id);
    const motions = await this.motions.ofTarget(root.federationId, FUND_RULE, root.id);
    const today = dayOf(this.clock.now());
    const mayKeep = isKeptBy(actor, tree.federation.id);
    return fundView({ tree, fund, root, rules, motions, today, mayKeep, mayEstimate: mayEstimate(actor) });
  }

  @Get(':fundId/projects/new')
  @Render('funds/new-project')
  async newProject(@By() actor: Actor, @Param('fundId', ParseUUIDPipe) fundId: string): Promise<object> {
    await this.funds.refuseOthers(actor);
    const { fund } = await this.queries.fund(societyOf(actor), fundId);
    return newProjectView(fund, {}, {});
  }

  @Post(':fundId/projects')
  async openProject(
    @From() caller: Caller,
    @Param('fundId', ParseUUIDPipe) parentId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(ProjectForm, body);
    const { fund } = await this.queries.fund(societyOf(caller.actor), parentId);
    const again = (errors: FieldErrors) =>
      void reply.status(422).view('funds/new-project', newProjectView(fund, form.typed, errors));
    if (!form.ok) {
      again(form.errors);
      return;
    }
    try {
      const { name, purpose } = form.values;
      const { fundId } = await this.funds.openProject(caller, { parentId, name, purpose });
      reply.redirect(`/s/funds/${fundId}`, 303);
    } catch (error) {
      again(errorsByField(error));
    }
  }

  @Get(':fundId/rules/new')
  @Render('funds/new-rule')
  async newRule(@By() actor: Actor, @Param('fundId', ParseUUIDPipe) fundId: string): Promise<object> {
    await this.funds.refuseOthers(actor);
    const { root } = await this.queries.fund(societyOf(actor), fundId);
    const [last] = await this.queries.rules(root.id);
    const earliest = await this.rules.earliest(root.federationId);
    return newRuleView({ fund: root, earliest }, last ? { ...ruleTyped(last), validFrom: earliest } : {}, {});
  }

  @Post(':fundId/rules')
  async proposeRule(
    @From() caller: Caller,
    @Param('fundId', ParseUUIDPipe) fundId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(RuleMotionForm, body);
    const { root } = await this.queries.fund(societyOf(caller.actor), fundId);
    const earliest = await this.rules.earliest(root.federationId);
    const again = (errors: FieldErrors) =>
      void reply
        .status(422)
        .view('funds/new-rule', newRuleView({ fund: root, earliest }, form.typed, errors));
    if (!form.ok) {
      again(form.errors);
      return;
    }
    try {
      const { why } = form.values;
      const asked = { fundId: root.id, terms: termsOf(form.values), why };
      const { roundId } = await this.rules.propose(caller, asked);
      reply.redirect(`/s/rounds/${roundId}`, 303);
    } catch (error) {
      again(errorsByField(error));
    }
  }

  @Get(':fundId/estimate')
  @Render('funds/estimate')
  async ask(@By() actor: Actor, @Param('fundId', ParseUUIDPipe) fundId: string): Promise<object> {
    const { root } = await this.queries.fund(societyOf(actor), fundId);
    const rule = await this.queries.ruleOn(root.id, dayOf(this.clock.now()));
    return estimateView({ root, rule, sheet: null }, {}, {});
  }

  /** By POST, since what a family has spent is nobody's address; nothing of it is kept. */
  @Post(':fundId/estimate')
  @HttpCode(200)
  async estimate(
    @By() actor: Actor,
    @Param('fundId', ParseUUIDPipe) fundId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { root } = await this.queries.fund(societyOf(actor), fundId);
    const rule = await this.queries.ruleOn(root.id, dayOf(this.clock.now()));
    const form = await parseForm(EstimateForm, body);
    const sheet = form.ok ? workOut(billOf(form.values), rule, form.values.usedFen ?? fen(0)) : null;
    const view = estimateView({ root, rule, sheet }, form.typed, form.ok ? {} : form.errors);
    void reply.status(form.ok ? 200 : 422).view('funds/estimate', view);
  }
}

function isKeptBy({ roles, societyId }: Actor, federationId: string): boolean {
  return societyId === federationId && KEEPERS.some((role) => roles.includes(role));
}

/** The field of the form that a term is typed in. */
const FIELD_OF: Readonly<Record<string, string>> = { formula: 'ratePercent', advance: 'advancePercent' };

/** A refusal about one field stands beside it, so that the long form need not be typed again; others go on. */
function errorsByField(error: unknown): FieldErrors {
  if (error instanceof RuleNotAcceptable)
    return Object.fromEntries(error.faults.map(({ term, words }) => [FIELD_OF[term] ?? term, words]));
  if (!(error instanceof DomainError)) throw error;
  if (error instanceof FundNameTaken || error instanceof NothingBelowSubProject)
    return { name: `${error.message}${error.advice}` };
  if (error instanceof RuleBackdated) return { validFrom: error.message };
  if (error instanceof RuleTooSoon) return { validFrom: `${error.message}${error.advice}` };
  if (error instanceof NothingChanges || error instanceof RuleMotionPending)
    return { why: `${error.message}${error.advice}` };
  throw error;
}
