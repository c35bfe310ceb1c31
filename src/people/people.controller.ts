import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Actor, Caller } from '../kernel/actor.js';
import { By, From, societyOf } from '../platform/web/caller.js';
import { InvalidInput, parseJson } from '../platform/web/forms.js';
import type { Consents } from './domain/consent.js';
import { NameInAddress } from './domain/people.errors.js';
import {
  answersOf,
  ConsentsForm,
  IdNumberForm,
  KinForm,
  NewPersonForm,
  PayeeAccountForm,
  personDraftOf,
  SearchForm,
} from './people.forms.js';
import { mayHandle } from './people.permissions.js';
import { PeopleQueries } from './people.queries.js';
import type { KinSummary, PayeeAccountSummary, PersonSummary } from './people.queries.js';
import { PeopleService } from './people.service.js';
import type { PayeeAccountAdded } from './people.service.js';

/** What the API says of a person: no ID number, of the phone its last four digits. */
type PersonAnswer = Omit<PersonSummary, 'societyId' | 'maskedName'>;
type OnePersonAnswer = PersonAnswer & {
  readonly kin: readonly KinSummary[];
  /** Left out for the administrator, who keeps the register and stays out of cards and consents. */
  readonly payeeAccounts?: readonly Omit<PayeeAccountSummary, 'personId'>[];
  readonly consents?: Consents;
};

const ROWS = 100;

@ApiTags('people')
@Controller('api/v1/people')
export class PeopleController {
  constructor(
    private readonly people: PeopleService,
    private readonly queries: PeopleQueries,
  ) {}

  /** In the order of registration, a hundred at a time; `next` is the `after` of the next page. */
  @Get()
  @ApiOperation({ operationId: 'listPeople' })
  @ApiQuery({ name: 'after', required: false })
  async list(
    @By() actor: Actor,
    @Query('after') after: unknown,
  ): Promise<{ items: PersonAnswer[]; next: string | null }> {
    const page = await this.queries.list(societyOf(actor), typeof after === 'string' ? after : null, ROWS);
    return { items: page.people.map(answerOf), next: page.next };
  }

  @Post()
  @ApiOperation({ operationId: 'addPerson' })
  @ApiBody({ type: NewPersonForm })
  async add(
    @From() caller: Caller,
    @Body() body: unknown,
  ): Promise<{ personId: string; householdId: string }> {
    const form = await parseJson(NewPersonForm, body);
    return this.people.addPerson(caller, personDraftOf(form), form);
  }

  /** By pinyin initials or the last four digits of a phone. A name must not stand in an address. */
  @Get('suggest')
  @ApiOperation({ operationId: 'suggestPeople' })
  @ApiQuery({ name: 'q', example: 'ljm' })
  async suggest(@By() actor: Actor, @Query('q') q: unknown): Promise<{ items: PersonAnswer[] }> {
    if (typeof q !== 'string' || q === '') throw new InvalidInput({ q: '请填写拼音首字母或电话后四位' });
    if (!/^[a-z\d]{1,20}$/i.test(q)) throw new NameInAddress();
    return { items: (await this.queries.search(societyOf(actor), q)).map(answerOf) };
  }

  @Post('suggest')
  @HttpCode(200)
  @ApiOperation({ operationId: 'findPeople' })
  @ApiBody({ type: SearchForm })
  async find(@By() actor: Actor, @Body() body: unknown): Promise<{ items: PersonAnswer[] }> {
    const { q } = await parseJson(SearchForm, body);
    return { items: (await this.queries.search(societyOf(actor), q)).map(answerOf) };
  }

  @Get(':personId')
  @ApiOperation({ operationId: 'readPerson' })
  async one(
    @By() actor: Actor,
    @Param('personId', ParseUUIDPipe) personId: string,
  ): Promise<OnePersonAnswer> {
    const societyId = societyOf(actor);
    const known = {
      ...answerOf(await this.queries.person(societyId, personId)),
      kin: await this.queries.kinOf(societyId, personId),
    };
    if (!mayHandle(actor)) return known;
    const accounts = await this.queries.payeeAccounts(societyId, personId);
    return {
      ...known,
      payeeAccounts: accounts.map(
        ({ id, holderName, bankName, cardTail, luhn, matchesName, holderMatch }) => ({
          ...{ id, holderName, bankName, cardTail, luhn, matchesName, holderMatch },
        }),
      ),
      consents: await this.queries.consentsOf(societyId, personId),
    };
  }

  @Post(':personId/id-number')
  @HttpCode(200)
  @ApiOperation({ operationId: 'supplyIdNumber' })
  @ApiBody({ type: IdNumberForm })
  async supplyIdNumber(
    @From() caller: Caller,
    @Param('personId', ParseUUIDPipe) personId: string,
    @Body() body: unknown,
  ): Promise<{ personId: string }> {
    const { idNumber } = await parseJson(IdNumberForm, body);
    return this.people.supplyIdNumber(caller, { personId, idNumber });
  }

  @Post(':personId/payee-accounts')
  @ApiOperation({ operationId: 'addPayeeAccount' })
  @ApiBody({ type: PayeeAccountForm })
  async addPayeeAccount(
    @From() caller: Caller,
    @Param('personId', ParseUUIDPipe) personId: string,
    @Body() body: unknown,
  ): Promise<PayeeAccountAdded> {
    const { bankName, cardNumber, holderName = null } = await parseJson(PayeeAccountForm, body);
    return this.people.addPayeeAccount(caller, { personId, bankName, cardNumber, holderName });
  }

  @Post(':personId/kin')
  @ApiOperation({ operationId: 'declareKin' })
  @ApiBody({ type: KinForm })
  async declareKin(
    @From() caller: Caller,
    @Param('personId', ParseUUIDPipe) personId: string,
    @Body() body: unknown,
  ): Promise<{ kinTieId: string }> {
    const { relativeId, relation, isGuardian } = await parseJson(KinForm, body);
    return this.people.declareKin(caller, { personId, relativeId, relation, isGuardian });
  }

  @Post(':personId/consents')
  @ApiOperation({ operationId: 'giveConsents' })
  @ApiBody({ type: ConsentsForm })
  async giveConsents(
    @From() caller: Caller,
    @Param('personId', ParseUUIDPipe) personId: string,
    @Body() body: unknown,
  ): Promise<{ answered: number }> {
    const form = await parseJson(ConsentsForm, body);
    const { how, otherId = null, relation = null } = form;
    return this.people.giveConsents(caller, { personId, answers: answersOf(form), how, otherId, relation });
  }
}

/** Field by field, so that a new column of a row reaches nobody by itself. */
function answerOf(person: PersonSummary): PersonAnswer {
  const { id, householdId, name, group, bornOn, sex, isMinor, idState } = person;
  const { phoneTail, residence, category, origin, guardianId } = person;
  return {
    ...{ id, householdId, name, group, bornOn, sex, isMinor, idState },
    ...{ phoneTail, residence, category, origin, guardianId },
  };
}
