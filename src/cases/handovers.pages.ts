import { Body, Controller, Get, Param, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { DomainError } from '../kernel/domain-error.js';
import { By, From } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Parsed, Typed } from '../platform/web/forms.js';
import { SocietiesQueries } from '../societies/index.js';
import { CaseReading } from './case-reading.js';
import { AmountWithoutHelp, FundSuffices, HandoverNotFound, WithinOwnLimit } from './domain/handover.js';
import {
  AnswerForm,
  answerIn,
  EscalationForm,
  escalationIn,
  ReferralForm,
  referralIn,
  ReviewForm,
  reviewIn,
} from './handovers.forms.js';
import { HandoversQueries } from './handovers.queries.js';
import { HandoversService } from './handovers.service.js';
import { referralView } from './handovers.views.js';
import type { ReferralPage, ReferralView } from './handovers.views.js';

/** The ways out of the society, and the answer that comes back on paper. */
@Controller('s/cases/:number')
export class HandoversPages {
  constructor(
    private readonly service: HandoversService,
    private readonly queries: HandoversQueries,
    private readonly reading: CaseReading,
    private readonly societies: SocietiesQueries,
  ) {}

  @Get('escalation')
  @Render('cases/referral')
  escalation(@By() actor: Actor, @Param('number') number: string): Promise<ReferralView> {
    return this.page('escalation', actor, number);
  }

  @Post('escalation')
  async escalate(
    @From() caller: Caller,
    @Param('number') number: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(EscalationForm, body);
    await this.send('escalation', caller, number, form, reply, (caseId, values) =>
      this.service.escalate(caller, escalationIn(caseId, values)),
    );
  }

  @Get('review')
  @Render('cases/referral')
  review(@By() actor: Actor, @Param('number') number: string): Promise<ReferralView> {
    return this.page('review', actor, number);
  }

  @Post('review')
  async askReview(
    @From() caller: Caller,
    @Param('number') number: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(ReviewForm, body);
    await this.send('review', caller, number, form, reply, (caseId, values) =>
      this.service.askReview(caller, reviewIn(caseId, values)),
    );
  }

  @Get('referral')
  @Render('cases/referral')
  referral(@By() actor: Actor, @Param('number') number: string): Promise<ReferralView> {
    return this.page('referral', actor, number);
  }

  @Post('referral')
  async refer(
    @From() caller: Caller,
    @Param('number') number: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(ReferralForm, body);
    await this.send('referral', caller, number, form, reply, (caseId, values) =>
      this.service.refer(caller, referralIn(caseId, values)),
    );
  }

  @Get('answer')
  @Render('cases/referral')
  answerForm(@By() actor: Actor, @Param('number') number: string): Promise<ReferralView> {
    return this.page('answer', actor, number);
  }

  @Post('answer')
  async recordAnswer(
    @From() caller: Caller,
    @Param('number') number: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { row } = await this.reading.caseAndApplicant(caller.actor, number);
    const form = await parseForm(AnswerForm, body);
    await this.send('answer', caller, number, form, reply, async (caseId, values) => {
      const handover = await this.queries.ofCase(row.societyId, caseId);
      if (!handover) throw new HandoverNotFound();
      return this.service.answer(caller, answerIn(handover.id, values));
    });
  }

  /** One form, one act, one way back: to the case, or to the form with what is wrong beside its field. */
  private async send<Form>(
    page: ReferralPage,
    { actor }: Caller,
    number: string,
    form: Parsed<Form>,
    reply: FastifyReply,
    act: (caseId: string, values: Form) => Promise<unknown>,
  ): Promise<void> {
    const { row } = await this.reading.caseAndApplicant(actor, number);
    const again = async (errors: FieldErrors) => {
      void reply.status(422).view('cases/referral', await this.page(page, actor, number, form.typed, errors));
    };
    if (!form.ok) return again(form.errors);
    try {
      await act(row.id, form.values);
    } catch (error) {
      return again(besideField(error));
    }
    void reply.redirect(`/s/cases/${number}`, 303);
  }

  private async page(
    page: ReferralPage,
    actor: Actor,
    number: string,
    typed: Typed = {},
    errors: FieldErrors = {},
  ): Promise<ReferralView> {
    const facts = await this.reading.caseAndApplicant(actor, number);
    const above = await this.societies.townUnionOf(facts.row.societyId);
    return referralView(page, { ...facts, above: above?.name ?? null }, typed, errors);
  }
}

const FIELDS = [
  ['askedFen', [WithinOwnLimit, FundSuffices]],
  ['answeredFen', [AmountWithoutHelp]],
] as const;

/** A refusal about an amount stands beside it; any other goes on to the filter. */
export function besideField(error: unknown): FieldErrors {
  const found = FIELDS.find(([, refusals]) => refusals.some((refusal) => error instanceof refusal));
  if (!found || !(error instanceof DomainError)) throw error;
  return { [found[0]]: `${error.message}${error.advice}` };
}
