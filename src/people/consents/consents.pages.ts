import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Render, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../../kernel/actor.js';
import { DomainError } from '../../kernel/domain-error.js';
import { By, From, societyOf } from '../../platform/web/caller.js';
import { parseForm, textIn } from '../../platform/web/forms.js';
import type { Typed } from '../../platform/web/forms.js';
import { UploadedFiles, Uploads } from '../../platform/web/uploads.js';
import { PURPOSES } from '../domain/consent.js';
import type { Purpose } from '../domain/consent.js';
import {
  AnotherIsInvolved,
  ConsentNeedsAnother,
  ConsentNotByPhone,
  GuardianConsentNeeded,
  NoGuardianRegistered,
  NothingToWithdraw,
  ProxyNeedsRelation,
} from '../domain/people.errors.js';
import { PersonListeners } from '../person.listeners.js';
import { answersOf, ConsentsPageForm, WithdrawalForm } from '../people.forms.js';
import { PeopleQueries } from '../people.queries.js';
import { PeopleService } from '../people.service.js';
import type { ConsentsDraft } from '../people.service.js';
import { ConsentsQueries } from './consents.queries.js';
import { consentsView, NOTHING_SAID, withdrawalView } from './consents.views.js';
import type { ConsentsView, Said, WithdrawalView } from './consents.views.js';

/** Refusals that stand beside a field; others become a page of their own. */
const FIELD_OF: readonly (readonly [abstract new (...args: never[]) => DomainError, string])[] = [
  [GuardianConsentNeeded, 'how'],
  [NoGuardianRegistered, 'how'],
  [ConsentNotByPhone, 'how'],
  [ConsentNeedsAnother, 'other'],
  [AnotherIsInvolved, 'other'],
  [ProxyNeedsRelation, 'relation'],
];

type Other = { readonly otherId: string | null };

/** What a person agreed to: what stands, what was ever said, and how it is taken back (PIPL, art. 14 and 15). */
@Controller('s/people/:personId/consents')
export class ConsentsPages {
  constructor(
    private readonly people: PeopleService,
    private readonly queries: PeopleQueries,
    private readonly consents: ConsentsQueries,
    private readonly listeners: PersonListeners,
  ) {}

  @Get()
  @Render('people/consents')
  async one(@By() actor: Actor, @Param('personId', ParseUUIDPipe) personId: string): Promise<ConsentsView> {
    return this.page(actor, personId, NOTHING_SAID);
  }

  @Post()
  async giveConsents(
    @From() caller: Caller,
    @Param('personId', ParseUUIDPipe) personId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { actor } = caller;
    const form = await parseForm(ConsentsPageForm, body);
    const answers = form.ok ? answersOf(form.values) : {};
    const unsaid = form.ok && Object.keys(answers).length === 0;
    const wrong = !form.ok
      ? { errors: form.errors }
      : unsaid
        ? { errors: { process: '请至少选择一项同意或不同意' } }
        : await this.give(caller, form.values, form.typed, {
            ...{ personId, answers, how: form.values.how, photo: uploads.one('sheet') },
          });
    if (wrong === null) return void reply.redirect(`/s/people/${personId}/consents`, 303);
    const view = await this.page(actor, personId, { ...NOTHING_SAID, typed: form.typed, ...wrong });
    return void reply.status(422).view('people/consents', view);
  }

  /** What follows, before anything is written down. */
  @Get('withdrawal')
  @Render('people/withdrawal')
  async ask(
    @By() actor: Actor,
    @Param('personId', ParseUUIDPipe) personId: string,
    @Query('purpose') asked: unknown,
  ): Promise<WithdrawalView> {
    await this.queries.person(societyOf(actor), personId); // another society's is not there, whatever is asked
    const purpose = PURPOSES.find((each) => each === asked);
    if (purpose === undefined) throw new NothingToWithdraw();
    return this.withdrawalPage(actor, personId, purpose, NOTHING_SAID);
  }

  @Post('withdrawal')
  async withdraw(
    @From() caller: Caller,
    @Param('personId', ParseUUIDPipe) personId: string,
    @Body() body: unknown,
    @Uploads() uploads: UploadedFiles,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { actor } = caller;
    const form = await parseForm(WithdrawalForm, body);
    await this.queries.person(societyOf(actor), personId);
    const purpose = PURPOSES.find((each) => each === textIn(form.typed, 'purpose'));
    if (purpose === undefined) throw new NothingToWithdraw();
    const wrong = !form.ok
      ? { errors: form.errors }
      : await this.give(caller, form.values, form.typed, {
          ...{ personId, answers: { [purpose]: false }, how: form.values.how, photo: uploads.one('sheet') },
          onlyIfGiven: true,
        });
    if (wrong === null) return void reply.redirect(`/s/people/${personId}/consents`, 303);
    const said = { ...NOTHING_SAID, typed: form.typed, ...wrong };
    return void reply
      .status(422)
      .view('people/withdrawal', await this.withdrawalPage(actor, personId, purpose, said));
  }

  /** Null where it was written down; else what to ask next. */
  private async give(
    caller: Caller,
    { otherId, relation }: Pick<ConsentsPageForm, 'otherId' | 'relation'>,
    typed: Typed,
    draft: Omit<ConsentsDraft, 'otherId' | 'relation'>,
  ): Promise<Partial<Said> | null> {
    const other =
      otherId === undefined ? await this.otherOf(caller.actor, draft.personId, typed) : { otherId };
    if (!('otherId' in other)) return other;
    try {
      await this.people.giveConsents(caller, { ...draft, ...other, relation: relation ?? null });
      return null;
    } catch (error) {
      const [, field] = FIELD_OF.find(([refusal]) => error instanceof refusal) ?? [];
      if (field === undefined || !(error instanceof DomainError)) throw error;
      return { errors: { [field]: `${error.message}${error.advice}` } };
    }
  }

  /** The one person of the typed name, nobody where none is typed, or what to ask next. */
  private async otherOf(actor: Actor, personId: string, typed: Typed): Promise<Other | Partial<Said>> {
    const text = textIn(typed, 'other');
    if (text === '') return { otherId: null };
    const found = (await this.queries.search(societyOf(actor), text)).filter(({ id }) => id !== personId);
    const [only] = found;
    if (only && found.length === 1) return { otherId: only.id };
    if (found.length === 0) return { errors: { other: '名册里没有找到，请先登记这个人' } };
    return { errors: { otherId: '找到几位，请选一位' }, candidates: found };
  }

  private async page(actor: Actor, personId: string, said: Said): Promise<ConsentsView> {
    const societyId = societyOf(actor);
    const person = await this.queries.person(societyId, personId);
    return consentsView(person, await this.consents.ofPerson(societyId, personId), said);
  }

  private async withdrawalPage(
    actor: Actor,
    personId: string,
    purpose: Purpose,
    said: Said,
  ): Promise<WithdrawalView> {
    const societyId = societyOf(actor);
    const person = await this.queries.person(societyId, personId);
    const last = (await this.consents.ofPerson(societyId, personId)).findLast(
      (each) => each.purpose === purpose,
    );
    if (last?.given !== true) throw new NothingToWithdraw();
    const shows = await this.listeners.withdrawalShows({ societyId, personId, purpose });
    return withdrawalView(person, last, shows, said);
  }
}
