import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { isUUID } from 'class-validator';
import { RuleNotInForce } from '../funds/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseForm, textIn } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { Uploads } from '../platform/web/uploads.js';
import type { UploadedFiles } from '../platform/web/uploads.js';
import { PeopleQueries } from '../people/index.js';
import type { PersonSummary } from '../people/index.js';
import { sent } from './relief-answers.js';
import { ReliefCards } from './relief-cards.js';
import { ReliefEndingForm } from './relief-decision.forms.js';
import { ReliefEndingService } from './relief-ending.service.js';
import { NEW_CARD, NO_CARD } from './relief-fields.js';
import { ReliefFormsReading } from './relief-forms.reading.js';
import { completionView, endingView } from './relief-home.views.js';
import { ReliefIntakeService } from './relief-intake.service.js';
import { applyView, startView } from './relief-intake.views.js';
import { reliefFaults } from './relief.faults.js';
import { applicationIn, ApplyForm, ReliefCompletionForm, completionIn, StartForm } from './relief.forms.js';
import { ReliefQueries } from './relief.queries.js';

/** 申请基金救助: who and from which fund, then the papers. And what a society does later: complete, withdraw. */
@Controller('s/relief')
export class ReliefIntakePages {
  constructor(
    private readonly intake: ReliefIntakeService,
    private readonly endings: ReliefEndingService,
    private readonly cards: ReliefCards,
    private readonly reading: ReliefFormsReading,
    private readonly queries: ReliefQueries,
    private readonly people: PeopleQueries,
  ) {}

  /** The address of the second page names the person by id alone. */
  @Get('new')
  async newApplication(
    @By() actor: Actor,
    @Query() query: Record<string, unknown>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { person, fund } = query;
    if (!isUUID(person) || !isUUID(fund)) {
      const facts = await this.reading.start(actor);
      await reply.view('relief/start', startView(facts, null, firstIn(facts), {}));
      return;
    }
    const facts = await this.reading.apply(actor, String(person), String(fund));
    const account = facts.accounts[0]?.id ?? NEW_CARD;
    await reply.view('relief/apply', applyView(facts, { account }, {}));
  }

  @Post('new')
  async start(@From() { actor }: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const form = await parseForm(StartForm, body);
    const who = await this.applicantIn(societyOf(actor), form.typed);
    const errors: FieldErrors = { ...(form.ok ? {} : form.errors), ...('errors' in who ? who.errors : {}) };
    const again = async (faults: FieldErrors) => {
      const matches = 'errors' in who ? who.matches : null;
      const facts = await this.reading.start(actor);
      await reply.status(422).view('relief/start', startView(facts, matches, form.typed, faults));
    };
    if (!form.ok || 'errors' in who) return again(errors);
    try {
      await this.reading.apply(actor, who.personId, form.values.fundId);
    } catch (error) {
      if (!(error instanceof RuleNotInForce)) throw error;
      return again({ fundId: '这个基金今天还没有生效的规则，请另选一个' });
    }
    const search = new URLSearchParams({ person: who.personId, fund: form.values.fundId });
    void reply.redirect(`/s/relief/new?${search.toString()}`, 303);
  }

  @Post()
  async applyForRelief(
    @From() caller: Caller,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(ApplyForm, body);
    const [personId, fundId] = [textIn(form.typed, 'personId'), textIn(form.typed, 'fundId')];
    if (!isUUID(personId) || !isUUID(fundId)) {
      void reply.redirect('/s/relief/new', 303);
      return;
    }
    const { person } = await this.reading.apply(caller.actor, personId, fundId);
    let typed: Typed = form.typed;
    const again = async (errors: FieldErrors) => {
      const facts = await this.reading.apply(caller.actor, personId, fundId);
      await reply.status(422).view('relief/apply', applyView(facts, typed, errors));
    };
    const faults = { ...(form.ok ? {} : form.errors), ...(await this.cards.faultsIn(form.typed, person)) };
    if (!form.ok || Object.keys(faults).length > 0) return again(faults);
    try {
      const accountId = await this.cards.accountIn(caller, form.values, person);
      // A card that is registered now is chosen from the list when something else turns out to be wrong.
      typed = { ...typed, account: accountId ?? NO_CARD, cardNumber: '', bankName: '', holderName: '' };
      const { reliefId } = await this.intake.applyForRelief(
        caller,
        applicationIn(form.values, accountId, uploads),
      );
      void reply.redirect(`/s/relief/${reliefId}`, 303);
    } catch (error) {
      return again(reliefFaults(error));
    }
  }

