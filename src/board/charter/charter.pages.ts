import { Body, Controller, Get, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { DomainError } from '../../kernel/domain-error.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import {
  CharterBackdated,
  CharterNotAcceptable,
  charterTyped,
  CustodyStays,
  SocietiesQueries,
} from '../../societies/index.js';
import { NothingChanges, RuleMotionPending, RuleTooSoon } from '../domain/rule-motion.errors.js';
import { RuleMotionsQueries } from '../motions/rule-motions.queries.js';
import { CHARTER, CharterMotionService } from './charter-motion.service.js';
import { CharterMotionForm, proposalOf } from './charter.forms.js';
import { mayProposeCharter } from './charter.permissions.js';
import { charterView, newCharterView } from './charter.views.js';
import type { CharterView, NewCharterView } from './charter.views.js';

/** 章程: what the society goes by, and how it is changed. */
@Controller('s/charter')
export class CharterPages {
  constructor(
    private readonly charters: CharterMotionService,
    private readonly societies: SocietiesQueries,
    private readonly motions: RuleMotionsQueries,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Render('charter/one')
  async read(@By() actor: Actor): Promise<CharterView> {
    const societyId = societyOf(actor);
    return charterView({
      charters: await this.societies.charters(societyId),
      motions: await this.motions.ofTarget(societyId, CHARTER, societyId),
      today: dayOf(this.clock.now()),
      mayPropose: mayProposeCharter(actor),
    });
  }

  @Get('motions/new')
  @Render('charter/new')
  async ask(@By() actor: Actor): Promise<NewCharterView> {
    const societyId = societyOf(actor);
    const [last] = await this.societies.charters(societyId);
    const validFrom = await this.charters.earliest(societyId);
    return this.form(societyId, { ...charterTyped(last ?? {}), validFrom }, {});
  }

  @Post('motions')
  async propose(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const societyId = societyOf(caller.actor);
    const form = await parseForm(CharterMotionForm, body);
    const again = async (errors: FieldErrors) =>
      void reply.status(422).view('charter/new', await this.form(societyId, form.typed, errors));
    if (!form.ok) return again(form.errors);
    try {
      const { roundId } = await this.charters.propose(caller, proposalOf(form.values));
      reply.redirect(`/s/rounds/${roundId}`, 303);
    } catch (error) {
      await again(errorsByField(error));
    }
  }

  private async form(societyId: string, typed: Typed, errors: FieldErrors): Promise<NewCharterView> {
    return newCharterView(await this.charters.earliest(societyId), typed, errors);
  }
}

/** A refusal about one field stands beside it, so that the long form need not be typed again; others go on. */
function errorsByField(error: unknown): FieldErrors {
  if (error instanceof CharterNotAcceptable)
    return Object.fromEntries(error.faults.map(({ term, words }) => [term, words]));
  if (!(error instanceof DomainError)) throw error;
  const words = `${error.message}${error.advice}`;
  if (error instanceof CharterBackdated || error instanceof RuleTooSoon) return { validFrom: words };
  if (error instanceof CustodyStays) return { custody: words };
  if (error instanceof NothingChanges || error instanceof RuleMotionPending) return { why: words };
  throw error;
}
