import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DutiesQueries } from '../../duties/index.js';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { LedgerQueries } from '../../ledger/index.js';
import { FileRefused } from '../../platform/files/files.errors.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { Uploads } from '../../platform/web/uploads.js';
import type { UploadedFiles } from '../../platform/web/uploads.js';
import { SocietiesQueries } from '../../societies/index.js';
import {
  answerTyped,
  ChangeOfUseForm,
  changeTyped,
  UseAnswerForm,
  UseLinkForm,
} from './change-of-use.forms.js';
import { ChangesOfUseQueries } from './change-of-use.queries.js';
import { ChangesOfUseService } from './change-of-use.service.js';
import { CHANGES, changesView, changeView, newChangeView, useLinkView } from './change-of-use.views.js';
import type { ChangesView, ChangeView, NewChangeView } from './change-of-use.views.js';
import {
  AnsweredByGiver,
  NothingToChange,
  PaperNeeded,
  PlanNeeded,
  PurseUnfit,
  SamePurse,
} from '../domain/change-of-use.errors.js';
import { IntentUnclear, PurposeUnfit } from '../domain/donations.errors.js';
import { mayKeepAnswers, mayProposeChange, maySettleChange } from '../refunds/gift-refunds.permissions.js';

/** 变更用途: what is left of one purse serves another, as the board resolves and the givers agree. */
@Controller('s/donations/changes-of-use')
export class ChangesOfUsePages {
  constructor(
    private readonly changes: ChangesOfUseService,
    private readonly queries: ChangesOfUseQueries,
    private readonly ledger: LedgerQueries,
    private readonly societies: SocietiesQueries,
    private readonly duties: DutiesQueries,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Render('donations/change-of-use-list')
  async list(@By() actor: Actor): Promise<ChangesView> {
    return changesView(await this.queries.latest(societyOf(actor)), mayProposeChange(actor));
  }

  @Get('new')
  @Render('donations/change-of-use-new')
  async ask(@By() actor: Actor): Promise<NewChangeView> {
    return this.newChange(actor, {}, {});
  }

  @Post()
  async propose(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(ChangeOfUseForm, body);
    const again = async (errors: FieldErrors) => {
      const view = await this.newChange(caller.actor, form.typed, errors);
      void reply.status(422).view('donations/change-of-use-new', view);
    };
    if (!form.ok) return again(form.errors);
    try {
      const { roundId } = await this.changes.proposeChange(caller, changeTyped(form.values));
      reply.redirect(`/s/rounds/${roundId}`, 303);
    } catch (error) {
      await again(faultsByField(error));
    }
  }

  @Get(':changeId')
  @Render('donations/change-of-use')
  async read(@By() actor: Actor, @Param('changeId', ParseUUIDPipe) changeId: string): Promise<ChangeView> {
    return this.page(actor, changeId, {}, {});
  }

  @Post(':changeId/answers')
  async answer(
    @From() caller: Caller,
    @Param('changeId', ParseUUIDPipe) changeId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(UseAnswerForm, body);
    const again = async (errors: FieldErrors) => {
      const view = await this.page(caller.actor, changeId, form.typed, errors);
      void reply.status(422).view('donations/change-of-use', view);
    };
    if (!form.ok) return again(form.errors);
    try {
      await this.changes.recordAnswer(caller, answerTyped(changeId, form.values, uploads.one('paper')));
    } catch (error) {
      return again(faultsByField(error));
    }
    reply.redirect(`${CHANGES}/${changeId}`, 303);
  }

  @Post(':changeId/links')
  @HttpCode(200)
  async link(
    @From() caller: Caller,
    @Param('changeId', ParseUUIDPipe) changeId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(UseLinkForm, body);
    if (!form.ok) {
      const errors = { linkTo: form.errors['giverId'] ?? '请选给哪位捐赠人做链接' };
      const view = await this.page(caller.actor, changeId, form.typed, errors);
      await reply.status(422).view('donations/change-of-use', view);
      return;
    }
    const { giverId } = form.values;
    const made = await this.changes.makeLink(caller, { changeId, giverId });
    const change = await this.queries.change(societyOf(caller.actor), changeId);
    const giver = await this.queries.giver(giverId);
    const { name } = await this.societies.society(change.societyId);
    await reply.view('donations/change-of-use-link', useLinkView(change, giver, name, made));
  }

  @Post(':changeId/settlement')
  async settle(
    @From() caller: Caller,
    @Param('changeId', ParseUUIDPipe) changeId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.changes.settleChange(caller, { changeId });
    reply.redirect(`${CHANGES}/${changeId}`, 303);
  }

  @Post(':changeId/end')
  async end(
    @From() caller: Caller,
    @Param('changeId', ParseUUIDPipe) changeId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.changes.callOffChange(caller, { changeId });
    reply.redirect(`${CHANGES}/${changeId}`, 303);
  }

  private async page(actor: Actor, changeId: string, typed: Typed, errors: FieldErrors): Promise<ChangeView> {
    const change = await this.queries.change(societyOf(actor), changeId);
    const duties = await this.duties.ofThread(changeId);
    return changeView({
      change,
      givers: await this.queries.giversOf(changeId),
      unasked: await this.queries.unaskedOf(changeId),
      duty: duties.find(({ kind }) => kind === 'ASK_GIVERS') ?? null,
      mayKeep: mayKeepAnswers(actor),
      maySettle: maySettleChange(actor),
      mayEnd: mayProposeChange(actor),
      today: dayOf(this.clock.now()),
      now: this.clock.now(),
      ...{ typed, errors },
    });
  }

  private async newChange(actor: Actor, typed: Typed, errors: FieldErrors): Promise<NewChangeView> {
    return newChangeView(await this.ledger.purses(societyOf(actor)), typed, errors);
  }
}

/** A refusal about one field stands beside it; others go on to the filter. */
function faultsByField(error: unknown): FieldErrors {
  if (error instanceof SamePurse) return { into: `${error.message}${error.advice}` };
  if (error instanceof PurseUnfit || error instanceof NothingToChange)
    return { purseId: `${error.message}${error.advice}` };
  if (error instanceof PlanNeeded) return { planNumber: `${error.message}${error.advice}` };
  if (error instanceof PurposeUnfit) return { intoPurpose: `${error.message}${error.advice}` };
  if (error instanceof IntentUnclear)
    return { [error.details['intent'] === 'PURPOSE' ? 'intoPurpose' : 'intoPurseId']: error.message };
  if (error instanceof PaperNeeded) return { paper: `${error.message}${error.advice}` };
  if (error instanceof AnsweredByGiver) return { giverId: `${error.message}${error.advice}` };
  if (error instanceof FileRefused) return { paper: error.message };
  throw error;
}
