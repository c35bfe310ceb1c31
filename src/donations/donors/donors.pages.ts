import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Render,
  Res,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { donorFaults } from '../donations.faults.js';
import { mayFindDonors, mayKeepGifts } from '../donations.permissions.js';
import { DonorLooksService } from './donor-looks.service.js';
import type { DonorSecret } from './donor-secrets.queries.js';
import { DonorsQueries } from './donors.queries.js';
import { DonorsService } from './donors.service.js';
import { changePlace, donorFormView, donorsView, donorView, newDonorPlace, typedOf } from './donors.views.js';
import { mayReadRequests, mayRecordRights } from '../rights/donor-rights.permissions.js';
import type { DonorFormView, DonorsView, DonorView } from './donors.views.js';
import { DonorFindForm, DonorForm, donorIn, DonorMergerForm, DonorRevealForm } from '../gifts/gifts.forms.js';
import { GiftsQueries } from '../gifts/gifts.queries.js';
import { DONORS } from '../gifts/gifts.views.js';

const mayOf = (actor: Actor) => ({
  ...{ mayKeep: mayKeepGifts(actor), mayFind: mayFindDonors(actor), mayReadRequests: mayReadRequests(actor) },
});

/** 捐赠人: who gives, masked for everybody who need not know. */
@Controller('s/donors')
export class DonorsPages {
  constructor(
    private readonly donors: DonorsService,
    private readonly queries: DonorsQueries,
    private readonly gifts: GiftsQueries,
    private readonly looks: DonorLooksService,
  ) {}

  @Get()
  @Render('donations/donors')
  async list(@By() actor: Actor, @Query('after') after: unknown): Promise<DonorsView> {
    const page = await this.queries.page(societyOf(actor), typeof after === 'string' ? after : null);
    return donorsView({ page, searched: false, ...mayOf(actor) });
  }

  /** By POST, since names must not stand in addresses. */
  @Post('find')
  @HttpCode(200)
  async find(@By() actor: Actor, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(DonorFindForm, body);
    const rows = form.ok ? await this.queries.find(societyOf(actor), form.values.q) : [];
    const { typed } = form;
    const errors = form.ok ? {} : form.errors;
    const facts = { page: { rows, next: null }, searched: true, ...mayOf(actor), typed, errors };
    void reply.status(form.ok ? 200 : 422).view('donations/donors', donorsView(facts));
  }

  @Get('new')
  @Render('donations/donor-form')
  ask(): DonorFormView {
    return donorFormView(newDonorPlace, { kind: 'PERSON', group: 'CARING' }, {});
  }

  @Post()
  async register(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(DonorForm, body);
    const again = (errors: FieldErrors) =>
      void reply.status(422).view('donations/donor-form', donorFormView(newDonorPlace, form.typed, errors));
    if (!form.ok) {
      again(form.errors);
      return;
    }
    try {
      const { donorId } = await this.donors.registerDonor(caller, donorIn(form.values));
      reply.redirect(`${DONORS}/${donorId}`, 303);
    } catch (error) {
      again(donorFaults(error));
    }
  }

  @Get(':donorId')
  @Render('donations/donor')
  async read(@By() actor: Actor, @Param('donorId', ParseUUIDPipe) donorId: string): Promise<DonorView> {
    return this.page(actor, donorId);
  }

  /** The form holds name and phone in full: opening it is a look, kept in the trail. */
  @Get(':donorId/changes')
  @Header('cache-control', 'no-store')
  @Render('donations/donor-form')
  async askChange(
    @By() actor: Actor,
    @Param('donorId', ParseUUIDPipe) donorId: string,
  ): Promise<DonorFormView> {
    const donor = await this.queries.donor(societyOf(actor), donorId);
    const secret = await this.looks.lookToCorrect(actor, donorId);
    return donorFormView(changePlace(donorId), typedOf(donor, secret), {});
  }

  @Post(':donorId/changes')
  async change(
    @From() caller: Caller,
    @Param('donorId', ParseUUIDPipe) donorId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(DonorForm, body);
    const again = (errors: FieldErrors) =>
      void reply
        .status(422)
        .view('donations/donor-form', donorFormView(changePlace(donorId), form.typed, errors));
    if (!form.ok) {
      again(form.errors);
      return;
    }
    try {
      const { version = null } = form.values;
      await this.donors.changeDonor(caller, { donorId, version, ...donorIn(form.values) });
      reply.redirect(`${DONORS}/${donorId}`, 303);
    } catch (error) {
      again(donorFaults(error));
    }
  }

  @Post(':donorId/merger')
  async merge(
    @From() caller: Caller,
    @Param('donorId', ParseUUIDPipe) donorId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(DonorMergerForm, body);
    if (!form.ok) {
      void reply
        .status(422)
        .view('donations/donor', await this.page(caller.actor, donorId, null, form.typed, form.errors));
      return;
    }
    await this.donors.mergeDonors(caller, { keptId: donorId, goneId: form.values.goneId });
    reply.redirect(`${DONORS}/${donorId}`, 303);
  }

  @Post(':donorId/reveal')
  @HttpCode(200)
  async reveal(
    @From() caller: Caller,
    @Param('donorId', ParseUUIDPipe) donorId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(DonorRevealForm, body);
    const { reason } = form.ok ? form.values : { reason: null };
    const secret = reason && (await this.looks.look(caller, { donorId, reason }));
    const view = await this.page(caller.actor, donorId, secret, form.typed, form.ok ? {} : form.errors);
    void reply
      .status(form.ok ? 200 : 422)
      .header('cache-control', 'no-store')
      .view('donations/donor', view);
  }

  private async page(
    actor: Actor,
    donorId: string,
    secret: DonorSecret | null = null,
    typed: Typed = {},
    errors: FieldErrors = {},
  ): Promise<DonorView> {
    const societyId = societyOf(actor);
    return donorView({
      donor: await this.queries.donor(societyId, donorId),
      gifts: await this.gifts.ofDonor(societyId, donorId),
      alike: await this.queries.alike(societyId, donorId),
      mayKeep: mayKeepGifts(actor),
      mayRecord: mayRecordRights(actor),
      ...{ secret, typed, errors },
    });
  }
}
