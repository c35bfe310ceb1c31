import { Body, Controller, Get, Header, Post, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { By, From } from '../../platform/web/caller.js';
import { parseForm } from '../../platform/web/forms.js';
import type { FieldErrors, Typed } from '../../platform/web/forms.js';
import { SocietiesQueries } from '../../societies/index.js';
import { donorFaults } from '../donations.faults.js';
import { accountOf } from '../trace/my-gifts.account.js';
import { MyGiftsQueries } from '../trace/my-gifts.queries.js';
import { sendCopy } from './donor-rights.pages.js';
import { requestFaults } from './donor-rights.faults.js';
import { OwnContactForm, OwnRequestOfForm } from './donor-rights.forms.js';
import { DonorRightsService } from './donor-rights.service.js';
import { donorCopyView } from './donor-rights.views.js';
import type { DonorCopyView } from './donor-rights.views.js';
import { DonorRequestsQueries } from './donor-requests.queries.js';
import { MyRightsService } from './my-rights.service.js';
import { MY_RIGHTS, myContactView, myCopyPlace, myRightsView } from './my-rights.views.js';
import type { MyContactView, MyRightsView } from './my-rights.views.js';

/** 我的信息: what a donor does about the data held about him, in every society that knows him by his account. */
@Controller('d')
export class MyRightsPages {
  constructor(
    private readonly own: MyRightsService,
    private readonly rights: DonorRightsService,
    private readonly mine: MyGiftsQueries,
    private readonly requests: DonorRequestsQueries,
    private readonly societies: SocietiesQueries,
  ) {}

  @Get('rights')
  @Render('donations/my-rights')
  async read(@By() actor: Actor): Promise<MyRightsView> {
    return this.page(actor, {}, {});
  }

  @Post('rights')
  async ask(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(OwnRequestOfForm, body);
    const errors = form.ok ? await this.tryAsk(caller, form.values) : form.errors;
    if (errors === null) {
      void reply.redirect(MY_RIGHTS, 303);
      return;
    }
    const view = await this.page(caller.actor, form.typed, errors);
    void reply.status(422).view('donations/my-rights', view);
  }

  @Get('copy')
  @Header('cache-control', 'no-store')
  @Render('donations/donor-copy')
  async copy(@By() actor: Actor): Promise<DonorCopyView> {
    return donorCopyView(myCopyPlace, await this.own.copy(actor));
  }

  @Get('copy.json')
  async file(@By() actor: Actor, @Res() reply: FastifyReply): Promise<void> {
    sendCopy(reply, 'my-data', await this.own.copy(actor));
  }

  @Get('contact')
  @Header('cache-control', 'no-store')
  @Render('donations/my-contact')
  async contact(@By() actor: Actor): Promise<MyContactView> {
    return this.contactPage(actor, {}, {});
  }

  @Post('contact')
  async changeContact(
    @From() caller: Caller,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(OwnContactForm, body);
    const errors = form.ok ? await this.tryChange(caller, form.values) : form.errors;
    if (errors === null) {
      void reply.redirect(MY_RIGHTS, 303);
      return;
    }
    const view = await this.contactPage(caller.actor, form.typed, errors);
    void reply.status(422).header('cache-control', 'no-store').view('donations/my-contact', view);
  }

  private async tryAsk(
    caller: Caller,
    { donorId, kind, wish }: OwnRequestOfForm,
  ): Promise<FieldErrors | null> {
    try {
      await this.rights.ask(caller, { donorId, kind, wish: wish ?? null });
      return null;
    } catch (error) {
      return requestFaults(error);
    }
  }

  private async tryChange(caller: Caller, { phone, homePlace }: OwnContactForm): Promise<FieldErrors | null> {
    try {
      await this.own.changeContact(caller, { phone: phone ?? null, homePlace: homePlace ?? null });
      return null;
    } catch (error) {
      return donorFaults(error);
    }
  }

  private async page(actor: Actor, typed: Typed, errors: FieldErrors): Promise<MyRightsView> {
    const records = await this.mine.recordsOf(accountOf(actor));
    const names = new Map<string, string>();
    for (const { societyId } of records) names.set(societyId, (await this.societies.society(societyId)).name);
    const places = records.map(({ donorId, societyId, kind }) => ({
      ...{ donorId, society: names.get(societyId) ?? '', isCompany: kind === 'COMPANY' },
    }));
    return myRightsView(places, await this.ownRequests(records), typed, errors);
  }

  private async ownRequests(records: readonly { readonly donorId: string }[]) {
    const ids = await Promise.all(records.map(({ donorId }) => this.requests.recordsOf(donorId)));
    return this.requests.ofDonors(ids.flat());
  }

  private async contactPage(actor: Actor, typed: Typed, errors: FieldErrors): Promise<MyContactView> {
    return myContactView(await this.own.contactOf(actor), typed, errors);
  }
}
