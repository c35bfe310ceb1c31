import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From } from '../platform/web/caller.js';
import { parseForm } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { Uploads } from '../platform/web/uploads.js';
import type { UploadedFiles } from '../platform/web/uploads.js';
import { faultsOf, sent } from './relief-answers.js';
import { ReliefDeskService } from './relief-desk.service.js';
import {
  AssessmentPageForm,
  PlainForm,
  policiesTyped,
  ReliefReturnForm,
  returnIn,
  ReliefReviewForm,
  reviewIn,
  scoresTyped,
  ReliefVerificationForm,
  verificationIn,
} from './relief-desk.forms.js';
import { assessmentView, policiesView, returnView, verificationView } from './relief-desk.views.js';
import { ReliefFormsReading } from './relief-forms.reading.js';
import { ReliefIntakeService } from './relief-intake.service.js';
import { reviewView } from './relief-review.views.js';
import { ReliefQueries } from './relief.queries.js';
import { ReliefReading } from './relief.reading.js';
import { ReviewHints } from './review-hints.js';
import { ReviewWatch } from './review-watch.js';

/** The desk of the federation: from the check of the policies to the review. */
@Controller('s/relief/:reliefId')
export class ReliefDeskPages {
  constructor(
    private readonly desk: ReliefDeskService,
    private readonly intake: ReliefIntakeService,
    private readonly forms: ReliefFormsReading,
    private readonly reading: ReliefReading,
    private readonly queries: ReliefQueries,
    private readonly hints: ReviewHints,
    private readonly watch: ReviewWatch,
  ) {}

  @Get('policies')
  @Render('relief/policies')
  async policies(@By() actor: Actor, @Param('reliefId', ParseUUIDPipe) reliefId: string): Promise<object> {
    return this.policiesPage(actor, reliefId, {}, {});
  }

  @Post('policies')
  async checkPolicies(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sent(reply, await parseForm(PlainForm, body), {
      template: 'relief/policies',
      page: (typed, errors) => this.policiesPage(caller.actor, reliefId, typed, errors),
      check: (typed) => faultsOf(() => policiesTyped(typed)),
      work: async (_values, typed) => {
        await this.desk.checkPolicies(caller, { reliefId, policies: policiesTyped(typed) });
        return `/s/relief/${reliefId}`;
      },
    });
  }

  @Get('verification')
  @Render('relief/verification')
  async verification(
    @By() actor: Actor,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
  ): Promise<object> {
    return this.verificationPage(actor, reliefId, {}, {});
  }

  @Post('verification')
  async verify(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sent(reply, await parseForm(ReliefVerificationForm, body), {
      template: 'relief/verification',
      page: (typed, errors) => this.verificationPage(caller.actor, reliefId, typed, errors),
      work: async (values) => {
        await this.desk.verify(caller, verificationIn(reliefId, values));
        return `/s/relief/${reliefId}`;
      },
    });
  }

  @Get('assessment')
  @Render('relief/assessment')
  async assessment(@By() actor: Actor, @Param('reliefId', ParseUUIDPipe) reliefId: string): Promise<object> {
    return this.assessmentPage(actor, reliefId, {}, {});
  }

  @Post('assessment')
  async assess(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const sheet = uploads.one('sheet');
    await sent(reply, await parseForm(AssessmentPageForm, body), {
      template: 'relief/assessment',
      page: (typed, errors) => this.assessmentPage(caller.actor, reliefId, typed, errors),
      check: (typed) => ({
        ...faultsOf(() => scoresTyped(typed)),
        ...(sheet ? {} : { sheet: '请拍下打分人签字的研判表' }),
      }),
      work: async ({ opinion }, typed) => {
        const scores = scoresTyped(typed);
        await this.desk.assess(caller, { reliefId, scores, opinion, sheet: sheet ?? Buffer.alloc(0) });
        return `/s/relief/${reliefId}`;
      },
    });
  }

  @Get('review')
  @Render('relief/review')
  async review(
    @By() actor: Actor,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Query() query: Record<string, unknown>,
  ): Promise<object> {
    return this.reviewPage(actor, reliefId, {}, {}, query);
  }

  @Post('review')
  async letPass(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sent(reply, await parseForm(ReliefReviewForm, body), {
      template: 'relief/review',
      page: (typed, errors) => this.reviewPage(caller.actor, reliefId, typed, errors),
      work: async (values) => {
        await this.desk.review(caller, reviewIn(reliefId, values));
        return `/s/relief/${reliefId}`;
      },
    });
  }

  @Get('return')
  @Render('relief/return')
  async sendBack(@By() actor: Actor, @Param('reliefId', ParseUUIDPipe) reliefId: string): Promise<object> {
    return returnView(await this.forms.desk(actor, reliefId, 'return'), {}, {});
  }

  @Post('return')
  async returnForCompletion(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sent(reply, await parseForm(ReliefReturnForm, body), {
      template: 'relief/return',
      page: async (typed, errors) =>
        returnView(await this.forms.desk(caller.actor, reliefId, 'return'), typed, errors),
      work: async (values) => {
        await this.intake.returnForCompletion(caller, returnIn(reliefId, values));
        return `/s/relief/${reliefId}`;
      },
    });
  }

  private async policiesPage(
    actor: Actor,
    reliefId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<object> {
    const about = await this.forms.desk(actor, reliefId, 'policies');
    const rule = await this.forms.rule(about);
    const [invoices, aid] = [await this.queries.invoices(reliefId), await this.reading.aidOf(about.known)];
    return policiesView({ ...about, rule, invoices, aid }, typed, errors);
  }

  private async verificationPage(
    actor: Actor,
    reliefId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<object> {
    const about = await this.forms.desk(actor, reliefId, 'verification');
    const [rule, papers] = [await this.forms.rule(about), await this.forms.papers(about)];
    return verificationView({ ...about, rule, papers }, typed, errors);
  }

  private async assessmentPage(
    actor: Actor,
    reliefId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<object> {
    const about = await this.forms.withSum(actor, reliefId, 'assessment');
    return assessmentView({ ...about, assessors: await this.forms.assessors(about) }, typed, errors);
  }

  private async reviewPage(
    actor: Actor,
    reliefId: string,
    typed: Typed,
    errors: FieldErrors,
    query: Record<string, unknown> = {},
  ): Promise<object> {
    await this.forms.desk(actor, reliefId, 'review');
    const beside = await this.watch.beside(actor, reliefId, query);
    const facts = await this.reading.page(actor, reliefId);
    return { ...reviewView(facts, await this.hints.of(facts.known), typed, errors), ...beside };
  }
}
