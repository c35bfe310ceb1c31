import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Render, Res } from '@nestjs/common';
import type { ClassConstructor } from 'class-transformer';
import type { FastifyReply } from 'fastify';
import type { Actor, Caller } from '../kernel/actor.js';
import { DomainError } from '../kernel/domain-error.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { parseForm, textIn } from '../platform/web/forms.js';
import type { Typed } from '../platform/web/forms.js';
import {
  CardInvalid,
  GuardianNotAdult,
  IdNumberAlreadyKnown,
  KinAlreadyDeclared,
  KinOfSelf,
  PayeeAccountAlreadyKnown,
  PersonAlreadyRegistered,
  PersonInvalid,
} from './domain/people.errors.js';
import { PersonCorrectionForm } from './corrections/corrections.forms.js';
import { CorrectionsQueries } from './corrections/corrections.queries.js';
import { CorrectionsService } from './corrections/corrections.service.js';
import { CorrectionPending, CorrectionUnfit, NothingCorrected } from './domain/person-correction.errors.js';
import { IdNumberForm, KinPageForm, PayeeAccountForm } from './people.forms.js';
import { mayHandle } from './people.permissions.js';
import { PeopleQueries } from './people.queries.js';
import type { PersonSummary } from './people.queries.js';
import { PeopleService } from './people.service.js';
import { NO_ATTEMPT, personView } from './person.views.js';
import type { Attempt, PersonFacts } from './person.views.js';

type Refusal = abstract new (...args: never[]) => DomainError;

/** Refusals that stand beside a field of the form; others become a page of their own. */
const FIELD_OF: readonly (readonly [Refusal, string])[] = [
  [CardInvalid, 'cardNumber'],
  [PayeeAccountAlreadyKnown, 'cardNumber'],
  [KinOfSelf, 'relative'],
  [KinAlreadyDeclared, 'relation'],
  [GuardianNotAdult, 'isGuardian'],
  [PersonAlreadyRegistered, 'idNumber'],
  [IdNumberAlreadyKnown, 'idNumber'],
  [PersonInvalid, 'idNumber'],
  [CorrectionUnfit, 'after'],
  [NothingCorrected, 'after'],
  [CorrectionPending, 'field'],
];

type Act<Form> = (values: Form, typed: Typed) => Promise<Partial<Attempt> | null>;

/** One person: who they are, whom they belong to, where their money goes, what they agreed to. */
@Controller('s/people/:personId')
export class PersonPages {
  constructor(
    private readonly people: PeopleService,
    private readonly queries: PeopleQueries,
    private readonly corrections: CorrectionsService,
    private readonly corrected: CorrectionsQueries,
  ) {}

  @Get()
  @Render('people/one')
  async one(@By() actor: Actor, @Param('personId', ParseUUIDPipe) personId: string): Promise<object> {
    return personView(await this.factsOf(actor, personId), NO_ATTEMPT);
  }

  @Post('id-number')
  async supplyIdNumber(
    @From() caller: Caller,
    @Param('personId', ParseUUIDPipe) personId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.attempt(
      caller.actor,
      personId,
      reply,
      'id-number',
      IdNumberForm,
      body,
      async ({ idNumber }) => {
        await this.people.supplyIdNumber(caller, { personId, idNumber });
        return null;
      },
    );
  }

  @Post('payee-accounts')
  async addPayeeAccount(
    @From() caller: Caller,
    @Param('personId', ParseUUIDPipe) personId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.attempt(caller.actor, personId, reply, 'payee', PayeeAccountForm, body, async (values) => {
      const { bankName, cardNumber, holderName = null } = values;
      await this.people.addPayeeAccount(caller, { personId, bankName, cardNumber, holderName });
      return null;
    });
  }

  @Post('kin')
  async declareKin(
    @From() caller: Caller,
    @Param('personId', ParseUUIDPipe) personId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { actor } = caller;
    await this.attempt(actor, personId, reply, 'kin', KinPageForm, body, async (values, typed) => {
      const { relation, isGuardian } = values;
      const found = values.relativeId ?? (await this.relativeOf(actor, personId, textIn(typed, 'relative')));
      if (typeof found !== 'string') return found;
      await this.people.declareKin(caller, { personId, relativeId: found, relation, isGuardian });
      return null;
    });
  }

