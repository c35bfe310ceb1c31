import { Body, Controller, Get, Header, Param, ParseUUIDPipe, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { dayOf } from '../../kernel/day.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { RequestFromTheFuture, RequestPending } from '../domain/person-right.errors.js';
import { mayHandle } from '../people.permissions.js';
import { PeopleQueries } from '../people.queries.js';
import { PersonRequestForm, RequestDeclinedForm } from './rights.forms.js';
import { RightsQueries } from './rights.queries.js';
import { PersonRightsService } from './rights.service.js';
import { copyView, personRequestsView, requestsView, requestView, retentionView } from './rights.views.js';
import type {
  CopyView,
  PersonRequestsView,
  RequestsView,
  RequestView,
  RetentionView,
} from './rights.views.js';

/** What people ask of their own data: a list, one request, and the copy that is handed over. */
@Controller('s/people')
export class PersonRightsPages {
  constructor(
    private readonly rights: PersonRightsService,
    private readonly queries: RightsQueries,
    private readonly people: PeopleQueries,
    private readonly clock: Clock,
  ) {}

  @Get('requests')
  @Render('people/requests')
  async waiting(@By() actor: Actor): Promise<RequestsView> {
    return requestsView(await this.queries.waiting(societyOf(actor)), mayHandle(actor));
  }

  @Get('retention')
  @Render('people/retention')
  retention(): RetentionView {
    return retentionView();
  }

  @Get('requests/:requestId')
  @Render('people/request')
  async one(@By() actor: Actor, @Param('requestId', ParseUUIDPipe) requestId: string): Promise<RequestView> {
    return this.page(actor, requestId, {}, {});
  }

  @Get('requests/:requestId/copy')
  @Header('cache-control', 'no-store')
  @Render('people/copy')
  async copy(@By() actor: Actor, @Param('requestId', ParseUUIDPipe) requestId: string): Promise<CopyView> {
    return copyView(requestId, await this.rights.copy(actor, requestId));
  }

  /** The same for a machine (PIPL, art. 45: to be moved elsewhere). */
  @Get('requests/:requestId/copy.json')
  async file(
    @By() actor: Actor,
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { on, sections, kept } = await this.rights.copy(actor, requestId);
    void reply
      .type('application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="copy-${requestId}.json"`)
      .header('cache-control', 'no-store')
      .send(JSON.stringify({ on, sections, kept }, null, 2));
  }

  @Post('requests/:requestId/voucher')
  async vouch(
    @From() caller: Caller,
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.rights.vouch(caller, { requestId });
    void reply.redirect(`/s/people/requests/${requestId}`, 303);
  }

  @Post('requests/:requestId/handing')
  async handOver(
    @From() caller: Caller,
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.rights.handOver(caller, { requestId });
    void reply.redirect(`/s/people/requests/${requestId}`, 303);
  }

  @Post('requests/:requestId/erasure')
  async erase(
    @From() caller: Caller,
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.rights.erase(caller, { requestId });
    void reply.redirect(`/s/people/requests/${requestId}`, 303);
  }

  @Post('requests/:requestId/refusal')
  async decline(
    @From() caller: Caller,
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(RequestDeclinedForm, body);
    if (!form.ok) {
      const view = await this.page(caller.actor, requestId, form.typed, form.errors);
      void reply.status(422).view('people/request', view);
      return;
    }
    await this.rights.decline(caller, { requestId, words: form.values.words });
    void reply.redirect(`/s/people/requests/${requestId}`, 303);
  }

  @Get(':personId/requests')
  @Render('people/person-requests')
  async ofPerson(
    @By() actor: Actor,
    @Param('personId', ParseUUIDPipe) personId: string,
  ): Promise<PersonRequestsView> {
    return this.personPage(actor, personId, {}, {});
  }

  @Post(':personId/requests')
  async record(
    @From() caller: Caller,
    @Param('personId', ParseUUIDPipe) personId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(PersonRequestForm, body);
    const errors = form.ok ? await this.tryRecord(caller, personId, form.values) : form.errors;
    if (typeof errors === 'string') {
      void reply.redirect(`/s/people/requests/${errors}`, 303);
      return;
    }
    const view = await this.personPage(caller.actor, personId, form.typed, errors);
    void reply.status(422).view('people/person-requests', view);
  }

  /** The id of the request, or what is wrong beside its field. */
  private async tryRecord(
    caller: Caller,
    personId: string,
    { kind, how, askedOn }: PersonRequestForm,
  ): Promise<string | FieldErrors> {
    try {
      return (await this.rights.record(caller, { personId, kind, how, askedOn })).requestId;
    } catch (error) {
      if (error instanceof RequestFromTheFuture) return { askedOn: `${error.message}${error.advice}` };
      if (error instanceof RequestPending) return { kind: `${error.message}${error.advice}` };
      throw error;
    }
  }

  private async page(
    actor: Actor,
    requestId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<RequestView> {
    const societyId = societyOf(actor);
    const request = await this.queries.request(societyId, requestId);
    const { personId, kind } = request;
    const person = await this.people.person(societyId, personId);
    const kept = kind === 'ERASE' ? await this.rights.keptOf({ societyId, personId }) : [];
    const facts = { request, person, kept, actor, mayHandle: mayHandle(actor) };
    return requestView(facts, typed, errors);
  }

  private async personPage(
    actor: Actor,
    personId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<PersonRequestsView> {
    const societyId = societyOf(actor);
    const person = await this.people.person(societyId, personId);
    const requests = await this.queries.ofPerson(societyId, personId);
    const today = dayOf(this.clock.now());
    return personRequestsView({ person, requests, today }, typed, errors);
  }
}
