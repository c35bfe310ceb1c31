import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { isUUID } from 'class-validator';
import { BreachesQueries } from '../breaches/index.js';
import type { Actor, Caller } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf, yearOf } from '../kernel/day.js';
import { fen } from '../kernel/fen.js';
import { LedgerQueries } from '../ledger/index.js';
import { OfficesQueries } from '../offices/index.js';
import { PersonAlreadyRegistered, PersonLooksAlike } from '../people/domain/people.errors.js';
import { PeopleQueries, PeopleService } from '../people/index.js';
import type { PersonSummary } from '../people/index.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseForm, textIn } from '../platform/web/forms.js';
import type { FieldErrors, Typed } from '../platform/web/forms.js';
import { Uploads } from '../platform/web/uploads.js';
import type { UploadedFiles } from '../platform/web/uploads.js';
import type { LinkView } from '../platform/web/views.js';
import { SocietiesQueries } from '../societies/index.js';
import { NeedForm, photosIn, RegisterDraftForm, RestForm } from './cases.forms.js';
import { CasesQueries } from './cases.queries.js';
import type { DraftFact } from './cases.queries.js';
import { CaseReading } from './case-reading.js';
import { DraftNotFound, SameCauseThisYear } from './domain/case.errors.js';
import type { Cause } from '../kernel/causes.js';
import type { DraftRest } from './domain/draft.js';
import { DraftsService, ownerOf } from './drafts.service.js';
import type { NeedTyped } from './drafts.service.js';
import { FieldFaults, fieldFaults } from './intake.faults.js';
import { IntakeService } from './intake.service.js';
import { applicantIn, visitorsIn } from './named-people.js';
import { askOverrideLink } from './overrides.views.js';
import { cardIn, consentFaults } from './rest-form.js';
import { checkView, needView, NEW_PERSON, restView, typedNeed, typedRest } from './intake.views.js';
import type { CheckPageView, Means, NeedPage, NeedView, RestView } from './intake.views.js';

/** 登记急难: two pages, then 核对. What was typed is kept on the server after each page. */
@Controller('s/cases')
export class IntakePages {
  constructor(
    private readonly intake: IntakeService,
    private readonly drafts: DraftsService,
    private readonly queries: CasesQueries,
    private readonly reading: CaseReading,
    private readonly people: PeopleQueries,
    private readonly register: PeopleService,
    private readonly offices: OfficesQueries,
    private readonly societies: SocietiesQueries,
    private readonly ledger: LedgerQueries,
    private readonly breaches: BreachesQueries,
    private readonly clock: Clock,
  ) {}

  @Get('new')
  @Render('cases/need')
  async newCase(@By() actor: Actor, @Query() query: Record<string, unknown>): Promise<NeedView> {
    const societyId = societyOf(actor);
    const draft = isUUID(query['draft']) ? await this.draftOf(actor, String(query['draft'])) : null;
    const lead = isUUID(query['lead']) ? await this.queries.lead(societyId, String(query['lead'])) : null;
    const page = await this.needPage(societyId, {
      draftId: draft?.id ?? null,
      leadId: draft?.content.need.leadId ?? lead?.id ?? null,
      isNew: query['person'] === NEW_PERSON,
      savedAt: draft?.savedAt ?? null,
      override: null,
    });
    if (!draft) return needView(page, { story: lead?.words ?? '' }, {});
    const { need } = draft.content;
    return needView(page, typedNeed(need, await this.people.person(societyId, need.applicantId)), {});
  }

