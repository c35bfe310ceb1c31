import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { FileRefused } from '../../platform/files/files.errors.js';
import { By, From } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { Uploads } from '../../platform/web/uploads.js';
import type { UploadedFiles } from '../../platform/web/uploads.js';
import {
  ManagementLineTaken,
  ManagementOverPlan,
  ManagementOverShare,
  ManagementOverUnspent,
  ManagementPaidOnWrong,
} from '../domain/management.errors.js';
import {
  drawTyped,
  ManagementDecisionForm,
  ManagementDrawForm,
  ManagementTermsForm,
  termsTyped,
} from './management.forms.js';
import { ManagementReading } from './management.reading.js';
import { ManagementService } from './management.service.js';
import { managementView } from './management.views.js';
import type { ManagementView } from './management.views.js';

type Refused = { readonly typed: Typed; readonly errors: FieldErrors };

/** 管理费用: what of a gift pays for the running of the house, as its giver agreed. */
@Controller('s/donations/:giftId/management')
export class ManagementPages {
  constructor(
    private readonly management: ManagementService,
    private readonly reading: ManagementReading,
  ) {}

  @Get()
  @Render('donations/management')
  async read(@By() actor: Actor, @Param('giftId', ParseUUIDPipe) giftId: string): Promise<ManagementView> {
    return this.page(actor, giftId, { typed: {}, errors: {} });
  }

  @Post('terms')
  async record(
    @From() caller: Caller,
    @Param('giftId', ParseUUIDPipe) giftId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(ManagementTermsForm, body);
    if (!form.ok) return this.again(reply, caller.actor, giftId, form);
    await this.unlessRefused(reply, caller.actor, giftId, form.typed, () =>
      this.management.recordTerms(caller, termsTyped(giftId, form.values, uploads.one('paper'))),
    );
  }

  @Post('decision')
  async decide(
    @From() caller: Caller,
    @Param('giftId', ParseUUIDPipe) giftId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(ManagementDecisionForm, body);
    if (!form.ok) return this.again(reply, caller.actor, giftId, form);
    const agrees = form.values.decision === 'yes';
    await this.unlessRefused(reply, caller.actor, giftId, form.typed, () =>
      this.management.decideTerms(caller, { giftId, agrees }),
    );
  }

  @Post('draws')
  async draw(
    @From() caller: Caller,
    @Param('giftId', ParseUUIDPipe) giftId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(ManagementDrawForm, body);
    if (!form.ok) return this.again(reply, caller.actor, giftId, form);
    await this.unlessRefused(reply, caller.actor, giftId, form.typed, () =>
      this.management.drawManagement(caller, drawTyped(giftId, form.values)),
    );
  }

  private async unlessRefused(
    reply: FastifyReply,
    actor: Actor,
    giftId: string,
    typed: Typed,
    act: () => Promise<unknown>,
  ): Promise<void> {
    try {
      await act();
    } catch (error) {
      return this.again(reply, actor, giftId, { typed, errors: faultsByField(error) });
    }
    reply.redirect(`/s/donations/${giftId}/management`, 303);
  }

  private async again(reply: FastifyReply, actor: Actor, giftId: string, refused: Refused): Promise<void> {
    void reply.status(422).view('donations/management', await this.page(actor, giftId, refused));
  }

  private async page(actor: Actor, giftId: string, refused: Refused): Promise<ManagementView> {
    return managementView({ ...(await this.reading.of(actor, giftId)), ...refused });
  }
}

/** A refusal about one field stands beside it; others go on to the filter. */
function faultsByField(error: unknown): FieldErrors {
  if (error instanceof FileRefused) return { paper: error.message };
  if (error instanceof ManagementOverPlan) return { sharePercent: `${error.message}${error.advice}` };
  if (error instanceof ManagementOverShare || error instanceof ManagementOverUnspent)
    return { amountFen: `${error.message}${error.advice}` };
  if (error instanceof ManagementPaidOnWrong) return { paidOn: `${error.message}${error.advice}` };
  if (error instanceof ManagementLineTaken) return { bankReference: `${error.message}${error.advice}` };
  throw error;
}