  @Get(':reliefId/completion')
  @Render('relief/completion')
  async completion(@By() actor: Actor, @Param('reliefId', ParseUUIDPipe) reliefId: string): Promise<object> {
    return this.completionPage(actor, reliefId, {}, {});
  }

  @Post(':reliefId/completion')
  async complete(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sent(reply, await parseForm(ReliefCompletionForm, body), {
      template: 'relief/completion',
      page: (typed, errors) => this.completionPage(caller.actor, reliefId, typed, errors),
      work: async (values) => {
        await this.intake.complete(caller, completionIn(reliefId, values, uploads));
        return `/s/relief/${reliefId}`;
      },
    });
  }

  @Get(':reliefId/ending')
  @Render('relief/ending')
  async ending(@By() actor: Actor, @Param('reliefId', ParseUUIDPipe) reliefId: string): Promise<object> {
    return endingView(await this.reading.ending(actor, reliefId), {}, {});
  }

  @Post(':reliefId/ending')
  async end(
    @From() caller: Caller,
    @Param('reliefId', ParseUUIDPipe) reliefId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sent(reply, await parseForm(ReliefEndingForm, body), {
      template: 'relief/ending',
      page: async (typed, errors) =>
        endingView(await this.reading.ending(caller.actor, reliefId), typed, errors),
      work: async ({ reason }) => {
        await this.endings.end(caller, { reliefId, reason });
        return `/s/relief/${reliefId}`;
      },
    });
  }

  private async completionPage(
    actor: Actor,
    reliefId: string,
    typed: Typed,
    errors: FieldErrors,
  ): Promise<object> {
    const about = await this.reading.completion(actor, reliefId);
    const asked = await this.reading.openReturn(about);
    return completionView(
      { ...about, asked, invoices: await this.queries.invoices(reliefId) },
      typed,
      errors,
    );
  }

  /** The one whose id came with the name, or the only one of that name; else the list to pick from. */
  private async applicantIn(
    societyId: string,
    typed: Typed,
  ): Promise<
    | { readonly personId: string }
    | { readonly matches: readonly PersonSummary[] | null; readonly errors: FieldErrors }
  > {
    const [pick, who, suggested] = [
      textIn(typed, 'pick'),
      textIn(typed, 'who'),
      textIn(typed, 'applicantId'),
    ];
    if (isUUID(pick)) return { personId: (await this.people.person(societyId, pick)).id };
    if (isUUID(suggested)) {
      const { id, name } = await this.people.person(societyId, suggested);
      if (who.startsWith(name)) return { personId: id };
    }
    if (who === '') return { matches: null, errors: { who: '请填写给谁申请' } };
    const matches = await this.people.search(societyId, who, MOST_CHOICES);
    const [only, ...others] = matches;
    if (only && others.length === 0) return { personId: only.id };
    if (only) return { matches, errors: { pick: '有几个人对得上，请选是哪一位' } };
    return { matches: null, errors: { who: '名册里没有找到这个人，请核对名字，或先到“名册”里登记' } };
  }
}

const MOST_CHOICES = 8;

/** One fund alone need not be chosen. */
function firstIn({ tree }: Awaited<ReturnType<ReliefFormsReading['start']>>): Typed {
  const [only, ...others] = tree?.nodes ?? [];
  return only && others.length === 0 ? { fundId: only.id } : {};
}
