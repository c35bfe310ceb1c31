import { Injectable } from '@nestjs/common';
import { Commands } from '../audit/index.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { dayOf, startOfDay } from '../kernel/day.js';
import { PeopleQueries, PURPOSES } from '../people/index.js';
import type { Consents, PayeeAccountSummary, PersonSummary, Purpose } from '../people/index.js';
import { Config } from '../platform/config.js';
import { PaperPrinter } from '../platform/pdf/printer.js';
import { societyOf } from '../platform/web/caller.js';
import { SocietiesQueries } from '../societies/index.js';
import type { Charter } from '../societies/index.js';
import { CasesQueries } from './cases.queries.js';
import type { CaseFacts } from './cases.queries.js';
import { registrationForm } from './domain/registration-form.js';
import type { RegistrationFacts, RegistrationForm } from './domain/registration-form.js';

/** The registration form as paper: blank for the bag of whoever walks through the village, or filled from a case. */
@Injectable()
export class RegistrationPapers {
  constructor(
    private readonly cases: CasesQueries,
    private readonly people: PeopleQueries,
    private readonly societies: SocietiesQueries,
    private readonly printer: PaperPrinter,
    private readonly commands: Commands,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** The same bytes as long as the same charter is in force. */
  async blank(actor: Actor): Promise<Buffer> {
    const issuer = await this.issuerOf(societyOf(actor));
    return this.print(registrationForm(issuer, null), startOfDay(issuer.charter.validFrom));
  }

  /** From the register as it stands today. It holds a full name: each look is an act of its own in the trail. */
  async filled(actor: Actor, number: string): Promise<Buffer> {
    const row = await this.cases.byNumber(societyOf(actor), number);
    const form = registrationForm(await this.issuerOf(row.societyId), await this.factsOf(row));
    await this.commands.recordRead(actor, 'case', row.id, { threadId: row.id, words: '看登记表' });
    return this.print(form, row.acceptedAt);
  }

  private async print(content: RegistrationForm, at: Date): Promise<Buffer> {
    const facts = { title: content.title.join(''), author: content.issuer, at };
    return (await this.printer.print({ template: 'papers/registration', content, facts })).pdf;
  }

  private async issuerOf(
    societyId: string,
  ): Promise<{ readonly societyName: string; readonly charter: Charter }> {
    const { name } = await this.societies.society(societyId);
    const charter = await this.societies.charterOn(societyId, dayOf(this.clock.now()));
    return { societyName: name, charter };
  }

  private async factsOf(row: CaseFacts): Promise<RegistrationFacts> {
    const { societyId, applicantId, cause, amountFen, method } = row;
    const applicant = await this.people.person(societyId, applicantId);
    const accounts = await this.people.keptAccounts(societyId, row.payeeId);
    const consents = await this.people.consentsOf(societyId, applicantId);
    const visits = await this.cases.visits(row.id);
    const visitorIds = visits.map(({ visitorId }) => visitorId);
    const visitors = await this.people.persons(societyId, visitorIds);
    const { name, group, bornOn, phoneTail, residence, idState } = applicant;
    return {
      ...{ name, group, bornOn, phoneTail, residence, cause, amountFen, method },
      caseNumber: row.text,
      acceptedOn: dayOf(row.acceptedAt),
      url: `${this.config.publicUrl}/s/cases/${row.text}`,
      idPending: idState === 'PENDING',
      guardianName: await this.guardianOf(applicant),
      bank: bankOf(accounts, row.payeeAccountId),
      consents: PURPOSES.filter((purpose) => consents[FIELD_OF[purpose]] === true),
      pledged: true, // no case is taken on without it
      visits: visits.map(({ visitedOn }, i) => ({ name: visitors[i]?.name ?? '', visitedOn })),
      papers: await this.cases.papers(row.id),
    };
  }

  private async guardianOf({ societyId, guardianId }: PersonSummary): Promise<string | null> {
    return guardianId === null ? null : (await this.people.person(societyId, guardianId)).name;
  }
}

const FIELD_OF: Readonly<Record<Purpose, keyof Consents>> = {
  PROCESS: 'process',
  HEALTH_BANK: 'healthBank',
  VERIFY: 'verify',
  PUBLISH: 'publish',
};

function bankOf(accounts: readonly PayeeAccountSummary[], id: string | null): RegistrationFacts['bank'] {
  const account = accounts.find((each) => each.id === id);
  if (!account) return null;
  return { name: account.bankName, holder: account.holderName, cardTail: account.cardTail };
}