  @Post('new')
  async saveNeed(@From() caller: Caller, @Body() body: unknown, @Res() reply: FastifyReply): Promise<void> {
    const societyId = societyOf(caller.actor);
    const form = await parseForm(NeedForm, body);
    const applicant = await applicantIn(this.people, societyId, form.typed);
    if (!form.ok || !('found' in applicant)) {
      const errors = { ...('found' in applicant ? {} : applicant.errors), ...(form.ok ? {} : form.errors) };
      await this.needAgain(
        reply,
        societyId,
        form.typed,
        errors,
        'found' in applicant ? null : applicant.matches,
      );
      return;
    }
    const { draftId = null, leadId = null, cause, amountFen, story = null } = form.values;
    const need = { draftId, leadId, cause, amountFen: fen(amountFen), story };
    try {
      const typed = { ...need, applicant: applicant.found };
      const refusal = await this.intake.refusalOfNeed(societyId, typed);
      if (refusal) throw refusal;
      const saved = await this.drafts.saveNeed(caller, typed);
      void reply.redirect(`/s/cases/drafts/${saved.draftId}`, 303);
    } catch (error) {
      const { found } = applicant;
      const alike = await this.lookAlikes(societyId, found, error);
      const override =
        error instanceof SameCauseThisYear && 'personId' in found
          ? askOverrideLink('SAME_CAUSE', found.personId, cause)
          : null;
      await this.needAgain(reply, societyId, form.typed, fieldFaults(error), alike, override);
    }
  }

  @Get('drafts/:draftId')
  @Render('cases/rest')
  async rest(@By() actor: Actor, @Param('draftId', ParseUUIDPipe) draftId: string): Promise<RestView> {
    return this.restPage(actor, await this.draftOf(actor, draftId), null, {});
  }

  @Post('drafts/:draftId')
  async saveRest(
    @From() caller: Caller,
    @Param('draftId', ParseUUIDPipe) draftId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { actor } = caller;
    const draft = await this.draftOf(actor, draftId);
    const form = await parseForm(RestForm, body);
    try {
      if (!form.ok) throw new FieldFaults(form.errors);
      const rest = await this.restIn(caller, draft, form.values);
      await this.drafts.saveRest(caller, { draftId, rest, photos: photosIn(uploads) });
    } catch (error) {
      const errors = fieldFaults(error);
      void reply.status(422).view('cases/rest', await this.restPage(actor, draft, form.typed, errors));
      return;
    }
    void reply.redirect(`/s/cases/drafts/${draftId}/check`, 303);
  }

  @Get('drafts/:draftId/check')
  @Render('cases/check')
  async check(@By() actor: Actor, @Param('draftId', ParseUUIDPipe) draftId: string): Promise<CheckPageView> {
    const societyId = societyOf(actor);
    const { content } = await this.draftOf(actor, draftId);
    const { need, rest, photos } = content;
    if (rest === null) throw new DraftNotFound();
    const applicant = await this.people.person(societyId, need.applicantId);
    const accounts = await this.people.payeeAccounts(societyId, need.applicantId);
    return checkView({
      draftId,
      need,
      rest,
      photos,
      applicant,
      account: accounts.find(({ id }) => id === rest.payeeAccountId) ?? null,
      visitors: await this.people.persons(societyId, rest.visitors),
      duplicates: await this.duplicatesOf(applicant, content.need.cause, rest),
      means: await this.means(societyId),
      breaches: await this.breaches.standingOf(societyId, [applicant.id], dayOf(this.clock.now())),
    });
  }

  @Post()
  async registerCase(
    @From() caller: Caller,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const form = await parseForm(RegisterDraftForm, body);
    if (!form.ok) throw new DraftNotFound();
    const { number, verified } = await this.intake.registerDraft(caller, form.values.draftId);
    void reply.redirect(verified ? `/s/cases/${number}/rounds/new` : `/s/cases/${number}`, 303);
  }

  private async needAgain(
    reply: FastifyReply,
    societyId: string,
    typed: Typed,
    errors: FieldErrors,
    matches: readonly PersonSummary[] | null,
    override: LinkView | null = null,
  ): Promise<void> {
    const idIn = (name: string) => (isUUID(textIn(typed, name)) ? textIn(typed, name) : null);
    const isNew = textIn(typed, 'pick') === NEW_PERSON || 'newGroup' in typed;
    const page = await this.needPage(societyId, {
      draftId: idIn('draftId'),
      leadId: idIn('leadId'),
      isNew,
      savedAt: null,
      override,
    });
    void reply.status(422).view('cases/need', needView({ ...page, matches }, typed, errors));
  }