  @Post('corrections')
  async correct(
    @From() caller: Caller,
    @Param('personId', ParseUUIDPipe) personId: string,
    @Body() body: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { actor } = caller;
    await this.attempt(actor, personId, reply, 'correction', PersonCorrectionForm, body, async (values) => {
      const { field, after, reason } = values;
      await this.corrections.propose(caller, { personId, field, after, reason });
      return null;
    });
  }

  /** Does what one of the forms asks and comes back to the person, or shows the page again with what is wrong. */
  private async attempt<Form extends object>(
    actor: Actor,
    personId: string,
    reply: FastifyReply,
    name: Attempt['form'],
    form: ClassConstructor<Form>,
    body: unknown,
    act: Act<Form>,
  ): Promise<void> {
    const parsed = await parseForm(form, body);
    const wrong = parsed.ok
      ? await act(parsed.values, parsed.typed).catch(besideField)
      : { errors: parsed.errors };
    if (wrong === null) {
      void reply.redirect(`/s/people/${personId}`, 303);
      return;
    }
    const attempt = { ...NO_ATTEMPT, form: name, typed: parsed.typed, ...wrong };
    void reply.status(422).view('people/one', personView(await this.factsOf(actor, personId), attempt));
  }

  /** The one person of that name, or what to ask next. */
  private async relativeOf(actor: Actor, personId: string, text: string): Promise<string | Partial<Attempt>> {
    const found = text === '' ? [] : await this.queries.search(societyOf(actor), text);
    const others = found.filter(({ id }) => id !== personId);
    const [only] = others;
    if (only && others.length === 1) return only.id;
    if (others.length === 0) return { errors: { relative: '名册里没有找到，请先登记这位亲属' } };
    return { errors: { relativeId: '找到几位，请选一位' }, candidates: others };
  }

  private async factsOf(actor: Actor, personId: string): Promise<PersonFacts> {
    const societyId = societyOf(actor);
    const person = await this.queries.person(societyId, personId);
    const handles = mayHandle(actor);
    const kin = await this.queries.kinOf(societyId, personId);
    const same = (await this.queries.sameIdentity(societyId, personId)).filter(
      ({ why }) => why !== 'HOUSEHOLD',
    );
    const persons = await this.personsById(societyId, [...kin, ...same]);
    const { guardianId, householdId } = person;
    return {
      person,
      maskedIdNumber: await this.queries.maskedIdNumber(societyId, personId),
      tags: await this.queries.tagsOf(societyId, personId),
      guardian: guardianId === null ? null : await this.queries.person(societyId, guardianId),
      household: await this.queries.household(societyId, householdId),
      kin: kin.map((tie) => ({ ...tie, person: persons(tie.personId) })),
      accounts: handles ? await this.queries.payeeAccounts(societyId, personId) : [],
      consents: await this.queries.consentsOf(societyId, personId),
      hasPledged: await this.queries.hasPledged(societyId, personId),
      same: same.map((each) => ({ ...each, person: persons(each.personId) })),
      corrections: handles ? await this.corrected.ofPerson(societyId, personId, householdId) : [],
      mayHandle: handles,
    };
  }

  private async personsById(
    societyId: string,
    named: readonly { readonly personId: string }[],
  ): Promise<(personId: string) => PersonSummary> {
    const ids = [...new Set(named.map(({ personId }) => personId))];
    const found = new Map((await this.queries.persons(societyId, ids)).map((person) => [person.id, person]));
    return (personId) => {
      const person = found.get(personId);
      if (!person) throw new Error('A person that was just read is gone');
      return person;
    };
  }
}

function besideField(error: unknown): Partial<Attempt> {
  const [, field] = FIELD_OF.find(([refusal]) => error instanceof refusal) ?? [];
  if (field === undefined || !(error instanceof DomainError)) throw error;
  return { errors: { [field]: `${error.message}${error.advice}` } };
}
