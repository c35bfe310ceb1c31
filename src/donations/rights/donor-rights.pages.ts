import { Body, Controller, Get, Header, Param, ParseUUIDPipe, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { mayKeepGifts } from '../donations.permissions.js';
import { DonorsQueries } from '../donors/donors.queries.js';
import { DonorCopies } from './donor-copy.reading.js';
import { requestFaults } from './donor-rights.faults.js';
import { DonorRequestDeclinedForm, DonorRequestForm } from './donor-rights.forms.js';
import { mayRecordRights } from './donor-rights.permissions.js';
import { DonorRightsService } from './donor-rights.service.js';
import {
  DONOR_REQUESTS,
  donorCopyView,
  donorRequestsView,
  donorRequestView,
  donorRightsView,
  officeCopyPlace,
} from './donor-rights.views.js';
import type {
  DonorCopyView,
  DonorRequestsView,
  DonorRequestView,
  DonorRightsView,
} from './donor-rights.views.js';
import { DonorRequestsQueries } from './donor-requests.queries.js';

/** What donors ask of their own data: a list, one request, and the copy that is handed over. */
@Controller('s/donors')
export class DonorRightsPages {
  constructor(
    private readonly rights: DonorRightsService,
    private readonly copies: DonorCopies,
    private readonly queries: DonorRequestsQueries,
    private readonly donors: DonorsQueries,
    private readonly clock: Clock,
  ) {}

  @Get('requests')
  @Render('donations/donor-requests')
  async waiting(@By() actor: Actor): Promise<DonorRequestsView> {
    return donorRequestsView(await this.queries.waiting(societyOf(actor)));
  }

  @Get('requests/:requestId')
  @Header('cache-control', 'no-store')
  @Render('donations/donor-request')
  async one(
    @By() actor: Actor,
    @Param('requestId', ParseUUIDPipe) requestId: string,
  ): Promise<DonorRequestView> {
    return this.page(actor, requestId, {}, {});
  }

  @Get('requests/:requestId/copy')
  @Header('cache-control', 'no-store')
  @Render('donations/donor-copy')
  async copy(
    @By() actor: Actor,
    @Param('requestId', ParseUUIDPipe) requestId: string,
  ): Promise<DonorCopyView> {
    return donorCopyView(officeCopyPlace(requestId), [await this.copies.forOffice(actor, requestId)]);
  }

  /** The same for a machine (PIPL, art. 45: to be moved elsewhere). */
  @Get('requests/:requestId/copy.json')
  async file(
    @By() actor: Actor,
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendCopy(reply, `copy-${requestId}`, await this.copies.forOffice(actor, requestId));
  }

  @Post('requests/:requestId/voucher')
  async vouch(
    @From() caller: Caller,
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.rights.vouch(caller, { requestId });
    void reply.redirect(`${DONOR_REQUESTS}/${requestId}`, 303);
  }

  @Post('requests/:requestId/handing')
  async handOver(
    @From() caller: Caller,
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.rights.handOver(caller, { requestId });
    void reply.redirect(`${DONOR_REQUESTS}/${requestId}`, 303);
  }

  @Post('requests/:requestId/correction')
  async corrected(
    @From() caller: Caller,
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.rights.corrected(caller, { requestId });
    void reply.redirect(`${DONOR_REQUESTS}/${requestId}`, 303);
  }

  @Post('requests/:requestId/erasure')
  async erase(
    @From() caller: Caller,
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.rights.erase(caller, { requestId });
    void reply.redirect(`${DONOR_REQUESTS}/${requestId}`, 303);
  }

  @Post('requests/:requestId/refusal')
  async decline(
    @From() caller: Caller,
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(DonorRequestDeclinedForm, body);
    if (!form.ok) {
      const view = await this.page(caller.actor, requestId, form.typed, form.errors);
      void reply.status(422).view('donations/donor-request', view);
      return;
    }
    await this.rights.decline(caller, { requestId, words: form.values.words });
    void reply.redirect(`${DONOR_REQUESTS}/${requestId}`, 303);
  }

  @Get(':donorId/requests')
  @Render('donations/donor-rights')
  async ofDonor(
    @By() actor: Actor,
    @Param('donorId', ParseUUIDPipe) donorId: string,
  ): Promise<DonorRightsView> {
    return this.donorPage(actor, donorId, {}, {});
  }

  @Post(':donorId/requests')
  async record(
    @From() caller: Caller,
    @Param('donorId', ParseUUIDPipe) donorId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(DonorRequestForm, body);
    const errors = form.ok ? await this.tryRecord(caller, donorId, form.values) : form.errors;
    if (typeof errors === 'string') {
      void reply.redirect(`${DONOR_REQUESTS}/${errors}`, 303);
      return;
    }
    const view = await this.donorPage(caller.actor, donorId, form.typed, errors);
    void reply.status(422).view('donations/donor-rights', view);
  }

  /** The id of the request, or what is wrong beside its field. */
  private async tryRecord(
    caller: Caller,
    donorId: string,
    { kind, how, askedOn, wish }: DonorRequestForm,
  ): Promise<string | FieldErrors> {
    try {
      const asked = { donorId, kind, how, askedOn, wish: wish ?? null };
      return (await this.rights.record(caller, asked)).requestId;
    } catch (error) {
      return requestFaults(error);
    }
  }

  private async page(
    actor: Actor,
    requestId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<DonorRequestView> {
    const societyId = societyOf(actor);
    const request = await this.queries.request(societyId, requestId);
    const facts = {
      ...{ request, actor, mayChange: mayKeepGifts(actor) },
      kept: request.kind === 'ERASE' ? await this.copies.keptOf(request.donorId) : [],
      wish: mayRecordRights(actor) ? await this.copies.wishFor(actor, request) : null,
    };
    return donorRequestView(facts, typed, errors);
  }

  private async donorPage(
    actor: Actor,
    donorId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<DonorRightsView> {
    const donor = await this.donors.donor(societyOf(actor), donorId);
    const requests = await this.queries.ofDonors(await this.queries.recordsOf(donorId));
    const today = dayOf(this.clock.now());
    return donorRightsView({ donor, requests, today }, typed, errors);
  }
}

/** For whoever asked and nobody else: no cache keeps it. */
export function sendCopy(reply: FastifyReply, name: string, copy: unknown): void {
  void reply
    .type('application/json; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.json"`)
    .header('cache-control', 'no-store')
    .send(JSON.stringify(copy, null, 2));
}