  /** 是不是他？ Whom a new person may be: those who look alike, or the one who has that ID number already. */
  private async lookAlikes(
    societyId: string,
    applicant: NeedTyped['applicant'],
    error: unknown,
  ): Promise<readonly PersonSummary[] | null> {
    if (error instanceof PersonLooksAlike) return this.people.persons(societyId, error.personIds);
    if (!(error instanceof PersonAlreadyRegistered) || !('person' in applicant)) return null;
    const { name, group, idNumber = null } = applicant.person;
    const same = await this.people.lookAlikes(societyId, { name, group, idNumber });
    const his = same.filter(({ why }) => why === 'ID').map(({ personId }) => personId);
    return this.people.persons(societyId, his);
  }

  private async needPage(societyId: string, page: Omit<NeedPage, 'means' | 'matches'>): Promise<NeedPage> {
    return { ...page, matches: null, means: await this.means(societyId) };
  }

  /** What was typed on the second page. A new card is registered last, once nothing else is wrong. */
  private async restIn(caller: Caller, draft: DraftFact, form: RestForm): Promise<DraftRest> {
    const societyId = societyOf(caller.actor);
    const { applicantId } = draft.content.need;
    const { method, consents, pledged } = form;
    const applicant = await this.people.person(societyId, applicantId);
    const visitors = await visitorsIn(this.people, societyId, form.visitors, form.otherVisitor ?? '').catch(
      fieldFaults,
    );
    const guardian =
      applicant.guardianId === null ? null : await this.people.person(societyId, applicant.guardianId);
    const card = cardIn(form, { name: applicant.name, guardianName: guardian?.name ?? null });
    const faults = {
      ...(Array.isArray(visitors) ? {} : visitors),
      ...consentFaults(consents, pledged, applicant),
      ...(card.kind === 'faulty' ? card.faults : {}),
    };
    if (!Array.isArray(visitors) || card.kind === 'faulty' || Object.keys(faults).length > 0)
      throw new FieldFaults(faults);

    const rest = { method, consents, pledged, visitors };
    const known: DraftRest = { ...rest, payeeAccountId: card.kind === 'known' ? card.payeeAccountId : null };
    // A card that is to be registered is asked about when it is: until then the question is put as for cash.
    const asked = card.kind === 'new' ? ({ ...known, method: 'CASH' } as const) : known;
    const refusal = await this.intake.refusalOfRest(societyId, applicantId, asked);
    if (refusal) throw refusal;
    if (card.kind !== 'new') return known;
    const added = await this.register.addPayeeAccount(caller, { personId: applicantId, ...card.draft });
    return { ...rest, payeeAccountId: added.payeeAccountId };
  }

  private async restPage(
    actor: Actor,
    draft: DraftFact,
    typed: Typed | null,
    errors: FieldErrors,
  ): Promise<RestView> {
    const societyId = societyOf(actor);
    const today = dayOf(this.clock.now());
    const { need, rest, photos } = draft.content;
    const applicant = await this.people.person(societyId, need.applicantId);
    const accounts = await this.people.payeeAccounts(societyId, need.applicantId);
    const charter = await this.societies.charterOn(societyId, today);
    const page = {
      draftId: draft.id,
      applicant,
      accounts,
      holders: await this.offices.holdersOn(societyId, today),
      photos,
      paperDays: charter.paperWorkingDays,
      savedAt: draft.savedAt,
    };
    return restView(page, typed ?? typedRest(rest, accounts), errors);
  }

  private duplicatesOf(applicant: PersonSummary, cause: Cause, { payeeAccountId }: DraftRest) {
    const { id: applicantId, societyId, householdId } = applicant;
    const year = yearOf(dayOf(this.clock.now()));
    const asked = { id: null, societyId, applicantId, householdId, payeeAccountId, cause, year };
    return this.reading.duplicatesOf(asked);
  }

  private async means(societyId: string): Promise<Means> {
    const { perCaseLimitFen } = await this.societies.charterOn(societyId, dayOf(this.clock.now()));
    return { perCaseLimitFen, freeFen: (await this.ledger.fund(societyId)).freeFen };
  }

  private async draftOf(actor: Actor, draftId: string): Promise<DraftFact> {
    const draft = await this.queries.draft(ownerOf(actor).accountId, draftId);
    if (!draft) throw new DraftNotFound();
    return draft;
  }
}
